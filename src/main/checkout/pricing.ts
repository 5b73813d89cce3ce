import type { CheckoutForm, Quote } from '../../contract/checkout'
import { yen } from '../../contract/values'
import { businessDate } from '../domain/calendar/tokyo'
import { totalsOf } from '../domain/pricing/quote'
import type { CheckoutDeps } from './deps'

/** Prices what the form holds, from the products and rates of today. Products that are gone fall out. */
export async function quoteOf(deps: CheckoutDeps, form: CheckoutForm): Promise<Quote> {
  const wanted = form.lines.filter((line) => line.quantity > 0)
  const ids = [...new Set(wanted.map((line) => line.productId))]
  const { db } = deps.database
  const [charges, products, rates] = await Promise.all([
    deps.charges(),
    ids.length === 0
      ? []
      : db.selectFrom('product').selectAll().where('id', 'in', ids).where('active', '=', 1).execute(),
    db
      .selectFrom('tax_rate')
      .selectAll()
      .where('valid_from', '<=', businessDate(deps.clock.now()))
      .orderBy('valid_from')
      .execute(),
  ])
  const rateOf = new Map(rates.map((rate) => [rate.tax_class, rate.rate_percent]))
  const lines = wanted.flatMap((line) => {
    const product = products.find((candidate) => candidate.id === line.productId)
    const ratePercent = product && rateOf.get(product.tax_class)
    if (!product || ratePercent === undefined) return []
    return [{ product, quantity: line.quantity, unitPrice: product.price, ratePercent }]
  })
  const totals = totalsOf(lines, form.payment.method, {
    ...charges,
    serviceRatePercent: rateOf.get('standard') ?? charges.serviceRatePercent,
  })
  return {
    lines: lines.map(({ product, quantity, unitPrice, ratePercent }, index) => ({
      productId: product.id,
      code: product.code,
      name: product.name,
      unitPrice: yen(unitPrice),
      quantity,
      amount: yen(totals.amounts[index] ?? 0),
      taxClass: product.tax_class,
      ratePercent,
    })),
    subtotal: yen(totals.subtotal),
    shipping: yen(totals.shipping),
    fee: yen(totals.fee),
    total: yen(totals.total),
    taxes: totals.taxes.map((row) => ({
      ratePercent: row.ratePercent,
      taxable: yen(row.taxable),
      tax: yen(row.tax),
    })),
    untilFreeShipping: totals.untilFreeShipping === null ? null : yen(totals.untilFreeShipping),
  }
}
