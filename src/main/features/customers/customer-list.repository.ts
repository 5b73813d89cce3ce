import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { phoneEndQuery, searchQuery } from '../../db/customer-search'
import type { DeskDatabase } from '../../db/open-database'
import { standingCustomer } from '../../db/merged-customers'
import { COUNT_LIMIT, pageOf, shownCount } from '../../db/page'
import { foundOnPostgres, sortedMatches } from './customer-list.postgres'
import {
  all,
  beyond,
  conditionsOf,
  ordering,
  ORDERS,
  type CustomerQuery,
  type ListedCustomer,
  type ListQuery,
} from './customer-list.query'

export type { CustomerQuery, ListedCustomer }

/** Rows of a sorted list in which a common fragment is looked for, one by one. */
const WINDOW = 1200
/** Up to so many matches are read whole and sorted; beyond it the sorted list is walked first. */
const FEW = 60_000

interface Found {
  readonly numbers: readonly number[]
  readonly count: number
}

const numbersFrom = async (
  database: DeskDatabase,
  statement: RawBuilder<{ number: number }>,
): Promise<number[]> => (await statement.execute(database.db)).rows.map((row) => Number(row.number))

/** All customers that match, in order: from the index of fragments where there is a fragment, else from the list. */
function matching(
  kind: DeskDatabase['kind'],
  query: CustomerQuery,
  match: string | null,
  conditions: RawBuilder<SqlBool>,
  limit: number,
): RawBuilder<{ number: number }> {
  const order = ORDERS[query.sort]
  const { descending } = query
  if (match === null) {
    return sql`select l.number from customer_list l where ${conditions}
      order by ${ordering(order, descending)} limit ${limit}`
  }
  if (kind === 'postgres') {
    return sortedMatches(match, conditions, ordering(order, descending), limit)
  }
  // SQLite's index of fragments itself runs in the order of numbers.
  const number = order.key === null ? sql`s.rowid` : sql`l.number`
  return sql`select l.number from customer_search s cross join customer_list l on l.number = s.rowid
    where s.customer_search match ${match} and ${conditions}
    order by ${ordering(order, descending, number)} limit ${limit}`
}

/** The first rows of a sorted list in which the fragment is looked for, one by one. */
function walking(
  query: ListQuery,
  match: string,
  conditions: RawBuilder<SqlBool>,
  limit: number,
): RawBuilder<{ number: number }> {
  const by = ordering(ORDERS[query.sort], query.descending)
  return sql`select l.number from (
      select l.number, l.kana, l.last_ordered_at from customer_list l where ${conditions}
      order by ${by} limit ${WINDOW}) l
    where exists (select 1 from customer_search s where s.rowid = l.number and s.customer_search match ${match})
    order by ${by} limit ${limit}`
}

/** Numbers of the customers of a page, and one more; the way depends on how common the fragment is. */
async function numbersOf(database: DeskDatabase, query: ListQuery, match: string | null): Promise<number[]> {
  const conditions = all([...conditionsOf(query), ...beyond(ORDERS[query.sort], query)])
  const limit = query.limit + 1
  const whole = matching(database.kind, query, match, conditions, limit)
  if (match === null || ORDERS[query.sort].key === null) return numbersFrom(database, whole)
  const few = await numbersFrom(database, sortedIfFew(query, match, conditions, limit))
  if (few.length > 0) return few
  const walked = await numbersFrom(database, walking(query, match, conditions, limit))
  return walked.length === limit ? walked : numbersFrom(database, whole)
}

/**
 * The first page in the order of numbers, and how many there are. The index of fragments is read forwards, which takes
 * half as long as backwards; only of more matches than are counted the newest are then looked up from the end.
 */
async function firstPage(database: DeskDatabase, query: ListQuery, match: string | null): Promise<Found> {
  const conditions = all(conditionsOf(query))
  const limit = query.limit + 1
  const newest = matching(database.kind, query, match, conditions, limit)
  const most = Math.max(query.limit, COUNT_LIMIT) + 1
  if (match === null) {
    const [numbers, count] = await Promise.all([
      numbersFrom(database, newest),
      countOf(database, query, match),
    ])
    return { numbers, count }
  }
  const { rows } = await sql<{ number: number; count: number }>`
    with found as materialized (
      select l.number from customer_search s cross join customer_list l on l.number = s.rowid
      where s.customer_search match ${match} and ${conditions} limit ${most})
    select l.number, (select count(*) from found) as count from found l
    order by ${ordering(ORDERS[query.sort], query.descending)} limit ${limit}`.execute(database.db)
  const count = Number(rows[0]?.count ?? 0)
  const numbers = count < most ? rows.map((row) => Number(row.number)) : await numbersFrom(database, newest)
  return { numbers, count }
}

/** Page of a fragment that is not common, sorted; empty when it is common, or when nothing matches. */
function sortedIfFew(query: CustomerQuery, match: string, conditions: RawBuilder<SqlBool>, limit: number) {
  return sql<{ number: number }>`with few as materialized (
      select rowid as number from customer_search where customer_search match ${match} limit ${FEW + 1})
    select l.number from few cross join customer_list l on l.number = few.number
    where (select count(*) from few) <= ${FEW} and ${conditions}
    order by ${ordering(ORDERS[query.sort], query.descending)} limit ${limit}`
}

/** How many there are, exactly up to the limit. */
async function countOf(database: DeskDatabase, query: ListQuery, match: string | null): Promise<number> {
  const conditions = all(conditionsOf(query))
  const found =
    match === null
      ? sql`select 1 as one from customer_list l where ${conditions} limit ${COUNT_LIMIT + 1}`
      : sql`select 1 as one from customer_search s cross join customer_list l on l.number = s.rowid
          where s.customer_search match ${match} and ${conditions} limit ${COUNT_LIMIT + 1}`
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

/** Whose order has this very number: what a caller reads from a slip. */
async function byOrderNumber(database: DeskDatabase, query: CustomerQuery): Promise<number[]> {
  const plain = query.text.normalize('NFKC').trim()
  if (!/^\d{6,12}$/.test(plain)) return []
  const row = await database.db
    .selectFrom('sales_order')
    .innerJoin('customer', 'customer.id', 'sales_order.customer_id')
    .innerJoin('customer_list as l', 'l.number', 'customer.number')
    .select('l.number')
    .where('sales_order.number', '=', Number(plain))
    .where(all(conditionsOf(query)))
    .executeTakeFirst()
  return row ? [row.number] : []
}

/** Who stands for the merged customer with this very number. */
async function byMergedNumber(database: DeskDatabase, query: CustomerQuery): Promise<number[]> {
  const plain = query.text.normalize('NFKC').trim()
  if (!/^\d{1,12}$/.test(plain)) return []
  const merged = await database.db
    .selectFrom('customer')
    .select('id')
    .where('number', '=', Number(plain))
    .where('merged_into', 'is not', null)
    .executeTakeFirst()
  if (!merged) return []
  const row = await database.db
    .selectFrom('customer')
    .innerJoin('customer_list as l', 'l.number', 'customer.number')
    .select('l.number')
    .where('customer.id', '=', await standingCustomer(database.db, merged.id))
    .where(all(conditionsOf(query)))
    .executeTakeFirst()
  return row ? [row.number] : []
}

/** As many as have their phone number's end looked up before everybody else; the others follow among the rest. */
const ENDS = 100

/** Whose phone number ends in the four digits: what a caller gives more often than other four. */
async function byPhoneEnd(database: DeskDatabase, query: CustomerQuery): Promise<number[]> {
  const match = query.sort === 'number' ? phoneEndQuery(database.kind, query.text) : null
  if (match === null) return []
  return numbersFrom(
    database,
    matching(database.kind, query, match, all(conditionsOf(query)), Math.min(ENDS, query.limit)),
  )
}

/** The numbers of a page, and one more; and how many there are in all. */
async function foundBy(database: DeskDatabase, query: ListQuery): Promise<Found> {
  const match = searchQuery(database.kind, query.text)
  if (match !== null && database.kind === 'postgres') return foundOnPostgres(database.db, query, match)
  if (query.cursor === null && query.sort === 'number' && database.kind === 'sqlite') {
    return firstPage(database, query, match)
  }
  const [numbers, count] = await Promise.all([
    numbersOf(database, query, match),
    countOf(database, query, match),
  ])
  return { numbers, count }
}

/**
 * A page of customers by any fragment and conditions. Who is meant most likely (an order's very number, that of a customer
 * merged into this one, the end of a phone number) stands before the first page's rows, and on no later page.
 */
export async function searchCustomers(database: DeskDatabase, query: CustomerQuery) {
  const order = ORDERS[query.sort]
  const [ordered, merged, ending] = await Promise.all([
    byOrderNumber(database, query),
    byMergedNumber(database, query),
    byPhoneEnd(database, query),
  ])
  const heads = [...new Set([...ordered, ...merged, ...ending])]
  const { numbers, count } = await foundBy(database, { ...query, except: heads })
  const isFirst = query.cursor === null
  const [before, rows] = await Promise.all([
    rowsOf(database, isFirst ? heads : []),
    rowsOf(database, numbers),
  ])
  const page = pageOf(
    rows,
    query.limit,
    (row) => row,
    (row) => [order.valueOf(row), row.number],
  )
  return { ...page, items: [...before, ...page.items], count: shownCount(count + heads.length) }
}
