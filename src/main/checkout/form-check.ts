import type { Selectable } from 'kysely'
import type { CheckoutForm, PaymentMethod, Quote } from '../../contract/checkout'
import type { CustomerFields } from '../../contract/customers'
import type { PaymentPlan } from '../../contract/payment-plan'
import type { CardTable, CustomerTable } from '../db/database.types'
import { standingCustomer } from '../db/merged-customers'
import { prepared } from '../db/prepared'
import { contactFaults, normalizeFields, type FieldFault } from '../domain/people/contact-fields'
import { readDelivery } from './delivery'
import type { CheckoutDeps } from './deps'
import { discountFaults } from './discount'
import { standingHold, type CheckoutRow } from './drafts'
import { methodFaults } from './method-check'
import { planFaults, planOfForm } from './plan'
import { addressBookOf, checkShipments, type CheckedShipment } from './shipment-check'

/** A form that has been checked against the database: what an order is made of. */
export interface CheckedForm {
  readonly customer: {
    readonly id: string | null
    readonly number: number | null
    readonly fields: CustomerFields
  }
  /** At least one; the lines say by index which they go with. */
  readonly shipments: readonly [CheckedShipment, ...CheckedShipment[]]
  readonly channel: CheckoutForm['channel']
  readonly offerCode: string
  readonly medium: string
  readonly method: PaymentMethod
  readonly card: Selectable<CardTable> | null
  readonly keepCard: boolean
  readonly plan: PaymentPlan
  readonly note: string
  readonly discount: CheckoutForm['discount']
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
      if (row && row.status === 'active')
        return { id: row.id, number: row.number, fields: fieldsOfCustomer(row) }
      faults.push({ path: 'customer', message: 'この顧客は見つかりません。選び直してください。' })
      return null
    }
  }
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

/** The form for the customer who stands for its own, when that one was merged into another meanwhile; else the form itself. */
export async function followMerges(
  deps: CheckoutDeps,
  form: CheckoutForm,
  found: unknown = null,
): Promise<CheckoutForm> {
  if (found !== null || form.customer.kind !== 'existing') return form
  const { customerId } = form.customer
  const standing = await standingCustomer(deps.database.db, customerId)
  return standing === customerId ? form : { ...form, customer: { kind: 'existing', customerId: standing } }
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
  const [customer, card, quote, kept, book, unoffered] = await Promise.all([
    customerOf(deps, form, faults),
    cardOf(deps, form, checkout, cardFaults),
    quoting,
    readDelivery(deps.database),
    addressBookOf(deps, form),
    planFaults(deps, form),
  ])
  const standing = await followMerges(deps, form, customer)
  if (standing !== form) return checkForm(deps, checkout, standing, quoting)
  if (checkout.order_id !== null && customer?.id !== (await customerOfOrder(deps, checkout.order_id))) {
    faults.push({ path: 'customer', message: '注文の変更では、お客様を変えられません。' })
  }
  if (quote.lines.length === 0) faults.push({ path: 'lines', message: '商品を1つ以上追加してください。' })
  const asked = form.lines.filter((line) => line.quantity > 0).length
  if (quote.lines.length < asked) {
    faults.push({ path: 'lines', message: '販売を終了した商品が含まれています。明細を確認してください。' })
  }
  const [first, ...others] = await checkShipments(
    deps,
    form,
    { fields: customer?.fields, book, kept },
    faults,
  )
  faults.push(...discountFaults(form, quote))
  faults.push(...cardFaults, ...unoffered, ...methodFaults(form, quote.total, kept.carrier))
  const { method, keepCard } = form.payment
  if (faults.length > 0 || !customer || !first || method === null) return { faults }
  const { channel, offerCode, medium, note } = form
  return {
    ok: {
      customer,
      shipments: [first, ...others],
      channel,
      offerCode: offerCode.trim(),
      medium: medium.trim(),
      method,
      card,
      keepCard,
      plan: planOfForm(form),
      note,
      discount: form.discount && { ...form.discount, reason: form.discount.reason.trim() },
    },
  }
}
