import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import type { CheckoutForm, Quote } from '../../contract/checkout'
import { yen } from '../../contract/values'
import type { Database, ProductTable, TaxRateTable } from '../db/database.types'
import { prepared } from '../db/prepared'
import { businessDate } from '../domain/calendar/tokyo'
import { totalsOf } from '../domain/pricing/quote'
import type { CheckoutDeps } from './deps'

const ratesOn = prepared<'date', Pick<Selectable<TaxRateTable>, 'tax_class' | 'rate_percent'>>((db, slot) =>
  db
    .selectFrom('tax_rate')
    .select(['tax_class', 'rate_percent'])
    .where('valid_from', '<=', slot('date'))
    .orderBy('valid_from'),
)

type ProductRow = Selectable<ProductTable>
const bySize = new Map<number, ReturnType<typeof prepared<string, ProductRow>>>()

/** One statement for each number of different products in an order. */
function productsOnSale(db: Kysely<Database>, ids: readonly string[]): CompiledQuery<ProductRow> {
  const query =
    bySize.get(ids.length) ??
    prepared<string, ProductRow>((kysely, slot) =>
      kysely
        .selectFrom('product')
        .selectAll()
        .where(
          'id',
          'in',
          ids.map((_id, at) => slot(`${at}`)),
        )
        .where('active', '=', 1),
    )
  bySize.set(ids.length, query)
  return query(db, Object.fromEntries(ids.entries()))
}

/** Prices what the form holds, from the products and rates of today. Products that are gone fall out. */
export async function quoteOf(deps: CheckoutDeps, form: CheckoutForm): Promise<Quote> {
  const wanted = form.lines.filter((line) => line.quantity > 0)
  const ids = [...new Set(wanted.map((line) => line.productId))]
  const { db } = deps.database
  const [charges, products, rates] = await Promise.all([
    deps.charges(),
    ids.length === 0 ? [] : db.executeQuery(productsOnSale(db, ids)).then(({ rows }) => rows),
    db.executeQuery(ratesOn(db, { date: businessDate(deps.clock.now()) })),
  ])
  const rateOf = new Map(rates.rows.map((rate) => [rate.tax_class, rate.rate_percent]))
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
