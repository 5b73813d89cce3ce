import type { SalesOrderTable } from '../../db/order-tables.types'
import { startOfBusinessDate } from '../../domain/calendar/tokyo'
import type { PlannedDelivery } from '../../domain/subscriptions/cycle-plan'
import { orderLinesOf } from '../../checkout/order-lines'
import { legalOfContract, type TurnPrice } from '../../checkout/subscription-price'
import { NO_GIFT } from '../../checkout/stored-form'
import { newId } from '../../platform/ids'
import type { Carrier } from '../../../contract/delivery'
import type { ContractRow, SampleRows } from './sample-rows'
import type { TurnEvent } from '../../checkout/subscription-turn-event'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** The run goes at five in the morning; the parcels leave at five in the afternoon. */
const RUN_AT = 5 * HOUR
const SHIPS_AT = 17 * HOUR
const RAW = 'sample'

/** A turn of a sample contract that a run has made. */
export interface MadeTurn {
  readonly contract: ContractRow
  readonly customer: { readonly name: string; readonly kana: string }
  readonly card: SampleRows['card'][number] | null
  readonly delivery: PlannedDelivery
  readonly price: TurnPrice
  readonly carrier: Carrier
  readonly orderNumber: number
  readonly runId: string
  readonly today: string
  /** Times that the card was refused before it went through, or has been up to now. */
  readonly refusals: number
  readonly state: 'paid' | 'refused' | 'given-up' | 'no-card'
  readonly retryOn: string | null
  /** Transaction code of the refusals. */
  readonly code: string
  readonly attention: string | null
}

export const runTime = (date: string): number => startOfBusinessDate(date) + RUN_AT

export const eventRow = (
  subscriptionId: string,
  kind: string,
  content: object,
  at: number,
  by: string | null,
): SampleRows['subscription_event'][number] => ({
  id: newId(),
  subscription_id: subscriptionId,
  kind,
  content: JSON.stringify(content),
  at,
  by_person: by,
})

const isShipped = (turn: MadeTurn): boolean => turn.state === 'paid' && turn.delivery.shipOn < turn.today

function orderStatus(turn: MadeTurn): SalesOrderTable['status'] {
  if (turn.state === 'given-up') return 'cancelled'
  if (turn.state !== 'paid') return 'waiting-payment'
  if (isShipped(turn)) return 'shipped'
  return turn.contract.payment_method === 'bank-transfer' ? 'waiting-payment' : 'new'
}

function orderOf(turn: MadeTurn, orderId: string, checkoutId: string, at: number) {
  const { contract, customer, delivery, price, orderNumber } = turn
  const { quote } = price
  const place = {
    name: contract.ship_name,
    phone: contract.ship_phone,
    postal_code: contract.ship_postal_code,
    prefecture: contract.ship_prefecture,
    city: contract.ship_city,
    address: contract.ship_address,
    building: null,
  }
  const order: SampleRows['sales_order'][number] = {
    id: orderId,
    number: orderNumber,
    checkout_id: checkoutId,
    status: orderStatus(turn),
    shop_id: contract.shop_id,
    operator_id: contract.operator_id,
    customer_id: contract.customer_id,
    customer_name: customer.name,
    customer_kana: customer.kana,
    customer_phone: place.phone,
    customer_postal_code: place.postal_code,
    customer_prefecture: place.prefecture,
    customer_city: place.city,
    customer_address: place.address,
    customer_building: null,
    ship_name: place.name,
    ship_phone: place.phone,
    ship_postal_code: place.postal_code,
    ship_prefecture: place.prefecture,
    ship_city: place.city,
    ship_address: place.address,
    ship_building: null,
    deliver_on: delivery.deliverOn,
    slot_code: null,
    payment_method: contract.payment_method,
    subtotal: quote.subtotal,
    shipping: quote.shipping,
    fee: quote.fee,
    discount: quote.discount,
    discount_reason: price.discountLabel,
    total: quote.total,
    note: null,
    read_back_at: contract.read_at ?? null,
    read_back_by: contract.read_by ?? null,
    ordered_at: at,
    updated_at: at,
    version: 1,
  }
  const shipment: SampleRows['order_shipment'][number] = {
    order_id: orderId,
    position: 1,
    address_id: null,
    ...place,
    deliver_on: delivery.deliverOn,
    slot_code: null,
    slot_label: null,
    carrier: turn.carrier,
    ship_on: delivery.shipOn,
    gift: JSON.stringify(NO_GIFT),
  }
  return { order, shipment }
}

/** The charges of a turn: those that were refused, then the one that went through. */
function chargesOf(turn: MadeTurn, orderId: string, checkoutId: string, at: number, take: () => number) {
  const { card, contract, price, refusals, state, delivery } = turn
  if (card === null || state === 'no-card') return { payments: [], operations: [] }
  const count = refusals + (state === 'paid' ? 1 : 0)
  const payments: SampleRows['payment'] = []
  const operations: SampleRows['payment_operation'] = []
  for (let tryNo = 0; tryNo < count; tryNo++) {
    const isRefused = tryNo < refusals
    const tried = at + tryNo * 2 * DAY
    const number = take()
    const id = newId()
    const captured = !isRefused && isShipped(turn)
    payments.push({
      id,
      number: number.toString(36).padStart(6, '0'),
      checkout_id: checkoutId,
      order_id: orderId,
      service: 'sample',
      card_id: card.id,
      method: 'card',
      amount: price.quote.total,
      status: isRefused ? 'failed' : captured ? 'captured' : 'authorized',
      brand: card.brand,
      masked: card.masked,
      last3: card.last3,
      expiry_yymm: card.expiry_yymm,
      service_transaction_id: isRefused ? null : `sample-t${number}`,
      approval_code: isRefused ? null : String(100_000 + ((number * 7919) % 900_000)),
      code: isRefused ? turn.code : null,
      raw_code: isRefused ? RAW : null,
      hold_until: isRefused ? null : tried + 30 * DAY,
      keypad_serial: null,
      operator_id: contract.operator_id,
      created_at: tried,
      updated_at: tried,
      version: 1,
    })
    const operation = (kind: 'authorize' | 'capture', time: number) => ({
      id: newId(),
      payment_id: id,
      kind,
      idempotency_key: newId(),
      amount: price.quote.total,
      status: isRefused ? ('failed' as const) : ('succeeded' as const),
      cause: null,
      code: isRefused ? turn.code : null,
      raw_code: isRefused ? RAW : null,
      approval_code: null,
      sent_at: time,
      started_at: time,
      resolved_at: time,
    })
    operations.push(operation('authorize', tried))
    if (captured) operations.push(operation('capture', startOfBusinessDate(delivery.shipOn) + SHIPS_AT))
  }
  return { payments, operations }
}

function eventsOf(turn: MadeTurn, cycleId: string, at: number) {
  const { contract, delivery, runId, refusals, state, retryOn, attention } = turn
  const about = { turn: delivery.turn, cycleId, runId }
  const event = (kind: TurnEvent['kind'], content: object, time: number) =>
    eventRow(contract.id, kind, { ...about, ...content }, time, null)
  const refused = Array.from({ length: refusals }, (_, index) => {
    const isLast = index === refusals - 1 && state !== 'paid'
    const next = retryOn ?? null
    return event(
      isLast && state === 'given-up' ? 'turn-given-up' : 'turn-declined',
      {
        code: turn.code,
        retryOn: isLast ? next : new Date(at + (index + 1) * 2 * DAY + 9 * HOUR).toISOString().slice(0, 10),
        attention: isLast ? attention : null,
      },
      at + index * 2 * DAY + 60_000,
    )
  })
  const isCard = contract.payment_method === 'card'
  return [
    event('turn-ordered', {}, at),
    ...refused,
    ...(isCard && state === 'paid' ? [event('turn-authorized', {}, at + refusals * 2 * DAY + 60_000)] : []),
  ]
}

/** 回 with its order, what was charged, and what the history says of it. */
export function addTurn(rows: SampleRows, turn: MadeTurn, takeTransaction: () => number): void {
  const { contract, delivery, price, refusals, state, orderNumber } = turn
  const [cycleId, orderId, checkoutId] = [newId(), newId(), newId()]
  const at = runTime(delivery.generateOn)
  const isCard = contract.payment_method === 'card'
  rows.checkout.push({
    id: checkoutId,
    kind: 'order',
    purpose: 'subscription-turn',
    status: 'completed',
    form: '',
    form_version: 1,
    order_number: orderNumber,
    operator_id: contract.operator_id,
    seat: 'sample',
    customer_id: contract.customer_id,
    amount: price.quote.total,
    authorized_at: at,
    created_at: at,
    updated_at: at,
    version: 1,
  })
  const { order, shipment } = orderOf(turn, orderId, checkoutId, at)
  rows.sales_order.push(order)
  rows.order_shipment.push(shipment)
  const quote = { ...price.quote, legal: legalOfContract('mail-order', null) }
  rows.order_line.push(
    ...orderLinesOf(quote, price.discountLabel ?? undefined).map((line, index) => ({
      order_id: orderId,
      position: index + 1,
      ...line,
    })),
  )
  rows.order_tax.push(
    ...quote.taxes.map((row) => ({
      order_id: orderId,
      rate_percent: row.ratePercent,
      taxable: row.taxable,
      tax: row.tax,
    })),
  )
  const charges = chargesOf(turn, orderId, checkoutId, at, takeTransaction)
  rows.payment.push(...charges.payments)
  rows.payment_operation.push(...charges.operations)
  const settled = isShipped(turn) ? 'shipped' : isCard ? 'authorized' : 'ordered'
  rows.subscription_cycle.push({
    id: cycleId,
    subscription_id: contract.id,
    rule_index: delivery.index,
    turn: delivery.turn,
    status: state === 'paid' ? settled : state === 'given-up' ? 'failed' : 'auth-failed',
    rule_date: delivery.ruleDate,
    ship_on: delivery.shipOn,
    deliver_on: delivery.deliverOn,
    order_id: orderId,
    checkout_id: checkoutId,
    amount: price.quote.total,
    tries: refusals,
    next_retry_on: turn.retryOn,
    last_code: state === 'paid' || refusals === 0 ? null : turn.code,
    last_raw_code: state === 'paid' || refusals === 0 ? null : RAW,
    attention: turn.attention,
    called_at: null,
    run_id: turn.runId,
    created_at: at,
    updated_at: at,
    version: 1,
  })
  rows.subscription_event.push(...eventsOf(turn, cycleId, at))
}
