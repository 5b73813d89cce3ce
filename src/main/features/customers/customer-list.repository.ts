import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { CustomerFilter, CustomerSort } from '../../../contract/customers'
import { searchQuery } from '../../db/customer-search'
import type { CustomerTable } from '../../db/database.types'
import type { DeskDatabase } from '../../db/open-database'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import { visibleCustomer } from '../../db/visible-customers'
import type { Selectable } from 'kysely'

export type ListedCustomer = Selectable<CustomerTable> & {
  readonly order_count: number
  /** 0: never. */
  readonly last_ordered_at: number
}

export interface CustomerQuery extends CustomerFilter {
  readonly text: string
  readonly sort: CustomerSort
  readonly cursor: string | null
  readonly limit: number
}

interface Order {
  /** Column of the list that is sorted by, besides the number. */
  readonly key: RawBuilder<unknown> | null
  readonly direction: 'asc' | 'desc'
  readonly valueOf: (row: ListedCustomer) => string | number
}

const ORDERS: Readonly<Record<CustomerSort, Order>> = {
  newest: { key: null, direction: 'desc', valueOf: (row) => row.number },
  oldest: { key: null, direction: 'asc', valueOf: (row) => row.number },
  kana: {
    key: sql`l.kana`,
    direction: 'asc',
    valueOf: (row) => `${row.family_kana} ${row.given_kana}`,
  },
  'last-order': {
    key: sql`l.last_ordered_at`,
    direction: 'desc',
    valueOf: (row) => row.last_ordered_at,
  },
}

/** Where a page ended: the sort value and the number. */
const Cursor = z.tuple([z.union([z.string().max(200), z.int()]), z.int()])

const all = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`

function conditionsOf(query: CustomerQuery): RawBuilder<SqlBool>[] {
  const { prefecture, tag, blacklist, orderedFrom, orderedTo } = query
  const conditions = [visibleCustomer('l')]
  if (prefecture !== null) conditions.push(sql<SqlBool>`l.prefecture = ${prefecture}`)
  if (blacklist !== null) conditions.push(sql<SqlBool>`l.blacklist = ${blacklist}`)
  if (orderedFrom !== null) conditions.push(sql<SqlBool>`l.last_ordered_at >= ${orderedFrom}`)
  if (orderedTo !== null) conditions.push(sql<SqlBool>`l.last_ordered_at < ${orderedTo}`)
  if (tag !== null) {
    conditions.push(sql<SqlBool>`exists (
      select 1 from customer_tag t where t.tag = ${tag} and t.customer_id = l.customer_id)`)
  }
  return conditions
}

function beyond(order: Order, cursor: string | null): RawBuilder<SqlBool>[] {
  const after = decodeCursor(cursor, Cursor)
  if (after === null) return []
  const sign = order.direction === 'asc' ? sql`>` : sql`<`
  if (order.key === null) return [sql<SqlBool>`l.number ${sign} ${after[1]}`]
  return [sql<SqlBool>`(${order.key}, l.number) ${sign} (${after[0]}, ${after[1]})`]
}

const ordering = (order: Order, number: RawBuilder<unknown> = sql`l.number`): RawBuilder<unknown> => {
  const direction = order.direction === 'asc' ? sql`asc` : sql`desc`
  return order.key === null
    ? sql`${number} ${direction}`
    : sql`${order.key} ${direction}, ${number} ${direction}`
}

/** Rows of a sorted list in which a common fragment is looked for, one by one. */
const WINDOW = { sqlite: 1200, postgres: 2500 } as const
/** Up to so many matches are read whole and sorted; beyond it the sorted list is walked first. */
const FEW = 30_000

/** Numbers of the customers of a page, and one more; the way depends on how common the fragment is. */
async function numbersOf(
  database: DeskDatabase,
  query: CustomerQuery,
  match: string | null,
): Promise<number[]> {
  const order = ORDERS[query.sort]
  const conditions = [...conditionsOf(query), ...beyond(order, query.cursor)]
  const limit = query.limit + 1
  const run = async (statement: RawBuilder<{ number: number }>) =>
    (await statement.execute(database.db)).rows.map((row) => Number(row.number))
  if (match === null) {
    return run(sql`select l.number from customer_list l where ${all(conditions)}
      order by ${ordering(order)} limit ${limit}`)
  }
  const sqlite = database.kind === 'sqlite'
  // The index of fragments of SQLite itself runs in the order of numbers.
  const byNumber = sqlite && order.key === null
  const number = byNumber ? sql`s.rowid` : sql`l.number`
  const whole = sqlite
    ? sql<{
        number: number
      }>`select l.number from customer_search s cross join customer_list l on l.number = s.rowid
        where s.customer_search match ${match} and ${all(conditions)}
        order by ${ordering(order, number)} limit ${limit}`
    : sql<{ number: number }>`select l.number from customer_list l
        where l.number in (select customer_number from customer_search where tokens @@ ${match}::tsquery)
        and ${all(conditions)} order by ${ordering(order)} limit ${limit}`
  if (byNumber || (sqlite && (await isRare(database, match)))) return run(whole)
  const window = sql`select l.number, l.kana, l.last_ordered_at from customer_list l where ${all(conditions)}
    order by ${ordering(order)} limit ${WINDOW[database.kind]}`
  const walked = await run(
    sqlite
      ? sql`select l.number from (${window}) l where exists (
          select 1 from customer_search s where s.rowid = l.number and s.customer_search match ${match})
          order by ${ordering(order)} limit ${limit}`
      : sql`select l.number from (${window}) l join customer_search s on s.customer_number = l.number
          where s.tokens @@ ${match}::tsquery order by ${ordering(order)} limit ${limit}`,
  )
  return walked.length === limit ? walked : run(whole)
}

async function isRare(database: DeskDatabase, match: string): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select 1 from customer_search where customer_search match ${match} limit ${FEW + 1})`.execute(database.db)
  return Number(rows[0]?.count ?? 0) <= FEW
}

/** How many there are, exactly up to the limit. */
async function countOf(database: DeskDatabase, query: CustomerQuery, match: string | null): Promise<number> {
  const conditions = all(conditionsOf(query))
  const found =
    match === null
      ? sql`select 1 as one from customer_list l where ${conditions} limit ${COUNT_LIMIT + 1}`
      : database.kind === 'sqlite'
        ? sql`select 1 as one from customer_search s cross join customer_list l on l.number = s.rowid
            where s.customer_search match ${match} and ${conditions} limit ${COUNT_LIMIT + 1}`
        : sql`select 1 as one from customer_search s join customer_list l on l.number = s.customer_number
            where s.tokens @@ ${match}::tsquery and ${conditions} limit ${COUNT_LIMIT + 1}`
  const { rows } = await sql<{ count: number }>`select count(*) as count from (${found}) f`.execute(
    database.db,
  )
  return Number(rows[0]?.count ?? 0)
}

async function rowsOf(database: DeskDatabase, numbers: readonly number[]): Promise<ListedCustomer[]> {
  if (numbers.length === 0) return []
  const rows = await database.db
    .selectFrom('customer')
    .innerJoin('customer_list as l', 'l.number', 'customer.number')
    .selectAll('customer')
    .select(['l.order_count', 'l.last_ordered_at'])
    .where('customer.number', 'in', [...numbers])
    .execute()
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  return numbers.flatMap((number) => byNumber.get(number) ?? [])
}

/** The customer whose order has this very number: what a caller reads from a slip. */
async function byOrderNumber(database: DeskDatabase, query: CustomerQuery): Promise<number[]> {
  const plain = query.text.normalize('NFKC').trim()
  if (query.cursor !== null || !/^\d{6,12}$/.test(plain)) return []
  const row = await database.db
    .selectFrom('sales_order')
    .innerJoin('customer_list as l', 'l.customer_id', 'sales_order.customer_id')
    .select('l.number')
    .where('sales_order.number', '=', Number(plain))
    .where(all(conditionsOf(query)))
    .executeTakeFirst()
  return row ? [row.number] : []
}

/** A page of customers by any fragment and conditions. */
export async function searchCustomers(database: DeskDatabase, query: CustomerQuery) {
  const order = ORDERS[query.sort]
  const match = searchQuery(database.kind, query.text)
  const [ordered, numbers, count] = await Promise.all([
    byOrderNumber(database, query),
    numbersOf(database, query, match),
    countOf(database, query, match),
  ])
  const rows = await rowsOf(database, numbers)
  const page = pageOf(
    rows,
    query.limit,
    (row) => row,
    (row) => [order.valueOf(row), row.number],
  )
  const extra = ordered.filter((number) => !numbers.includes(number))
  const items = [...(await rowsOf(database, extra)), ...page.items]
  return { ...page, items, count: shownCount(count + extra.length) }
}
