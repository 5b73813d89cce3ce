import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { CustomerFilter, CustomerSort } from '../../../contract/customers'
import { phoneEndQuery, searchQuery } from '../../db/customer-search'
import type { CustomerTable } from '../../db/database.types'
import type { DeskDatabase } from '../../db/open-database'
import { addDays, startOfBusinessDate } from '../../domain/calendar/tokyo'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import { visibleCustomer } from '../../db/visible-customers'
import type { Selectable } from 'kysely'

export type ListedCustomer = Selectable<CustomerTable> & {
  readonly order_count: number
  /** 0: never. */
  readonly last_ordered_at: number
}

export interface CustomerQuery extends CustomerFilter {
  readonly sort: CustomerSort
  readonly descending: boolean
  readonly cursor: string | null
  readonly limit: number
}

/** A query without those who stand before everybody else. */
interface ListQuery extends CustomerQuery {
  readonly except?: readonly number[]
}

interface Order {
  /** Column of the list that is sorted by, besides the number. */
  readonly key: RawBuilder<unknown> | null
  readonly valueOf: (row: ListedCustomer) => string | number
}

const ORDERS: Readonly<Record<CustomerSort, Order>> = {
  number: { key: null, valueOf: (row) => row.number },
  kana: { key: sql`l.kana`, valueOf: (row) => `${row.family_kana} ${row.given_kana}` },
  last: { key: sql`l.last_ordered_at`, valueOf: (row) => row.last_ordered_at },
}

/** Where a page ended: the sort value and the number. */
const Cursor = z.tuple([z.union([z.string().max(200), z.int()]), z.int()])

const all = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`

function conditionsOf(query: ListQuery): RawBuilder<SqlBool>[] {
  const { prefecture, tag, blacklist, orderedFrom, orderedTo, except = [] } = query
  const conditions = [visibleCustomer('l')]
  if (except.length > 0) conditions.push(sql<SqlBool>`l.number not in (${sql.join([...except])})`)
  if (prefecture !== '') conditions.push(sql<SqlBool>`l.prefecture = ${prefecture}`)
  if (blacklist !== null) conditions.push(sql<SqlBool>`l.blacklist = ${blacklist}`)
  if (orderedFrom !== null) {
    conditions.push(sql<SqlBool>`l.last_ordered_at >= ${startOfBusinessDate(orderedFrom)}`)
  }
  if (orderedTo !== null) {
    const end = startOfBusinessDate(addDays(orderedTo, 1))
    conditions.push(sql<SqlBool>`l.last_ordered_at < ${end} and l.last_ordered_at > 0`)
  }
  if (tag !== '') {
    conditions.push(sql<SqlBool>`l.number in (
      select c.number from customer_tag t join customer c on c.id = t.customer_id where t.tag = ${tag})`)
  }
  return conditions
}

function beyond(order: Order, { cursor, descending }: CustomerQuery): RawBuilder<SqlBool>[] {
  const after = decodeCursor(cursor, Cursor)
  if (after === null) return []
  const sign = descending ? sql`<` : sql`>`
  if (order.key === null) return [sql<SqlBool>`l.number ${sign} ${after[1]}`]
  return [sql<SqlBool>`(${order.key}, l.number) ${sign} (${after[0]}, ${after[1]})`]
}

function ordering(
  order: Order,
  descending: boolean,
  number: RawBuilder<unknown> = sql`l.number`,
): RawBuilder<unknown> {
  const direction = descending ? sql`desc` : sql`asc`
  return order.key === null
    ? sql`${number} ${direction}`
    : sql`${order.key} ${direction}, ${number} ${direction}`
}

/** Rows of a sorted list in which a common fragment is looked for, one by one. */
const WINDOW = { sqlite: 1200, postgres: 2500 } as const
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
    return sql`select l.number from customer_list l
      where l.number in (select customer_number from customer_search where tokens @@ ${match}::tsquery)
      and ${conditions} order by ${ordering(order, descending)} limit ${limit}`
  }
  // SQLite's index of fragments itself runs in the order of numbers.
  const number = order.key === null ? sql`s.rowid` : sql`l.number`
  return sql`select l.number from customer_search s cross join customer_list l on l.number = s.rowid
    where s.customer_search match ${match} and ${conditions}
    order by ${ordering(order, descending, number)} limit ${limit}`
}

/** The first rows of a sorted list in which the fragment is looked for, one by one. */
function walking(
  kind: DeskDatabase['kind'],
  query: CustomerQuery,
  match: string,
  conditions: RawBuilder<SqlBool>,
  limit: number,
): RawBuilder<{ number: number }> {
  const order = ORDERS[query.sort]
  const by = ordering(order, query.descending)
  const window = sql`select l.number, l.kana, l.last_ordered_at from customer_list l where ${conditions}
    order by ${by} limit ${WINDOW[kind]}`
  return kind === 'sqlite'
    ? sql`select l.number from (${window}) l where exists (
        select 1 from customer_search s where s.rowid = l.number and s.customer_search match ${match})
        order by ${by} limit ${limit}`
    : sql`select l.number from (${window}) l join customer_search s on s.customer_number = l.number
        where s.tokens @@ ${match}::tsquery order by ${by} limit ${limit}`
}

/** Numbers of the customers of a page, and one more; the way depends on how common the fragment is. */
async function numbersOf(database: DeskDatabase, query: ListQuery, match: string | null): Promise<number[]> {
  const { kind } = database
  const conditions = all([...conditionsOf(query), ...beyond(ORDERS[query.sort], query)])
  const limit = query.limit + 1
  const whole = matching(kind, query, match, conditions, limit)
  const direct = match === null || (kind === 'sqlite' && ORDERS[query.sort].key === null)
  if (direct) return numbersFrom(database, whole)
  if (kind === 'sqlite') {
    const few = await numbersFrom(database, sortedIfFew(query, match, conditions, limit))
    if (few.length > 0) return few
  }
  const walked = await numbersFrom(database, walking(kind, query, match, conditions, limit))
  return walked.length === limit ? walked : numbersFrom(database, whole)
}

/** The first page in the order of numbers: that order runs through the matches anyway, so one pass counts them too. */
async function firstPage(database: DeskDatabase, query: ListQuery, match: string | null): Promise<Found> {
  const most = Math.max(query.limit, COUNT_LIMIT) + 1
  const matches = matching(database.kind, query, match, all(conditionsOf(query)), most)
  const { rows } = await sql<{ number: number; count: number }>`
    with found as materialized (${matches})
    select l.number, (select count(*) from found) as count from found l
    order by ${ordering(ORDERS[query.sort], query.descending)} limit ${query.limit + 1}`.execute(database.db)
  return { numbers: rows.map((row) => Number(row.number)), count: Number(rows[0]?.count ?? 0) }
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

/** As many as have their phone number's end looked up before everybody else; the others follow among the rest. */
const ENDS = 100

/** Whose phone number ends in the four digits: what a caller gives more often than other four. */
async function byPhoneEnd(database: DeskDatabase, query: CustomerQuery): Promise<number[]> {
  const match = query.sort === 'number' ? phoneEndQuery(database.kind, query.text) : null
  if (match === null) return []
  return numbersFrom(database, matching(database.kind, query, match, all(conditionsOf(query)), ENDS))
}

/** The numbers of a page, and one more; and how many there are in all. */
async function foundBy(database: DeskDatabase, query: ListQuery): Promise<Found> {
  const match = searchQuery(database.kind, query.text)
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
 * A page of customers by any fragment and conditions. Who is meant most likely (an order's very number, the end of a phone
 * number) stands before the first page's rows, and on no later page.
 */
export async function searchCustomers(database: DeskDatabase, query: CustomerQuery) {
  const order = ORDERS[query.sort]
  const [ordered, ending] = await Promise.all([byOrderNumber(database, query), byPhoneEnd(database, query)])
  const heads = [...ordered, ...ending]
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
