import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import type { CheckoutForm, Quote } from '../../contract/checkout'
import type { Database, OrderLineTable, ProductTable } from '../db/database.types'
import { prepared } from '../db/prepared'
import { saleStateOn } from '../domain/products/sale-state'
import type { CheckoutDeps } from './deps'
import type { NamedOffer } from './offer'

export type ProductRow = Selectable<ProductTable>

/** One line as it is charged, before the sums. */
export type PricedLine = Omit<Quote['lines'][number], 'unitPrice' | 'amount'> & {
  readonly unitPrice: number
  /** Chilled or frozen. */
  readonly cool: boolean
}

const bySize = new Map<number, ReturnType<typeof prepared<string, ProductRow>>>()

/** Products of an order, one statement for each number of different ones. */
export function productsOf(db: Kysely<Database>, ids: readonly string[]): CompiledQuery<ProductRow> {
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
        ),
    )
  bySize.set(ids.length, query)
  return query(db, Object.fromEntries(ids.entries()))
}

type AgreedLines = ReadonlyMap<string, Selectable<OrderLineTable>>

/** Lines as they were agreed: a change of the order does not bring a new price to what was ordered before. */
export async function agreedLines(deps: CheckoutDeps, orderId: string): Promise<AgreedLines> {
  const rows = await deps.database.db
    .selectFrom('order_line')
    .selectAll()
    .where('order_id', '=', orderId)
    .where('product_id', 'is not', null)
    .execute()
  return new Map(rows.flatMap((row) => (row.product_id === null ? [] : [[row.product_id, row] as const])))
}

/** What the prices of a form follow from. */
export interface PriceSources {
  readonly today: string
  readonly products: readonly ProductRow[]
  /** Rate of each tax class today. */
  readonly rateOf: ReadonlyMap<string, number>
  readonly named: NamedOffer | null
  /** In a change of an order. */
  readonly agreed: AgreedLines | null
}

/** Prices the lines with a quantity, from the products and rates of today. Products that are not on sale fall out. */
export function pricedLines(form: CheckoutForm, sources: PriceSources): PricedLine[] {
  return form.lines.flatMap((line): PricedLine[] => {
    const { productId, quantity, shipment } = line
    if (quantity === 0) return []
    const product = sources.products.find((candidate) => candidate.id === productId)
    const before = sources.agreed?.get(productId)
    const cool = product !== undefined && product.temperature !== 'normal'
    // What this order has taken already is there for it.
    const stock = product?.stock == null ? null : product.stock + (before?.quantity ?? 0)
    const common = { productId, shipment, quantity, cool, stock }
    if (before) {
      return [
        {
          ...common,
          code: before.code ?? '',
          name: before.name,
          taxClass: before.tax_class,
          priceKind: before.price_kind,
          unitPrice: before.unit_price,
          ratePercent: before.rate_percent,
        },
      ]
    }
    const ratePercent = product && sources.rateOf.get(product.tax_class)
    if (!product || ratePercent === undefined) return []
    const dates = { active: product.active === 1, from: product.sale_from, to: product.sale_to }
    if (saleStateOn(dates, sources.today) !== 'on-sale') return []
    return [
      {
        ...common,
        code: product.code,
        name: product.name,
        taxClass: product.tax_class,
        priceKind: product.price_kind,
        unitPrice: sources.named?.products.get(productId)?.price ?? product.price,
        ratePercent,
      },
    ]
  })
}
