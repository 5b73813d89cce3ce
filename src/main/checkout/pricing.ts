import type { Selectable } from 'kysely'
import type { CheckoutForm, Quote } from '../../contract/checkout'
import type { TaxRateTable } from '../db/database.types'
import { prepared } from '../db/prepared'
import { businessDate } from '../domain/calendar/tokyo'
import { totalsOf } from '../domain/pricing/order-totals'
import type { CheckoutDeps } from './deps'
import { yenOfDiscount } from './discount'
import type { CheckoutRow } from './drafts'
import { legalOf, namedOffer } from './offer'
import { agreedLines, pricedLines, productsOf } from './priced-lines'
import { quoteParts } from './quote-parts'

const ratesOn = prepared<'date', Pick<Selectable<TaxRateTable>, 'tax_class' | 'rate_percent'>>((db, slot) =>
  db
    .selectFrom('tax_rate')
    .select(['tax_class', 'rate_percent'])
    .where('valid_from', '<=', slot('date'))
    .orderBy('valid_from'),
)

const prefectureOfCustomer = prepared<'id', { prefecture: string }>((db, slot) =>
  db.selectFrom('customer').select('prefecture').where('id', '=', slot('id')),
)

/** Prefecture of each delivery, null where it is not known yet: 送料 goes by it. */
async function prefecturesOf(deps: CheckoutDeps, form: CheckoutForm): Promise<(string | null)[]> {
  const { db } = deps.database
  const { customer } = form
  const kinds = new Set(form.shipments.map(({ shipTo }) => shipTo.kind))
  const saved = form.shipments.flatMap(({ shipTo }) => (shipTo.kind === 'saved' ? [shipTo.addressId] : []))
  const [own, addresses] = await Promise.all([
    customer.kind === 'existing' && kinds.has('customer')
      ? db.executeQuery(prefectureOfCustomer(db, { id: customer.customerId })).then(({ rows }) => rows[0])
      : undefined,
    saved.length === 0 || customer.kind !== 'existing'
      ? []
      : db
          .selectFrom('customer_address')
          .select(['id', 'prefecture'])
          .where('id', 'in', saved)
          .where('customer_id', '=', customer.customerId)
          .execute(),
  ])
  const ownPrefecture = customer.kind === 'new' ? customer.fields.prefecture : (own?.prefecture ?? '')
  const known = (prefecture: string) => (prefecture === '' ? null : prefecture)
  return form.shipments.map(({ shipTo }) => {
    switch (shipTo.kind) {
      case 'customer':
        return known(ownPrefecture)
      case 'other':
        return known(shipTo.prefecture)
      case 'saved':
        return addresses.find(({ id }) => id === shipTo.addressId)?.prefecture ?? null
    }
  })
}

/**
 * Prices what the form holds, from the products, offers and rates of today; in a change of an order, what was ordered
 * before keeps its price. Products that are gone fall out.
 */
export async function quoteOf(
  deps: CheckoutDeps,
  form: CheckoutForm,
  row: Pick<CheckoutRow, 'order_id'>,
): Promise<Quote> {
  const ids = [...new Set(form.lines.filter((line) => line.quantity > 0).map((line) => line.productId))]
  const { db } = deps.database
  const today = businessDate(deps.clock.now())
  const [charges, products, rates, agreed, named, prefectures] = await Promise.all([
    deps.charges(),
    ids.length === 0 ? [] : db.executeQuery(productsOf(db, ids)).then(({ rows }) => rows),
    db.executeQuery(ratesOn(db, { date: today })),
    row.order_id === null ? null : agreedLines(deps, row.order_id),
    namedOffer(deps, form),
    prefecturesOf(deps, form),
  ])
  const rateOf = new Map<string, number>(rates.rows.map((rate) => [rate.tax_class, rate.rate_percent]))
  const lines = pricedLines(form, { today, products, rateOf, named, agreed })
  const order = { lines, prefectures, method: form.payment.method, discount: 0 }
  const fees = { ...charges, serviceRatePercent: rateOf.get('standard') ?? charges.serviceRatePercent }
  const whole = totalsOf(order, fees)
  const discount = yenOfDiscount(form.discount, whole.subtotal)
  const totals = discount === 0 ? whole : totalsOf({ ...order, discount }, fees)
  return {
    ...quoteParts(lines, totals),
    legal: legalOf(form, named, lines),
  }
}
