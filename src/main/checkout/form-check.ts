import type { Selectable } from 'kysely'
import type { CheckoutForm, PaymentMethod, Quote } from '../../contract/checkout'
import type { CustomerFields } from '../../contract/customers'
import type { Carrier, DeliverySlot } from '../../contract/delivery'
import { normalizePhone, normalizePostalCode } from '../../contract/text'
import type { CardTable, CustomerTable } from '../db/database.types'
import { prepared } from '../db/prepared'
import { spokenDate } from '../domain/calendar/tokyo'
import {
  contactFaults,
  isPhone,
  normalizeFields,
  PREFECTURES,
  type FieldFault,
} from '../domain/people/contact-fields'
import { deliveryChoices, readDelivery, type KeptDelivery } from './delivery'
import type { CheckoutDeps } from './deps'
import { standingHold, type CheckoutRow } from './drafts'

/** Highest amount that a carrier collects on delivery (ヤマト宅急便コレクト), yen. */
const COD_LIMIT = 300_000

export interface ShipTo {
  readonly name: string
  readonly phone: string
  readonly postalCode: string
  readonly prefecture: string
  readonly city: string
  readonly address: string
  readonly building: string
}

/** A form that has been checked against the database: what an order is made of. */
export interface CheckedForm {
  readonly customer: {
    readonly id: string | null
    readonly number: number | null
    readonly fields: CustomerFields
  }
  readonly shipTo: ShipTo
  readonly deliverOn: string | null
  readonly slot: { readonly code: string; readonly label: string } | null
  /** The carrier of that slot, and the planned ship date. */
  readonly carrier: Carrier
  readonly shipOn: string | null
  readonly method: PaymentMethod
  readonly card: Selectable<CardTable> | null
  readonly keepCard: boolean
  readonly note: string
}

export type FormCheck = { readonly ok: CheckedForm } | { readonly faults: readonly FieldFault[] }

export const fieldsOfCustomer = (row: Selectable<CustomerTable>): CustomerFields => ({
  familyName: row.family_name,
  givenName: row.given_name,
  familyKana: row.family_kana,
  givenKana: row.given_kana,
  phone: row.phone,
  email: row.email ?? '',
  postalCode: row.postal_code,
  prefecture: row.prefecture,
  city: row.city,
  address: row.address,
  building: row.building ?? '',
})

const customerById = prepared<'id', Selectable<CustomerTable>>((db, slot) =>
  db.selectFrom('customer').selectAll().where('id', '=', slot('id')),
)

const cardById = prepared<'id', Selectable<CardTable>>((db, slot) =>
  db.selectFrom('card').selectAll().where('id', '=', slot('id')).where('removed_at', 'is', null),
)

async function customerOf(deps: CheckoutDeps, form: CheckoutForm, faults: FieldFault[]) {
  switch (form.customer.kind) {
    case 'none':
      faults.push({ path: 'customer', message: 'お客様を選択するか、新しい顧客として入力してください。' })
      return null
    case 'new': {
      const fields = normalizeFields(form.customer.fields)
      faults.push(...contactFaults(fields, 'customer.fields.'))
      return { id: null, number: null, fields }
    }
    case 'existing': {
      const { db } = deps.database
      const [row] = (await db.executeQuery(customerById(db, { id: form.customer.customerId }))).rows
      if (row) return { id: row.id, number: row.number, fields: fieldsOfCustomer(row) }
      faults.push({ path: 'customer', message: 'この顧客は見つかりません。選び直してください。' })
      return null
    }
  }
}

function shipToOf(
  form: CheckoutForm,
  fields: CustomerFields | undefined,
  faults: FieldFault[],
): ShipTo | null {
  if (form.shipTo.kind === 'customer') {
    if (!fields) return null
    const { phone, postalCode, prefecture, city, address, building } = fields
    return {
      name: `${fields.familyName} ${fields.givenName}`,
      phone,
      postalCode,
      prefecture,
      city,
      address,
      building,
    }
  }
  const { kind: _kind, ...typed } = form.shipTo
  const shipTo = {
    ...typed,
    name: typed.name.trim(),
    phone: normalizePhone(typed.phone),
    postalCode: normalizePostalCode(typed.postalCode),
  }
  const need = (path: string, ok: boolean, message: string) => {
    if (!ok) faults.push({ path: `shipTo.${path}`, message })
  }
  need('name', shipTo.name !== '', 'お届け先のお名前を入力してください。')
  need('phone', isPhone(shipTo.phone), 'お届け先の電話番号を入力してください。')
  need('postalCode', /^\d{7}$/.test(shipTo.postalCode), 'お届け先の郵便番号を7桁で入力してください。')
  need('prefecture', PREFECTURES.includes(shipTo.prefecture), 'お届け先の都道府県を選択してください。')
  need('city', shipTo.city.trim() !== '', 'お届け先の市区町村を入力してください。')
  need('address', shipTo.address.trim() !== '', 'お届け先の町名・番地を入力してください。')
  return shipTo
}

function slotOf(
  slotCode: string | null,
  slots: readonly DeliverySlot[],
  faults: FieldFault[],
): DeliverySlot | null {
  if (slotCode === null) return null
  const slot = slots.find((row) => row.code === slotCode)
  if (slot) return slot
  faults.push({ path: 'slotCode', message: 'この時間帯は指定できません。選び直してください。' })
  return null
}

/** Checks day and slot of a delivery against what can be promised at this moment. */
export async function checkDelivery(
  deps: Pick<CheckoutDeps, 'database' | 'clock'>,
  asked: { deliverOn: string | null; slotCode: string | null },
  to: { prefecture: string; postalCode: string },
  faults: FieldFault[],
  kept?: KeptDelivery,
): Promise<{ slot: DeliverySlot | null; carrier: Carrier; shipOn: string | null }> {
  const asking = { ...to, deliverOn: asked.deliverOn }
  const choices = await deliveryChoices(deps.database, deps.clock.now(), asking, kept)
  const { earliest, latest, carrier, shipOn } = choices
  if (asked.deliverOn !== null && (asked.deliverOn < earliest || asked.deliverOn > latest)) {
    faults.push({
      path: 'deliverOn',
      message: `お届け日は${spokenDate(earliest)}から${spokenDate(latest)}までの間で指定してください。`,
    })
  }
  return { slot: slotOf(asked.slotCode, choices.slots, faults), carrier, shipOn }
}

/** A card that may pay: keyed for this checkout, on the customer's file, or the one that the changed order stands on. */
async function cardOf(
  deps: CheckoutDeps,
  form: CheckoutForm,
  checkout: Pick<CheckoutRow, 'id' | 'order_id'>,
  faults: FieldFault[],
) {
  if (form.payment.method !== 'card') return null
  const { db } = deps.database
  const { cardId } = form.payment
  const [row] = cardId === null ? [] : (await db.executeQuery(cardById(db, { id: cardId }))).rows
  const ownCustomer = form.customer.kind === 'existing' ? form.customer.customerId : null
  if (row && (row.checkout_id === checkout.id || (row.on_file === 1 && row.customer_id === ownCustomer)))
    return row
  const standing = row && checkout.order_id !== null ? await standingHold(deps, checkout.order_id) : null
  if (row && standing?.card_id === row.id) return row
  faults.push({
    path: 'payment.cardId',
    message: 'テンキーでカード情報を入力するか、登録カードを選択してください。',
  })
  return null
}

async function customerOfOrder(deps: CheckoutDeps, orderId: string): Promise<string | undefined> {
  const row = await deps.database.db
    .selectFrom('sales_order')
    .select('customer_id')
    .where('id', '=', orderId)
    .executeTakeFirst()
  return row?.customer_id
}

/**
 * Checks everything that an order needs. All faults at once, so that the operator mends them in one go. The quote
 * may still be on its way: an authorization waits for both, and they ask the database side by side.
 */
export async function checkForm(
  deps: CheckoutDeps,
  checkout: Pick<CheckoutRow, 'id' | 'order_id'>,
  form: CheckoutForm,
  quoting: Quote | Promise<Quote>,
): Promise<FormCheck> {
  const faults: FieldFault[] = []
  const cardFaults: FieldFault[] = []
  const [customer, card, quote, kept] = await Promise.all([
    customerOf(deps, form, faults),
    cardOf(deps, form, checkout, cardFaults),
    quoting,
    readDelivery(deps.database),
  ])
  if (checkout.order_id !== null && customer?.id !== (await customerOfOrder(deps, checkout.order_id))) {
    faults.push({ path: 'customer', message: '注文の変更では、お客様を変えられません。' })
  }
  const shipTo = shipToOf(form, customer?.fields, faults)
  if (quote.lines.length === 0) faults.push({ path: 'lines', message: '商品を1つ以上追加してください。' })
  const asked = form.lines.filter((line) => line.quantity > 0).length
  if (quote.lines.length < asked) {
    faults.push({ path: 'lines', message: '販売を終了した商品が含まれています。明細を確認してください。' })
  }
  const { slot, carrier, shipOn } = await checkDelivery(
    deps,
    form,
    { prefecture: shipTo?.prefecture ?? '', postalCode: shipTo?.postalCode ?? '' },
    faults,
    kept,
  )
  faults.push(...cardFaults)
  const { method } = form.payment
  if (method === null) faults.push({ path: 'payment.method', message: 'お支払方法を選択してください。' })
  if (method === 'cod' && quote.total > COD_LIMIT) {
    faults.push({
      path: 'payment.method',
      message: '代金引換は30万円までです。ほかのお支払方法を選択してください。',
    })
  }
  if (faults.length > 0 || !customer || !shipTo || method === null) return { faults }
  const { deliverOn, note } = form
  const keepCard = form.payment.keepCard
  return { ok: { customer, shipTo, deliverOn, slot, carrier, shipOn, method, card, keepCard, note } }
}
