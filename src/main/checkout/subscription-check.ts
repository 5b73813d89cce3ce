import type { PaymentMethod, Quote } from '../../contract/checkout'
import type { SubscriptionForm } from '../../contract/subscription-form'
import { yen } from '../../contract/values'
import { addDays } from '../domain/calendar/tokyo'
import type { FieldFault } from '../domain/people/contact-fields'
import type { PlannedDelivery } from '../domain/subscriptions/cycle-plan'
import type { CheckoutDeps } from './deps'
import type { CheckoutRow } from './drafts'
import { checkForm, type CheckedForm } from './form-check'
import { legalOf, namedOffer } from './offer'
import { orderFormOf, shipToOf } from './subscription-form'
import { isDelivery, loadShipping, planOfForm, type LoadedShipping } from './subscription-plan'
import { itemsOfTurn, loadPrices, priceOfTurn, productIdsOf, type TurnPrice } from './subscription-price'
import { itemFaults, termFaults } from './subscription-terms'

/** A turn with what it costs. */
export interface PricedTurn extends TurnPrice {
  readonly plan: PlannedDelivery
}

/** A form that can become a contract, with its promised turns. */
export interface CheckedSubscription {
  readonly form: SubscriptionForm
  /** The first turn as an order. */
  readonly order: CheckedForm
  readonly quote: Quote
  readonly method: PaymentMethod
  readonly anchor: string
  readonly shipping: LoadedShipping
  readonly first: PricedTurn
  /** All turns that the customer promises to take; those of about a year when none are promised. */
  readonly turns: readonly PricedTurn[]
  /** 回 that the customer promises to take; null: none. */
  readonly promised: number | null
  /** The order of the first turn is due today: it is made, and paid, with the contract. */
  readonly due: boolean
}

export type SubscriptionCheck =
  | { readonly ok: CheckedSubscription }
  | { readonly faults: readonly FieldFault[] }

/** Days of an outlook where no turns are promised. */
const OUTLOOK_DAYS = 365
/** Turns that are priced for an outlook at most. */
const MOST_OUTLOOK_TURNS = 400
/** How far ahead a contract may start, days. */
export const LATEST_START = 366
/** Yen that the desk can show. */
const LARGEST_TOTAL = 99_999_999

const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^shipments\.0\./, ''],
  [/^customer$/, 'customerId'],
  [/^customer\.fields\./, 'caller.fields.'],
  [/^lines.*/, 'sets.0'],
]

const ownPath = ({ path, message }: FieldFault): FieldFault => ({
  message,
  path: PATHS.reduce((changed, [from, to]) => changed.replace(from, to), path),
})

function ownFaults(form: SubscriptionForm, today: string): FieldFault[] {
  const faults = termFaults(form, 1)
  if (form.startOn !== null && form.startOn > addDays(today, LATEST_START))
    faults.push({ path: 'startOn', message: '開始日は、1年以内の日にしてください。' })
  if (!form.consent)
    faults.push({ path: 'consent', message: '継続課金への同意をお客様に確認し、チェックを入れてください。' })
  return faults
}

async function pricedTurns(deps: CheckoutDeps, form: SubscriptionForm) {
  const [shipping, prices, to] = await Promise.all([
    loadShipping(deps),
    loadPrices(deps, productIdsOf(form)),
    shipToOf(deps.database, form),
  ])
  const promised = form.lastTurn ?? (form.minTurns > 0 ? form.minTurns : null)
  const planned = planOfForm(shipping, form, to, promised ?? MOST_OUTLOOK_TURNS)
  const { anchor } = planned
  const deliveries = planned.plan.filter(isDelivery)
  const end = addDays(deliveries[0]?.deliverOn ?? anchor, OUTLOOK_DAYS)
  const wanted = promised === null ? deliveries.filter(({ deliverOn }) => deliverOn < end) : deliveries
  const goods = { ...form, method: form.payment.method, prefecture: to.prefecture }
  const turns = wanted.map((plan): PricedTurn => {
    const items = itemsOfTurn(form, [], plan.turn, plan.index)
    return { plan, ...priceOfTurn(prices, goods, { items, turn: plan.turn, shipOn: plan.shipOn }) }
  })
  return { shipping, anchor, turns, promised }
}

/** Checks all that a contract needs; all faults at once. */
export async function checkSubscription(
  deps: CheckoutDeps,
  row: Pick<CheckoutRow, 'id' | 'order_id'>,
  form: SubscriptionForm,
): Promise<SubscriptionCheck> {
  const { shipping, anchor, turns, promised } = await pricedTurns(deps, form)
  const [first] = turns
  const asOrder = orderFormOf(form)
  const named = await namedOffer(deps, form)
  const legal = legalOf(form, named, first?.quote.lines ?? [], true)
  if (!first) return { faults: ownFaults(form, shipping.today) }
  const quote: Quote = { ...first.quote, legal }
  // A first turn for nothing is paid for later: what the method must be able to carry is the dearest one.
  const dearest = Math.max(...turns.map(({ quote: { total } }) => total))
  const [checked, goods] = await Promise.all([
    checkForm(deps, row, asOrder, { ...quote, total: yen(dearest) }),
    itemFaults(deps, form, shipping.today),
  ])
  const ofOrder = 'faults' in checked ? checked.faults.filter(({ path }) => !path.startsWith('lines')) : []
  const faults = [...ofOrder.map(ownPath), ...goods, ...ownFaults(form, shipping.today)]
  if (dearest > LARGEST_TOTAL)
    faults.push({ path: 'sets.0', message: '1回のお支払い額が大きすぎます。数量と価格を確認してください。' })
  if (faults.length > 0 || 'faults' in checked)
    return { faults: faults.length > 0 || !('faults' in checked) ? faults : checked.faults.map(ownPath) }
  const [shipment] = checked.ok.shipments
  const { deliverOn, shipOn, generateOn } = first.plan
  return {
    ok: {
      form,
      order: { ...checked.ok, shipments: [{ ...shipment, deliverOn, shipOn }] },
      quote,
      method: checked.ok.method,
      anchor,
      shipping,
      first,
      turns,
      promised,
      due: generateOn <= shipping.today,
    },
  }
}
