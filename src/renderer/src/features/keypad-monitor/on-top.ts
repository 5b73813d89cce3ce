import type { KeypadSummary } from '../../../../contract/keypad-monitor'

/** The keypads that wait for an admin first, then the rest of the list without them. */
export function withOnTop(top: readonly KeypadSummary[], rows: readonly KeypadSummary[]): KeypadSummary[] {
  const above = new Set(top.map((row) => row.id))
  return [...top, ...rows.filter((row) => !above.has(row.id))]
}
