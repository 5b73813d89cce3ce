import type { AttentionTurn } from '../../../contract/subscription-run-views'
import type { CheckoutDeps } from '../../checkout/deps'
import { earliestFor, loadShipping, shippingFor, type LoadedShipping } from '../../checkout/subscription-plan'
import { turnEvent } from '../../checkout/subscription-turn-event'
import { openTurn, type OpenTurn } from '../../checkout/subscription-turn-open'
import { passOver } from '../../checkout/subscription-turn-take'
import { ExpectationFailed } from '../../db/errors'
import type { Statement } from '../../db/open-database'
import { addDays } from '../../domain/calendar/tokyo'
import { epochDay, plainDate } from '../../domain/subscriptions/epoch-day'
import { shipDay } from '../../domain/subscriptions/ship-day'
import { dateWords } from '../../domain/subscriptions/words'
import { Refusal } from '../../platform/refusal'
import { attentionTurn } from './attention.service'
import type { SubscriptionRunsDeps } from './subscription-runs.service'

interface Wish {
  readonly cycleId: string
  readonly version: number
}

/** A delivery may be moved so many days away from the date of its rule. */
const MOST_DAYS_MOVED = 14

/** The turn as it was seen, when its order stands and is not paid. */
async function expectOpen({ database: { db } }: CheckoutDeps, wish: Wish): Promise<OpenTurn> {
  const open = await openTurn(db, wish.cycleId)
  if (!open) throw new Refusal('NOT_FOUND')
  if (open.cycle.version !== wish.version) throw new Refusal('STALE', { version: open.cycle.version })
  const { status } = open.cycle
  if ((status !== 'auth-failed' && status !== 'planned') || open.order.status === 'cancelled')
    throw new Refusal('NOT_NOW')
  return open
}

/** A run or another seat may have taken the turn meanwhile. */
async function write({ database, events }: CheckoutDeps, statements: readonly Statement[]): Promise<void> {
  try {
    await database.batch(statements)
    events.emit({ type: 'attention-changed' })
  } catch (error) {
    if (error instanceof ExpectationFailed) throw new Refusal('NOT_NOW')
    throw error
  }
}

/** スキップ of a turn that is not paid, while the customer is on the phone. */
export async function skipTurn({ checkout }: SubscriptionRunsDeps, wish: Wish, by: string): Promise<null> {
  const open = await expectOpen(checkout, wish)
  await write(checkout, await passOver(checkout, open, { why: 'by-person', by }))
  return null
}

interface Place {
  readonly ship_prefecture: string
  readonly ship_postal_code: string
  readonly next_deliver_on: string | null
}

const notAllowed = (why: string): Refusal => new Refusal('NOT_ALLOWED', { why })

/** The day on which the goods have to leave for a delivery on this date. Refuses dates that cannot be kept. */
function shipOnFor(loaded: LoadedShipping, place: Place, { cycle }: OpenTurn, deliverOn: string): string {
  const to = { prefecture: place.ship_prefecture, postalCode: place.ship_postal_code }
  const words = (date: string) => dateWords(date, loaded.today)
  const first = addDays(cycle.rule_date, -MOST_DAYS_MOVED)
  const last = addDays(cycle.rule_date, MOST_DAYS_MOVED)
  if (deliverOn < first || deliverOn > last)
    throw notAllowed(
      `お届け日は、本来の${words(cycle.rule_date)}から前後${MOST_DAYS_MOVED}日以内で変更できます。`,
    )
  const earliest = earliestFor(loaded, to)
  if (deliverOn < earliest.deliverOn) throw notAllowed(`最短のお届け日は${words(earliest.deliverOn)}です。`)
  if (place.next_deliver_on !== null && deliverOn >= place.next_deliver_on)
    throw notAllowed('次の回のお届け日より前の日にしてください。')
  const { leadDays, isOpen } = shippingFor(loaded, to)
  const ship = shipDay({
    ideal: epochDay(deliverOn) - leadDays,
    notBefore: epochDay(earliest.shipOn),
    nextIdeal: null,
    prefer: 'earlier',
    isOpen: (day) => isOpen(plainDate(day)),
  })
  return plainDate(ship.day)
}

/** お届け日の変更 of a turn that is not paid: its order ships on another day, the rule stays. */
export async function moveTurn(
  deps: SubscriptionRunsDeps,
  wish: Wish & { readonly deliverOn: string },
  by: string,
): Promise<AttentionTurn | null> {
  const { checkout } = deps
  const { db } = checkout.database
  const [open, loaded] = await Promise.all([expectOpen(checkout, wish), loadShipping(checkout)])
  const place = await db
    .selectFrom('subscription')
    .select(['ship_prefecture', 'ship_postal_code', 'next_deliver_on'])
    .where('id', '=', open.contract.id)
    .executeTakeFirstOrThrow()
  const { deliverOn } = wish
  const shipOn = shipOnFor(loaded, place, open, deliverOn)
  const now = checkout.clock.now()
  const { cycle, contract } = open
  const dates = { ship_on: shipOn, deliver_on: deliverOn }
  const moved = db
    .updateTable('subscription_cycle')
    .set({ ...dates, updated_at: now, version: cycle.version + 1 })
    .where('id', '=', cycle.id)
    .where('version', '=', cycle.version)
    .where('status', '=', cycle.status)
  const order = db
    .updateTable('sales_order')
    .set((eb) => ({ deliver_on: deliverOn, updated_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', cycle.order_id)
    .where('status', '!=', 'cancelled')
  const shipment = db
    .updateTable('order_shipment')
    .set(dates)
    .where('order_id', '=', cycle.order_id)
    .where('position', '=', 1)
  const of = { subscriptionId: contract.id, cycleId: cycle.id, turn: cycle.turn, now, by }
  await write(checkout, [
    { query: moved.compile(), expect: { changes: 1 } },
    { query: order.compile(), expect: { changes: 1 } },
    { query: shipment.compile() },
    turnEvent(checkout, of, { kind: 'turn-moved', from: cycle.deliver_on, to: deliverOn }),
  ])
  return attentionTurn(deps, wish.cycleId)
}
