import type { AttentionFilter, AttentionSort, AttentionTurn } from '../../../contract/subscription-run-views'
import { contractCards } from '../../checkout/subscription-turn-due'
import { businessDate } from '../../domain/calendar/tokyo'
import { Refusal } from '../../platform/refusal'
import { expiringCards } from './expiring-cards.repository'
import { attentionTurns, findTurn, uncalledTurns, type TurnRow } from './run-turns.repository'
import { attentionOf, expiringOf } from './run-views'
import type { SubscriptionRunsDeps } from './subscription-runs.service'

/** Turns with the card that would pay each: the contract's, or the one that took its place on the customer's file. */
async function shown(deps: SubscriptionRunsDeps, rows: readonly TurnRow[]): Promise<AttentionTurn[]> {
  const today = businessDate(deps.checkout.clock.now())
  const owners = new Map(
    rows.map((row) => [
      row.subscription_id,
      {
        id: row.subscription_id,
        card_id: row.contract_card_id,
        first_transaction_id: row.first_transaction_id,
      },
    ]),
  )
  const cards = await contractCards(deps.checkout.database.db, [...owners.values()])
  return rows.map((row) => attentionOf(row, { card: cards.get(row.subscription_id)?.card ?? null, today }))
}

/** What of 要対応 waits for somebody who calls. */
export const waitingTurns = uncalledTurns

/** 要対応, a page. */
export async function attention(
  deps: SubscriptionRunsDeps,
  wish: { cursor: string | null; limit: number; filter: AttentionFilter; sort: AttentionSort },
) {
  const page = await attentionTurns(deps.checkout.database.db, wish)
  return { ...page, items: await shown(deps, page.items) }
}

/** The turn as 要対応 shows it; null when nobody has to look at it, and no run tries it again. */
export async function attentionTurn(
  deps: SubscriptionRunsDeps,
  cycleId: string,
): Promise<AttentionTurn | null> {
  const row = await findTurn(deps.checkout.database.db, cycleId)
  if (row === null) return null
  const isTried = row.status === 'auth-failed' && row.next_retry_on !== null
  if (row.attention === null && !isTried) return null
  return (await shown(deps, [row]))[0] ?? null
}

/** Notes that the customer was called, or takes the note back. */
export async function markCalled(
  deps: SubscriptionRunsDeps,
  wish: { cycleId: string; version: number; called: boolean },
): Promise<AttentionTurn> {
  const { database, clock, events } = deps.checkout
  const row = await findTurn(database.db, wish.cycleId)
  if (!row) throw new Refusal('NOT_FOUND')
  const now = clock.now()
  const marked = await database.db
    .updateTable('subscription_cycle')
    .set({ called_at: wish.called ? now : null, updated_at: now, version: wish.version + 1 })
    .where('id', '=', wish.cycleId)
    .where('version', '=', wish.version)
    .executeTakeFirst()
  if (Number(marked.numUpdatedRows) !== 1) throw new Refusal('STALE', { version: row.version })
  events.emit({ type: 'attention-changed' })
  const [turn] = await shown(deps, [(await findTurn(database.db, wish.cycleId)) ?? row])
  if (!turn) throw new Refusal('NOT_FOUND')
  return turn
}

/** Cards that are over before the next turn of their contract is made, a page. */
export async function expiring(deps: SubscriptionRunsDeps, wish: { cursor: string | null; limit: number }) {
  const page = await expiringCards(deps.checkout.database.db, wish)
  return { ...page, items: page.items.map(expiringOf) }
}
