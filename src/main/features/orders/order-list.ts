import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { OrderFilter } from '../../../contract/orders'
import { searchQuery } from '../../db/customer-search'
import type { Database } from '../../db/database.types'
import type { DeskDatabase } from '../../db/open-database'
import { COUNT_LIMIT, decodeCursor } from '../../db/page'
import { addDays, startOfBusinessDate } from '../../domain/calendar/tokyo'

/**
 * Which orders a list shows: their ids, newest first, and how many there are. A text is looked up among the customers,
 * by the index of fragments; the orders themselves are millions of rows that nobody may read one by one.
 */

/** Cursor of the list: newest first. */
const Cursor = z.tuple([z.number(), z.uuid()])

const SIZES = {
  /** Up to so many customers who match: their orders are read whole and sorted. */
  few: 1000,
  /** Beyond so many customers, most likely a page of their orders is among the newest of all. */
  many: 15_000,
  /** Newest orders among which those of a common fragment are looked for, before all of them are sorted after all. */
  window: 3000,
}

export interface OrderQuery {
  readonly filter: OrderFilter
  readonly cursor: string | null
  readonly limit: number
}

interface Found {
  /** One more than asked for, where there are more. */
  readonly ids: readonly string[]
  readonly count: number
}

export type SearchSizes = typeof SIZES

type Conditions = readonly RawBuilder<SqlBool>[]

const all = (conditions: Conditions): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`

/** The conditions besides the text, on `o`. */
function conditionsOf(filter: OrderFilter): RawBuilder<SqlBool>[] {
  const { status, paymentMethod, from, to, keypad, shopId } = filter
  const conditions: RawBuilder<SqlBool>[] = []
  if (status.length > 0) conditions.push(sql<SqlBool>`o.status in (${sql.join(status)})`)
  if (paymentMethod.length > 0)
    conditions.push(sql<SqlBool>`o.payment_method in (${sql.join(paymentMethod)})`)
  if (from !== null) conditions.push(sql<SqlBool>`o.ordered_at >= ${startOfBusinessDate(from)}`)
  if (to !== null) conditions.push(sql<SqlBool>`o.ordered_at < ${startOfBusinessDate(addDays(to, 1))}`)
  if (shopId !== null) conditions.push(sql<SqlBool>`o.shop_id = ${shopId}`)
  if (keypad !== '') {
    conditions.push(sql<SqlBool>`o.id in (
      select order_id from payment where keypad_serial = ${keypad} and order_id is not null)`)
  }
  return conditions
}

function beyond(cursor: string | null): RawBuilder<SqlBool>[] {
  const after = decodeCursor(cursor, Cursor)
  return after === null ? [] : [sql<SqlBool>`(o.ordered_at, o.id) < (${after[0]}, ${after[1]})`]
}

const newestFirst = sql`order by o.ordered_at desc, o.id desc`

async function idsFrom(db: Kysely<Database>, statement: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`${statement}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Orders as `o`, each with the columns by which it is sorted. */
type Source = RawBuilder<unknown>

/** Ids of a page and one more. */
const pageOf = (
  db: Kysely<Database>,
  { cursor, limit }: OrderQuery,
  source: Source,
  conditions: Conditions,
): Promise<string[]> =>
  idsFrom(
    db,
    sql`select o.id from ${source} where ${all([...conditions, ...beyond(cursor)])}
      ${newestFirst} limit ${limit + 1}`,
  )

async function page(
  db: Kysely<Database>,
  query: OrderQuery,
  source: Source,
  conditions: Conditions,
): Promise<Found> {
  const [ids, count] = await Promise.all([
    pageOf(db, query, source, conditions),
    countOf(db, source, conditions),
  ])
  return { ids, count }
}

async function countOf(db: Kysely<Database>, source: Source, conditions: Conditions): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select 1 as one from ${source} where ${all(conditions)} limit ${COUNT_LIMIT + 1}) f`.execute(db)
  return Number(rows[0]?.count ?? 0)
}

/** Customers who match, up to one more than a few. */
function matchingCustomers(kind: DeskDatabase['kind'], match: string, most: number): Source {
  return kind === 'sqlite'
    ? sql`select c.id from customer_search s cross join customer c on c.number = s.rowid
        where s.customer_search match ${match} limit ${most}`
    : sql`with found as materialized (
          select customer_number from customer_search where tokens @@ ${match}::tsquery limit ${most})
        select c.id from found join customer c on c.number = found.customer_number`
}

/** All orders of the customers who match. */
const ordersOfMatching = (kind: DeskDatabase['kind'], match: string): Source =>
  kind === 'sqlite'
    ? sql`(select rowid as number from customer_search where customer_search match ${match}) s
        cross join customer c on c.number = s.number cross join sales_order o on o.customer_id = c.id`
    : sql`(select customer_number as number from customer_search where tokens @@ ${match}::tsquery) s
        join customer c on c.number = s.number join sales_order o on o.customer_id = c.id`

const matches = (kind: DeskDatabase['kind'], match: string): RawBuilder<SqlBool> =>
  kind === 'sqlite'
    ? sql<SqlBool>`exists (select 1 from customer c cross join customer_search s on s.rowid = c.number
        where c.id = o.customer_id and s.customer_search match ${match})`
    : sql<SqlBool>`exists (select 1 from customer c join customer_search s on s.customer_number = c.number
        where c.id = o.customer_id and s.tokens @@ ${match}::tsquery)`

/** True when more customers than this match; trying order by order whether its customer does would cost more below it. */
async function areMany({ db, kind }: DeskDatabase, match: string, most: number): Promise<boolean> {
  const found =
    kind === 'sqlite'
      ? sql`select 1 as one from customer_search where customer_search match ${match} limit ${most + 1}`
      : sql`select 1 as one from customer_search where tokens @@ ${match}::tsquery limit ${most + 1}`
  const { rows } = await sql<{ count: number }>`select count(*) as count from (${found}) f`.execute(db)
  return Number(rows[0]?.count ?? 0) > most
}

/** A fragment that more than a few customers have. */
async function common(
  database: DeskDatabase,
  query: OrderQuery,
  match: string,
  sizes: SearchSizes,
): Promise<Found> {
  const { db, kind } = database
  const conditions = conditionsOf(query.filter)
  const windowed = all([...conditions, ...beyond(query.cursor)])
  const walked = (await areMany(database, match, sizes.many))
    ? await idsFrom(
        db,
        sql`select o.id from (select o.id, o.customer_id, o.ordered_at from sales_order o where ${windowed}
            ${newestFirst} limit ${sizes.window}) o
          where ${matches(kind, match)} ${newestFirst} limit ${query.limit + 1}`,
      )
    : []
  const source = ordersOfMatching(kind, match)
  const count = countOf(db, source, conditions)
  if (walked.length > query.limit) return { ids: walked, count: await count }
  const [last, counted] = await Promise.all([
    kind === 'sqlite' && conditions.length === 0 ? lastOfPage(db, query, source) : null,
    count,
  ])
  const shown = last === null ? [] : [sql<SqlBool>`o.ordered_at >= ${last}`]
  return { ids: await pageOf(db, query, source, [...conditions, ...shown]), count: counted }
}

/**
 * When the last order of a page was taken, from the index of customers' orders alone: sorting all orders by their ids,
 * too, would read each of them from the table. Null: the page is not full.
 */
async function lastOfPage(
  db: Kysely<Database>,
  { cursor, limit }: OrderQuery,
  source: Source,
): Promise<number | null> {
  const after = decodeCursor(cursor, Cursor)
  const before = after === null ? sql<SqlBool>`1 = 1` : sql<SqlBool>`o.ordered_at <= ${after[0]}`
  // Of the moment at which the page before has ended, some orders may have been shown.
  const { rows } = await sql<{ ordered_at: number }>`select o.ordered_at from ${source}
    where ${before} order by o.ordered_at desc limit 1 offset ${limit + (after === null ? 0 : limit)}`.execute(
    db,
  )
  return rows[0]?.ordered_at ?? null
}

/** Ids of the orders of a page, and one more; the way depends on how common the text is. */
export async function findOrders(database: DeskDatabase, query: OrderQuery, sizes = SIZES): Promise<Found> {
  const { db, kind } = database
  const text = query.filter.text.normalize('NFKC').trim()
  const orders = sql`sales_order o`
  if (text === '') return page(db, query, orders, conditionsOf(query.filter))
  const number = /^\d{1,15}$/.test(text) ? Number(text) : null
  const match = searchQuery(kind, text)
  const customers = match === null ? [] : await idsFrom(db, matchingCustomers(kind, match, sizes.few + 1))
  if (match !== null && customers.length > sizes.few) {
    return common(database, query, match, sizes)
  }
  const whose =
    kind === 'sqlite'
      ? sql<SqlBool>`o.customer_id in (select value from json_each(${JSON.stringify(customers)}))`
      : sql<SqlBool>`o.customer_id = any(${customers}::text[])`
  const wanted = number === null ? whose : sql<SqlBool>`(o.number = ${number} or ${whose})`
  return page(db, query, orders, [...conditionsOf(query.filter), wanted])
}
