import type { PlannedTurn as ShownTurn, SubscriptionForm } from '../../../contract/subscription-form'
import { normalizePostalCode } from '../../../contract/text'
import { yen } from '../../../contract/values'
import type { DeskDatabase } from '../../db/open-database'
import type { ShipTo } from '../../domain/calendar/delivery'
import { addDays, businessDate } from '../../domain/calendar/tokyo'
import { planTurns, type PlannedDelivery } from '../../domain/subscriptions/cycle-plan'
import { anchorOf } from '../../domain/subscriptions/cycle-rule'
import { itemsOfTurn } from '../../domain/subscriptions/turn-goods'
import type { Clock } from '../../platform/clock'
import { Refusal } from '../../platform/refusal'
import {
  earliestFor,
  loadPrices,
  loadShipping,
  notesOf,
  priceOfTurn,
  shippingFor,
  shownGap,
  type PriceList,
} from './planning.service'

/** Deliveries that the simulator shows. */
const SHOWN = 12
/** How far ahead a contract may start, days. */
const LATEST_START = 366

/** Where a form delivers; empty where that is not known yet. */
async function shipToOf({ db }: DeskDatabase, form: SubscriptionForm): Promise<ShipTo> {
  const { shipTo, customerId } = form
  if (shipTo.kind === 'other') {
    return { prefecture: shipTo.prefecture, postalCode: normalizePostalCode(shipTo.postalCode) }
  }
  if (customerId === null) return { prefecture: '', postalCode: '' }
  const row =
    shipTo.kind === 'saved'
      ? await db
          .selectFrom('customer_address')
          .select(['prefecture', 'postal_code'])
          .where('id', '=', shipTo.addressId)
          .where('customer_id', '=', customerId)
          .executeTakeFirst()
      : await db
          .selectFrom('customer')
          .select(['prefecture', 'postal_code'])
          .where('id', '=', customerId)
          .executeTakeFirst()
  return { prefecture: row?.prefecture ?? '', postalCode: row?.postal_code ?? '' }
}

function shownDelivery(
  form: SubscriptionForm,
  turn: PlannedDelivery,
  parts: { readonly prices: PriceList; readonly to: ShipTo; readonly notes: ShownTurn['notes'] },
): ShownTurn {
  const { prices, to, notes } = parts
  const items = itemsOfTurn(form.itemMode, form.sets, turn.turn)
  const { total } = priceOfTurn(prices, {
    items,
    steps: form.priceSteps,
    turn: turn.turn,
    shipOn: turn.shipOn,
    prefecture: to.prefecture,
    method: form.payment.method,
  })
  return {
    ruleIndex: turn.index,
    kind: 'delivery',
    turn: turn.turn,
    ruleDate: turn.ruleDate,
    deliverOn: turn.deliverOn,
    shipOn: turn.shipOn,
    generateOn: turn.generateOn,
    changeUntil: turn.changeUntil,
    notes,
    items: items.flatMap(({ productId, quantity }) => {
      const product = prices.products.get(productId)
      return product ? [{ productId, name: product.name, quantity }] : []
    }),
    // What costs more than the desk can show is no order; the check of the form says so.
    total: Math.abs(total) > 999_999_999 ? null : yen(total),
    ownItems: false,
  }
}

/** The next twelve deliveries of a form that is not saved, every shift explained, at the prices of today. */
export async function simulate(
  { database, clock }: { readonly database: DeskDatabase; readonly clock: Clock },
  form: SubscriptionForm,
): Promise<ShownTurn[]> {
  const last = addDays(businessDate(clock.now()), LATEST_START)
  if (form.startOn !== null && form.startOn > last) {
    const message = '開始日は、1年以内の日にしてください。'
    throw new Refusal('INVALID_FIELDS', { fields: [{ path: 'startOn', message }] })
  }
  const ids = form.sets.flatMap((set) => set.map(({ productId }) => productId))
  const [loaded, prices, to] = await Promise.all([
    loadShipping(database, clock),
    loadPrices(database, ids),
    shipToOf(database, form),
  ])
  const earliest = earliestFor(loaded, to)
  const start = form.startOn !== null && form.startOn > earliest.deliverOn ? form.startOn : earliest.deliverOn
  const shipping = shippingFor(loaded, to)
  const turns = planTurns({
    rule: form.rule,
    anchor: anchorOf(form.rule, start),
    shipping,
    today: earliest.shipOn,
    from: { index: 0, turn: 1, shippedOn: null },
    exceptions: new Map(),
    pause: null,
    count: SHOWN,
    lastTurn: form.lastTurn,
  })
  return turns.map((turn) =>
    turn.kind === 'delivery'
      ? shownDelivery(form, turn, { prices, to, notes: notesOf(loaded, turn, shipping.leadDays) })
      : shownGap(turn),
  )
}
