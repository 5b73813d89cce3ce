import type { Insertable } from 'kysely'
import type { Quote, ReadBack } from '../../contract/checkout'
import type { SalesOrderTable } from '../db/database.types'
import { customerInsert } from '../db/customer-write'
import type { Statement } from '../db/open-database'
import { prepared, preparedInsert } from '../db/prepared'
import { newId } from '../platform/ids'
import type { Actor, CheckoutDeps } from './deps'
import type { CheckoutRow, PaymentRow } from './drafts'
import type { CheckedForm } from './form-check'
import { stockStatements } from './stock'
import type { HoldDecision } from './blacklist-check'
import { holdForNew } from './order-hold'
import { orderLinesOf } from './order-lines'
import { nextCustomerNumber, orderNumberOf, takenOrderNumber, takeOrderNumber } from './numbers'

export const insertOrder = preparedInsert('sales_order', { number: takenOrderNumber() })
const insertLines = preparedInsert('order_line')
const insertShipments = preparedInsert('order_shipment')
const insertTaxes = preparedInsert('order_tax')
const insertReadBack = preparedInsert('order_read_back')

const completeCheckout = prepared<'id' | 'version' | 'now'>((db, slot) =>
  db
    .updateTable('checkout')
    .set((eb) => ({
      status: 'completed',
      order_number: takenOrderNumber(),
      updated_at: slot('now'),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', slot('id'))
    .where('version', '=', slot('version'))
    .where('status', '=', 'read-back'),
)

const linkPayment = prepared<'id' | 'version' | 'orderId' | 'now'>((db, slot) =>
  db
    .updateTable('payment')
    .set((eb) => ({ order_id: slot('orderId'), updated_at: slot('now'), version: eb('version', '+', 1) }))
    .where('id', '=', slot('id'))
    .where('version', '=', slot('version'))
    .where('status', '=', 'authorized'),
)

export const keepCard = prepared<'id' | 'customerId' | 'onFile'>((db, slot) =>
  db
    .updateTable('card')
    .set((eb) => ({
      customer_id: slot('customerId'),
      on_file: slot('onFile'),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', slot('id')),
)

export interface OrderToMake {
  readonly row: CheckoutRow
  readonly form: CheckedForm
  readonly quote: Quote
  readonly readBack: ReadBack
  readonly payment: PaymentRow | null
  /** What the price of a turn of a 定期 is called; left out: 値引き. */
  readonly discountName?: string | undefined
  /** The id that a new customer gets; without it, any. */
  readonly newCustomerId?: string
  /** What the blacklist says of the persons of this order (`checkBlacklist`). */
  readonly listed: HoldDecision | null
  readonly actor: Actor
}

/**
 * Step 4: 確定. Customer, order, lines, taxes, what was read aloud, the payment's link and the end of the draft
 * are one transaction: all of it stands after a power cut, or none. Only one order can come of a checkout.
 */
export async function makeOrder(
  deps: CheckoutDeps,
  order: OrderToMake,
): Promise<{ id: string; number: number }> {
  const { id, statements } = await orderStatements(deps, order)
  deps.onStep?.('order-prepared', order.row.id)
  const [taken] = await deps.database.batch(statements)
  deps.onStep?.('order-stored', order.row.id)
  return { id, number: orderNumberOf(taken) }
}

/** The statements of that transaction; the first one takes the order's number. */
export async function orderStatements(
  deps: CheckoutDeps,
  order: OrderToMake,
): Promise<{ readonly id: string; readonly statements: readonly Statement[] }> {
  const { db } = deps.database
  const now = deps.clock.now()
  const orderId = newId()
  const isNew = order.form.customer.id === null
  const customerId = order.form.customer.id ?? order.newCustomerId ?? newId()
  const statements: Statement[] = [takeOrderNumber(db), closeCheckout(deps, order, now)]
  if (isNew) {
    const { fields } = order.form.customer
    const number = await nextCustomerNumber(db)
    statements.push(...customerInsert(deps.database, { id: customerId, number, fields, now }))
  }
  statements.push(...stockStatements(deps, order.quote))
  const status = paidBefore(order.form.method) ? 'waiting-payment' : 'new'
  const held = holdForNew(deps, { decision: order.listed, orderId, status, now })
  const row = { ...orderRow(order, orderId, customerId, now), status: held.status }
  statements.push({ query: insertOrder(db, [row]) })
  statements.push(...contentStatements(deps, order, orderId, now), ...held.statements)
  statements.push(...paymentStatements(deps, order, orderId, customerId, now))
  return { id: orderId, statements }
}

/** Early in the batch: fails the whole of it when another seat or another click was faster. */
function closeCheckout(deps: CheckoutDeps, order: OrderToMake, now: number): Statement {
  const { id, version } = order.row
  return { query: completeCheckout(deps.database.db, { id, version, now }), expect: { changes: 1 } }
}

function orderRow(
  order: OrderToMake,
  id: string,
  customerId: string,
  now: number,
): Omit<Insertable<SalesOrderTable>, 'number' | 'status'> {
  return {
    id,
    checkout_id: order.row.id,
    shop_id: order.actor.shopId,
    operator_id: order.actor.userId,
    customer_id: customerId,
    ...orderContent(order, now),
    ordered_at: now,
    updated_at: now,
    version: 1,
  }
}

/** 前払い: nothing ships before the money is there. */
export const paidBefore = (method: SalesOrderTable['payment_method']): boolean =>
  method === 'bank-transfer' || method === 'konbini'

/** What was ordered, as said to the caller: the part of an order that a change writes anew. */
export function orderContent(order: OrderToMake, now: number) {
  const { form, quote, actor } = order
  const { fields } = form.customer
  const [first] = form.shipments
  const { shipTo } = first
  return {
    customer_name: `${fields.familyName} ${fields.givenName}`,
    customer_kana: `${fields.familyKana} ${fields.givenKana}`,
    customer_phone: fields.phone,
    customer_postal_code: fields.postalCode,
    customer_prefecture: fields.prefecture,
    customer_city: fields.city,
    customer_address: fields.address,
    customer_building: fields.building || null,
    ship_name: shipTo.name,
    ship_phone: shipTo.phone,
    ship_postal_code: shipTo.postalCode,
    ship_prefecture: shipTo.prefecture,
    ship_city: shipTo.city,
    ship_address: shipTo.address,
    ship_building: shipTo.building || null,
    deliver_on: first.deliverOn,
    slot_code: first.slot?.code ?? null,
    payment_method: form.method,
    subtotal: quote.subtotal,
    shipping: quote.shipping,
    fee: quote.fee,
    tax_added: quote.taxAdded,
    discount: quote.discount,
    discount_reason: form.discount?.reason ?? null,
    discount_by: form.discount === null ? null : order.row.discount_by,
    total: quote.total,
    channel: form.channel,
    offer_code: form.offerCode || null,
    medium: form.medium || quote.legal.offer?.medium || null,
    legal_mode: quote.legal.mode,
    legal_reason: quote.legal.reason,
    note: form.note || null,
    read_back_at: now,
    read_back_by: actor.userId,
  }
}

/** Deliveries, lines, taxes and what was read aloud. */
export function contentStatements(
  deps: CheckoutDeps,
  order: OrderToMake,
  orderId: string,
  now: number,
): Statement[] {
  return [
    shipmentStatement(deps, order, orderId),
    ...lineStatements(deps, order, orderId),
    readBackStatement(deps, order, orderId, now),
  ]
}

/** Deliveries of an order. */
export function shipmentStatement(deps: CheckoutDeps, order: OrderToMake, orderId: string): Statement {
  const rows = order.form.shipments.map((shipment, index) => ({
    order_id: orderId,
    position: index + 1,
    address_id: shipment.addressId,
    name: shipment.shipTo.name,
    phone: shipment.shipTo.phone,
    postal_code: shipment.shipTo.postalCode,
    prefecture: shipment.shipTo.prefecture,
    city: shipment.shipTo.city,
    address: shipment.shipTo.address,
    building: shipment.shipTo.building || null,
    deliver_on: shipment.deliverOn,
    slot_code: shipment.slot?.code ?? null,
    slot_label: shipment.slot?.label ?? null,
    carrier: shipment.carrier,
    ship_on: shipment.shipOn,
    gift: JSON.stringify(shipment.gift),
  }))
  return { query: insertShipments(deps.database.db, rows) }
}

/** Lines and taxes of an order. */
export function lineStatements(deps: CheckoutDeps, order: OrderToMake, orderId: string): Statement[] {
  const { db } = deps.database
  const { quote } = order
  const lines = orderLinesOf(quote, order.discountName).map((line, index) => ({
    order_id: orderId,
    position: index + 1,
    ...line,
  }))
  const taxes = quote.taxes.map((row) => ({
    order_id: orderId,
    rate_percent: row.ratePercent,
    taxable: row.taxable,
    tax: row.tax,
  }))
  return [{ query: insertLines(db, lines) }, { query: insertTaxes(db, taxes) }]
}

function readBackStatement(deps: CheckoutDeps, order: OrderToMake, orderId: string, now: number): Statement {
  const sentences = JSON.stringify(order.readBack.sentences.map((sentence) => sentence.text))
  const row = { order_id: orderId, sentences, read_at: now, read_by: order.actor.userId }
  return { query: insertReadBack(deps.database.db, [row]) }
}

/** The hold now belongs to the order; a void that was asked for meanwhile has changed the version and wins. */
export function paymentStatements(
  deps: CheckoutDeps,
  order: OrderToMake,
  orderId: string,
  customerId: string,
  now: number,
): Statement[] {
  const { db } = deps.database
  const { payment, form } = order
  if (!form.card) return []
  const onFile = form.card.on_file === 1 || form.keepCard ? 1 : 0
  const card = { query: keepCard(db, { id: form.card.id, customerId, onFile }) }
  if (!payment) return [card]
  const { id, version } = payment
  return [{ query: linkPayment(db, { id, version, orderId, now }), expect: { changes: 1 } }, card]
}
