import { addDays } from '../calendar/tokyo'
import type { PlannedDelivery, PlannedTurn } from './cycle-plan'
import { dateWords } from './words'

/** A delivery may be moved so many days away from the date of its rule. */
const MOST_DAYS_MOVED = 14

/** Turns skipped side by side, this one among them. */
function skipsInRow(skipped: ReadonlySet<number>, index: number): number {
  let count = 1
  for (let before = index - 1; skipped.has(before); before--) count++
  for (let behind = index + 1; skipped.has(behind); behind++) count++
  return count
}

/** Why the turn of an index cannot be skipped beside those that are; null: it can. `most` in a row, by the shop. */
export const skipFault = (skipped: ReadonlySet<number>, index: number, most: number): string | null =>
  skipsInRow(skipped, index) > most
    ? `連続してスキップできるのは${most}回までです。停止をご案内してください。`
    : null

/** The day on which a planned turn is wanted. */
const wantedOn = (turn: PlannedDelivery): string => turn.movedTo ?? turn.ruleDate

/** Why a turn of a plan cannot be delivered on another day: too far, too early, or behind its neighbours; null: it can. */
export function moveFault(
  plan: readonly PlannedTurn[],
  turn: PlannedDelivery,
  to: string,
  { earliest, today }: { readonly earliest: string; readonly today: string },
): string | null {
  const first = addDays(turn.ruleDate, -MOST_DAYS_MOVED)
  const last = addDays(turn.ruleDate, MOST_DAYS_MOVED)
  if (to < first || to > last)
    return `お届け日は、本来の${dateWords(turn.ruleDate, today)}から前後${MOST_DAYS_MOVED}日以内で変更できます。`
  if (to < earliest) return `最短のお届け日は${dateWords(earliest, today)}です。`
  const deliveries = plan.filter((one) => one.kind === 'delivery')
  const at = deliveries.indexOf(turn)
  const [before, behind] = [deliveries[at - 1], deliveries[at + 1]]
  if (before && to <= wantedOn(before)) return '前の回のお届け日より後の日にしてください。'
  if (behind && to >= wantedOn(behind)) return '次の回のお届け日より前の日にしてください。'
  return null
}
