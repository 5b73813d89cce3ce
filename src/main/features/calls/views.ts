import type { CallView } from '../../../contract/calls'
import { SHOWN_MS } from '../../domain/calls/call-gate'
import type { CallDeskDeps } from './call-intake'
import { matchesOf } from './callers.repository'
import { KEPT_MS, type CallRow } from './calls.repository'

function stateOf(row: CallRow, seat: string, now: number): CallView['state'] {
  if (row.state === 'answered') return 'answered'
  const isInBar = row.state === 'waiting' && row.seat === seat && row.last_rang_at > now - SHOWN_MS
  return isInBar ? 'waiting' : 'unanswered'
}

/** Calls as a screen shows them, each with whose number it is now. */
export async function callViews(deps: CallDeskDeps, rows: readonly CallRow[]): Promise<CallView[]> {
  const phones = rows.map(({ phone }) => phone)
  const matches = await matchesOf(deps.database.db, phones)
  const now = deps.clock.now()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    phone: row.phone,
    match: matches.get(row.phone) ?? { kind: 'no-number' },
    rangAt: row.rang_at,
    lastRangAt: row.last_rang_at,
    times: row.times,
    seat: row.seat,
    state: stateOf(row, deps.seat(), now),
    answeredBy: row.answered_name,
    answeredAt: row.answered_at,
    checkoutId: row.checkout_id,
    keptUntil: row.rang_at + KEPT_MS,
  }))
}
