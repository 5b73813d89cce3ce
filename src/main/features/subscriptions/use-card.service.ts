import type { SubscriptionDetail } from '../../../contract/subscription-views'
import { subscriptionEvent } from '../../checkout/subscription-event'
import type { Statement } from '../../db/open-database'
import { Refusal } from '../../platform/refusal'
import { change, type Changer, type Standing, type Wish } from './changes'
import { runningWithCard } from './subscriptions.repository'
import type { SubscriptionsDeps } from './subscriptions.service'
import { expectChangeable } from './turn-changes.service'
import { cardColumns, cardFaults } from './update.service'

interface CardWish extends Omit<Wish, 'override'> {
  readonly cardId: string
  /** All other running 定期 of the card that paid so far go along. */
  readonly others: boolean
}

/** Another card of the customer's file pays; no deadline stands against it. */
export const useCard = (
  deps: SubscriptionsDeps,
  wish: CardWish,
  changer: Changer,
): Promise<SubscriptionDetail> =>
  change(deps, { ...wish, override: '' }, changer, async (standing) => {
    expectChangeable(standing)
    const { cardId } = wish
    const faults = await cardFaults(deps, standing, { method: 'card', cardId })
    if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
    const card = await cardColumns(deps, standing.contract.row, cardId)
    const others = wish.others ? await othersOf(deps, standing, card, changer.userId) : []
    return {
      set: { payment_method: 'card' as const, ...card },
      statements: others,
      event: { kind: 'card-changed', text: 'お支払いのカードを変更しました' },
    }
  })

/** The other contracts of the card that paid so far, each with its own line of the history. */
async function othersOf(
  deps: SubscriptionsDeps,
  { contract: { row }, now }: Standing,
  card: Awaited<ReturnType<typeof cardColumns>>,
  by: string,
): Promise<Statement[]> {
  const { db } = deps.database
  if (row.card_id === null || row.card_id === card.card_id) return []
  const others = await runningWithCard(db, row.card_id, row.id)
  return others.flatMap(({ id }) => [
    {
      query: db
        .updateTable('subscription')
        .set((eb) => ({ ...card, updated_at: now, version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .compile(),
    },
    subscriptionEvent(deps, {
      subscriptionId: id,
      kind: 'card-changed',
      content: { text: `お支払いのカードを変更しました(定期 ${row.number} の変更とあわせて)` },
      at: now,
      by,
    }),
  ])
}
