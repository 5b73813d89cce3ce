import type { Kysely, Selectable } from 'kysely'
import { normalizeForSearch } from '../../../contract/text'
import type { Database, ProductTable } from '../../db/database.types'

export type ProductRow = Selectable<ProductTable>

/** The searched form of a product, kept beside it. */
export const productSearchText = (product: { code: string; name: string; kana: string }): string =>
  [product.code, product.name, product.kana].map(normalizeForSearch).join(' ')

/** The best products that contain every word of the text; code beginnings first. */
export async function searchProducts(
  db: Kysely<Database>,
  text: string,
  limit: number,
): Promise<ProductRow[]> {
  const words = text
    .split(/[\s\u3000]+/u)
    .map(normalizeForSearch)
    .filter((word) => word !== '')
  let query = db.selectFrom('product').selectAll().where('active', '=', 1)
  for (const word of words) {
    query = query.where('search_text', 'like', `%${word.replace(/[%_\\]/g, '')}%`)
  }
  const rows = await query.orderBy('code').limit(200).execute()
  const [first = ''] = words
  const rank = (row: ProductRow) => (normalizeForSearch(row.code).startsWith(first) ? 0 : 1)
  return rows.sort((a, b) => rank(a) - rank(b)).slice(0, limit)
}

/** Percent of each tax class on a business date. */
export async function ratesOn(db: Kysely<Database>, date: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('tax_rate')
    .selectAll()
    .where('valid_from', '<=', date)
    .orderBy('valid_from')
    .execute()
  return new Map(rows.map((row) => [row.tax_class, row.rate_percent]))
}
