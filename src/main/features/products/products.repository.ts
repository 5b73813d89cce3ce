import { sql, type Kysely, type Selectable } from 'kysely'
import type { ProductFields } from '../../../contract/products'
import { normalizeForSearch } from '../../../contract/text'
import type { Database, ProductTable } from '../../db/database.types'
import type { DatedRate } from '../../domain/pricing/rates'
import { stateCondition, wordConditions } from './product-list.repository'

export type ProductRow = Selectable<ProductTable>

/** The searched form of a product, kept beside it. */
export const productSearchText = (product: { code: string; name: string; kana: string }): string =>
  [product.code, product.name, product.kana].map(normalizeForSearch).join(' ')

/** The best products on sale today that contain every word of the text; code beginnings first. */
export async function searchProducts(
  db: Kysely<Database>,
  text: string,
  limit: number,
  today: string,
): Promise<ProductRow[]> {
  const [first = ''] = text.split(/[\s\u3000]+/u).map(normalizeForSearch)
  const rows = await db
    .selectFrom('product')
    .selectAll()
    .where((eb) => eb.and([stateCondition('on-sale', today), ...wordConditions(text)]))
    .orderBy('code')
    .limit(200)
    .execute()
  const rank = (row: ProductRow) => (normalizeForSearch(row.code).startsWith(first) ? 0 : 1)
  return rows.sort((a, b) => rank(a) - rank(b)).slice(0, limit)
}

/** All rates of all days. */
export async function datedRates(db: Kysely<Database>): Promise<DatedRate[]> {
  const rows = await db.selectFrom('tax_rate').selectAll().orderBy('valid_from').execute()
  return rows.map((row) => ({
    taxClass: row.tax_class,
    ratePercent: row.rate_percent,
    validFrom: row.valid_from,
  }))
}

export const findProduct = async (db: Kysely<Database>, id: string): Promise<ProductRow | null> =>
  (await db.selectFrom('product').selectAll().where('id', '=', id).executeTakeFirst()) ?? null

/** Products by their codes. */
export async function productsByCode(
  db: Kysely<Database>,
  codes: readonly string[],
): Promise<Map<string, ProductRow>> {
  if (codes.length === 0) return new Map()
  const rows = await db
    .selectFrom('product')
    .selectAll()
    .where('code', 'in', [...codes])
    .execute()
  return new Map(rows.map((row) => [row.code, row]))
}

export const fieldsOfProduct = (row: ProductRow): ProductFields => ({
  code: row.code,
  name: row.name,
  kana: row.kana,
  price: row.price,
  priceKind: row.price_kind,
  taxClass: row.tax_class,
  temperature: row.temperature,
  subscribable: row.subscribable === 1,
  bundleable: row.bundleable === 1,
  stock: row.stock,
  saleFrom: row.sale_from,
  saleTo: row.sale_to,
  active: row.active === 1,
})

/** Everything of a product but its stock, as it is written. */
const columnsOf = (fields: ProductFields, now: number) => ({
  code: fields.code,
  name: fields.name,
  kana: fields.kana,
  search_text: productSearchText(fields),
  price: fields.price,
  price_kind: fields.priceKind,
  tax_class: fields.taxClass,
  temperature: fields.temperature,
  subscribable: fields.subscribable ? 1 : 0,
  bundleable: fields.bundleable ? 1 : 0,
  sale_from: fields.saleFrom,
  sale_to: fields.saleTo,
  active: fields.active ? 1 : 0,
  updated_at: now,
})

export const productInsert = (
  db: Kysely<Database>,
  product: { id: string; fields: ProductFields; now: number },
) =>
  db.insertInto('product').values({
    id: product.id,
    ...columnsOf(product.fields, product.now),
    stock: product.fields.stock,
    created_at: product.now,
    version: 1,
  })

/**
 * Writes a product over the version that was seen. A stock that is counted before and after moves by the difference:
 * pieces ordered since it was seen stay taken.
 */
export function productUpdate(
  db: Kysely<Database>,
  change: {
    id: string
    version: number
    fields: ProductFields
    seenStock: number | null
    now: number
  },
) {
  const { fields, seenStock } = change
  const { stock } = fields
  return db
    .updateTable('product')
    .set({
      ...columnsOf(fields, change.now),
      stock:
        stock === null || seenStock === null
          ? stock
          : sql<number>`coalesce(stock, ${seenStock}) + ${stock - seenStock}`,
      version: change.version + 1,
    })
    .where('id', '=', change.id)
    .where('version', '=', change.version)
}
