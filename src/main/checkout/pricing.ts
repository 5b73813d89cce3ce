import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import type { CheckoutForm, Quote } from '../../contract/checkout'
import { yen } from '../../contract/values'
import type { Database, OrderLineTable, ProductTable, TaxRateTable } from '../db/database.types'
import { prepared } from '../db/prepared'
import { businessDate } from '../domain/calendar/tokyo'
import { totalsOf } from '../domain/pricing/quote'
import type { CheckoutDeps } from './deps'
import type { CheckoutRow } from './drafts'

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

/** Lines as they were agreed: a change of the order does not bring a new price to what was ordered before. */
async function agreedLines(
  deps: CheckoutDeps,
  orderId: string,
): Promise<ReadonlyMap<string, Selectable<OrderLineTable>>> {
  const rows = await deps.database.db
    .selectFrom('order_line')
    .selectAll()
    .where('order_id', '=', orderId)
    .where('product_id', 'is not', null)
    .execute()
  return new Map(rows.flatMap((row) => (row.product_id === null ? [] : [[row.product_id, row] as const])))
}

/**
 * Prices what the form holds, from the products and rates of today; in a change of an order, what was ordered before
 * keeps its price. Products that are gone fall out.
 */
export async function quoteOf(
  deps: CheckoutDeps,
  form: CheckoutForm,
  row: Pick<CheckoutRow, 'order_id'>,
): Promise<Quote> {
  const wanted = form.lines.filter((line) => line.quantity > 0)
  const ids = [...new Set(wanted.map((line) => line.productId))]
  const { db } = deps.database
  const [charges, products, rates, agreed] = await Promise.all([
    deps.charges(),
    ids.length === 0 ? [] : db.executeQuery(productsOnSale(db, ids)).then(({ rows }) => rows),
    db.executeQuery(ratesOn(db, { date: businessDate(deps.clock.now()) })),
    row.order_id === null ? null : agreedLines(deps, row.order_id),
  ])
  const rateOf = new Map(rates.rows.map((rate) => [rate.tax_class, rate.rate_percent]))
  const lines = wanted.flatMap((line) => {
    const { productId, quantity, shipment } = line
    const before = agreed?.get(productId)
    if (before) {
      const { code, name, tax_class: taxClass, unit_price: unitPrice, rate_percent: ratePercent } = before
      return [{ productId, shipment, code: code ?? '', name, taxClass, quantity, unitPrice, ratePercent }]
    }
    const product = products.find((candidate) => candidate.id === productId)
    const ratePercent = product && rateOf.get(product.tax_class)
    if (!product || ratePercent === undefined) return []
    const { code, name, tax_class: taxClass, price: unitPrice } = product
    return [{ productId, shipment, code, name, taxClass, quantity, unitPrice, ratePercent }]
  })
  const totals = totalsOf(lines, form.payment.method, {
    ...charges,
    // Each delivery is a parcel of its own.
    shipping: charges.shipping * Math.max(1, new Set(wanted.map((line) => line.shipment)).size),
    serviceRatePercent: rateOf.get('standard') ?? charges.serviceRatePercent,
  })
  return {
    lines: lines.map((line, index) => ({
      ...line,
      unitPrice: yen(line.unitPrice),
      amount: yen(totals.amounts[index] ?? 0),
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
