import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { ProductFilter, ProductSort, SaleState } from '../../../contract/products'
import { normalizeForSearch } from '../../../contract/text'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import type { ProductRow } from './products.repository'

export interface ProductQuery extends ProductFilter {
  readonly sort: ProductSort
  readonly descending: boolean
  readonly cursor: string | null
  readonly limit: number
  /** The business date of today. */
  readonly today: string
}

/** Where a page ended: the sort value (empty for the code itself) and the code. */
const Cursor = z.tuple([z.union([z.string().max(200), z.int()]), z.string().max(60)])

const KEYS: Readonly<
  Record<ProductSort, { column: string | null; of: (row: ProductRow) => string | number }>
> = {
  code: { column: null, of: () => '' },
  kana: { column: 'kana', of: (row) => row.kana },
  price: { column: 'price', of: (row) => row.price },
  updated: { column: 'updated_at', of: (row) => row.updated_at },
}

/** One condition a word of the fragment. */
export const wordConditions = (text: string): RawBuilder<SqlBool>[] =>
  text
    .split(/[\s\u3000]+/u)
    .map((word) => normalizeForSearch(word).replace(/[%_\\]/g, ''))
    .filter((word) => word !== '')
    .map((word) => sql<SqlBool>`search_text like ${`%${word}%`}`)

/** The same as `saleStateOn`, for rows of `product`. */
export function stateCondition(state: SaleState, today: string): RawBuilder<SqlBool> {
  switch (state) {
    case 'stopped':
      return sql`active = 0`
    case 'before':
      return sql`active = 1 and sale_from > ${today}`
    case 'ended':
      return sql`active = 1 and (sale_from is null or sale_from <= ${today}) and sale_to < ${today}`
    case 'on-sale':
      return sql`active = 1 and (sale_from is null or sale_from <= ${today})
        and (sale_to is null or sale_to >= ${today})`
  }
}

function conditionsOf(query: ProductFilter & { today: string }): RawBuilder<SqlBool>[] {
  const { state, taxClass, temperature, subscribable, stock, today } = query
  const conditions = wordConditions(query.text)
  if (state !== null) conditions.push(stateCondition(state, today))
  if (taxClass !== null) conditions.push(sql<SqlBool>`tax_class = ${taxClass}`)
  if (temperature !== null) conditions.push(sql<SqlBool>`temperature = ${temperature}`)
  if (subscribable) conditions.push(sql<SqlBool>`subscribable = 1`)
  if (stock === 'counted') conditions.push(sql<SqlBool>`stock is not null`)
  if (stock === 'out') conditions.push(sql<SqlBool>`stock <= 0`)
  return conditions
}

const all = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`

/** A page of 商品マスター. */
export async function listProducts(db: Kysely<Database>, query: ProductQuery) {
  const { column, of } = KEYS[query.sort]
  const after = decodeCursor(query.cursor, Cursor)
  const conditions = conditionsOf(query)
  const sign = query.descending ? sql`<` : sql`>`
  const direction = query.descending ? sql`desc` : sql`asc`
  const key = column === null ? null : sql.ref(column)
  const beyond =
    after === null
      ? []
      : [
          key === null
            ? sql<SqlBool>`code ${sign} ${after[1]}`
            : sql<SqlBool>`(${key}, code) ${sign} (${after[0]}, ${after[1]})`,
        ]
  const [rows, counted] = await Promise.all([
    sql<ProductRow>`select * from product where ${all([...conditions, ...beyond])}
      order by ${key === null ? sql`` : sql`${key} ${direction},`} code ${direction}
      limit ${query.limit + 1}`.execute(db),
    sql<{ count: number }>`select count(*) as count from
      (select 1 as one from product where ${all(conditions)} limit ${COUNT_LIMIT + 1}) f`.execute(db),
  ])
  const page = pageOf(
    rows.rows,
    query.limit,
    (row) => row,
    (row) => [of(row), row.code],
  )
  return { ...page, count: shownCount(Number(counted.rows[0]?.count ?? 0)) }
}
