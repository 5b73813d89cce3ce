import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { CustomerDb } from '../../db/customer-search'
import { COUNT_LIMIT } from '../../db/page'
import { all, beyond, conditionsOf, ordering, ORDERS, type ListQuery } from './customer-list.query'

/** Up to so many matches are read whole and sorted: PostgreSQL reads a page of the table for each of them. */
const FEW = 40_000
/** Rows among which a fragment is looked for in the order of numbers, which the table has a key for. */
const NEWEST = 6000
/** Rows of a sorted list in which a common fragment is looked for, before all matches are sorted after all. */
const WINDOW = 2500

interface Found {
  readonly numbers: readonly number[]
  readonly count: number
}

/** All matches, from the index of fragments: PostgreSQL would otherwise try the rows of the list one by one. */
const matches = (match: string, limit: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  found as materialized (
    select customer_number as number from customer_search where tokens @@ ${match}::tsquery ${limit})`

/** All that match, in order. */
export const sortedMatches = (
  match: string,
  conditions: RawBuilder<SqlBool>,
  order: RawBuilder<unknown>,
  limit: number,
): RawBuilder<{ number: number }> => sql`with ${matches(match, sql``)}
  select l.number from found join customer_list l on l.number = found.number where ${conditions}
  order by ${order} limit ${limit}`

/** Page and count of a fragment with few matches; null: it has more. */
async function fewOf(db: CustomerDb, query: ListQuery, match: string): Promise<Found | null> {
  const order = ORDERS[query.sort]
  const { rows } = await sql<{ size: number; count: number; numbers: (string | number)[] }>`
    with ${matches(match, sql`limit ${FEW + 1}`)},
    size as materialized (select count(*) as matching from found),
    kept as materialized (
      select l.number, l.kana, l.last_ordered_at from found join customer_list l on l.number = found.number
      where (select matching from size) <= ${FEW} and ${all(conditionsOf(query))})
    select (select matching from size) as size, (select count(*) from kept) as count, array(
      select l.number from kept l where ${all(beyond(order, query))}
      order by ${ordering(order, query.descending)} limit ${query.limit + 1}) as numbers`.execute(db)
  const [row] = rows
  if (!row || Number(row.size) > FEW) return null
  return { numbers: row.numbers.map(Number), count: Number(row.count) }
}

const numbersFrom = async (db: CustomerDb, statement: RawBuilder<{ number: number }>): Promise<number[]> =>
  (await statement.execute(db)).rows.map((row) => Number(row.number))

/** A common fragment looked for among the newest (oldest) rows, by the key of the table of fragments. */
async function newest(
  db: CustomerDb,
  query: ListQuery,
  match: string,
  conditions: RawBuilder<SqlBool>,
): Promise<number[]> {
  const { descending } = query
  const end = descending ? sql`max(l.number)` : sql`min(l.number)`
  const [first] = await numbersFrom(
    db,
    sql`select ${end} as number from customer_list l where ${all(beyond(ORDERS.number, query))}`,
  )
  if (first === undefined) return []
  const [from, to] = descending ? [first - NEWEST, first] : [first, first + NEWEST]
  return numbersFrom(
    db,
    sql`select l.number from customer_search s join customer_list l on l.number = s.customer_number
      where s.tokens @@ ${match}::tsquery and s.customer_number between ${from} and ${to} and ${conditions}
      order by ${ordering(ORDERS.number, descending, sql`s.customer_number`)} limit ${query.limit + 1}`,
  )
}

/** The first rows of a sorted list in which the fragment is looked for, one by one. */
function walked(db: CustomerDb, query: ListQuery, match: string, conditions: RawBuilder<SqlBool>) {
  const by = ordering(ORDERS[query.sort], query.descending)
  return numbersFrom(
    db,
    sql`select l.number from (
        select l.number, l.kana, l.last_ordered_at from customer_list l where ${conditions}
        order by ${by} limit ${WINDOW}) l
      join customer_search s on s.customer_number = l.number
      where s.tokens @@ ${match}::tsquery order by ${by} limit ${query.limit + 1}`,
  )
}

async function countOf(db: CustomerDb, query: ListQuery, match: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select 1 from customer_search s join customer_list l on l.number = s.customer_number
    where s.tokens @@ ${match}::tsquery and ${all(conditionsOf(query))} limit ${COUNT_LIMIT + 1}) f`.execute(
    db,
  )
  return Number(rows[0]?.count ?? 0)
}

/** The numbers of a page that a fragment finds, and one more; and how many there are in all. */
export async function foundOnPostgres(db: CustomerDb, query: ListQuery, match: string): Promise<Found> {
  const order = ORDERS[query.sort]
  const conditions = all([...conditionsOf(query), ...beyond(order, query)])
  const isFull = (numbers: readonly number[]) => numbers.length === query.limit + 1
  if (order.key === null) {
    const numbers = await newest(db, query, match, conditions)
    if (isFull(numbers)) return { numbers, count: await countOf(db, query, match) }
  }
  const few = await fewOf(db, query, match)
  if (few) return few
  const [numbers, count] = await Promise.all([
    walked(db, query, match, conditions),
    countOf(db, query, match),
  ])
  if (isFull(numbers)) return { numbers, count }
  const whole = sortedMatches(match, conditions, ordering(order, query.descending), query.limit + 1)
  return { numbers: await numbersFrom(db, whole), count }
}
