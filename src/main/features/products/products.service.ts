import type { Product, ProductFields, ProductSummary } from '../../../contract/products'
import { yen } from '../../../contract/values'
import { mapDatabaseError, UniqueViolation } from '../../db/errors'
import type { DeskDatabase } from '../../db/open-database'
import { businessDate } from '../../domain/calendar/tokyo'
import { rateOn, type DatedRate } from '../../domain/pricing/rates'
import { normalizeProduct, productFaults } from '../../domain/products/product-fields'
import { saleStateOn } from '../../domain/products/sale-state'
import type { Clock } from '../../platform/clock'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import { listProducts, type ProductQuery } from './product-list.repository'
import {
  datedRates,
  fieldsOfProduct,
  findProduct,
  productInsert,
  productUpdate,
  searchProducts,
  type ProductRow,
} from './products.repository'

export interface ProductsDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
}

interface Today {
  readonly date: string
  readonly rates: readonly DatedRate[]
}

async function todayOf({ database, clock }: ProductsDeps): Promise<Today> {
  return { date: businessDate(clock.now()), rates: await datedRates(database.db) }
}

function productOf(row: ProductRow, { date, rates }: Today): Product {
  return {
    ...fieldsOfProduct(row),
    id: row.id,
    version: row.version,
    ratePercent: rateOn(rates, row.tax_class, date) ?? 0,
    state: saleStateOn({ active: row.active === 1, from: row.sale_from, to: row.sale_to }, date),
    updatedAt: row.updated_at,
  }
}

/** The best products for the order form. */
export async function search(deps: ProductsDeps, text: string): Promise<ProductSummary[]> {
  const today = await todayOf(deps)
  const rows = await searchProducts(deps.database.db, text, 20, today.date)
  return rows.map((row) => {
    const { id, code, name, kana, price, priceKind, taxClass, ratePercent, ...more } = productOf(row, today)
    const { temperature, subscribable, stock } = more
    const priced = { price: yen(price), priceKind, taxClass, ratePercent }
    return { id, code, name, kana, ...priced, temperature, subscribable, stock }
  })
}

export async function list(deps: ProductsDeps, query: Omit<ProductQuery, 'today'>) {
  const today = await todayOf(deps)
  const page = await listProducts(deps.database.db, { ...query, today: today.date })
  return { ...page, items: page.items.map((row) => productOf(row, today)) }
}

export async function detail(deps: ProductsDeps, id: string): Promise<Product> {
  const row = await findProduct(deps.database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  return productOf(row, await todayOf(deps))
}

function checked(typed: ProductFields): ProductFields {
  const fields = normalizeProduct(typed)
  const faults = productFaults(fields)
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  return fields
}

/** The refusal of a code that another product has. */
const codeTaken = (error: unknown): unknown =>
  mapDatabaseError(error) instanceof UniqueViolation
    ? new Refusal('INVALID_FIELDS', {
        fields: [{ path: 'code', message: 'この商品コードはほかの商品で使われています。' }],
      })
    : error

export async function add(deps: ProductsDeps, typed: ProductFields): Promise<Product> {
  const fields = checked(typed)
  const id = newId()
  const product = { id, fields, now: deps.clock.now() }
  await productInsert(deps.database.db, product)
    .execute()
    .catch((error: unknown) => {
      throw codeTaken(error)
    })
  return detail(deps, id)
}

/** Keeps a product over the version that the screen has seen; refuses a stale one. */
export async function save(
  deps: ProductsDeps,
  change: { id: string; version: number; seenStock: number | null; fields: ProductFields },
): Promise<Product> {
  const fields = checked(change.fields)
  const updated = await productUpdate(deps.database.db, { ...change, fields, now: deps.clock.now() })
    .executeTakeFirst()
    .catch((error: unknown) => {
      throw codeTaken(error)
    })
  if (Number(updated.numUpdatedRows) !== 1) {
    const { version } = await detail(deps, change.id)
    throw new Refusal('STALE', { version })
  }
  return detail(deps, change.id)
}
