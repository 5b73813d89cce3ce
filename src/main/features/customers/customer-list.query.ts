import { sql, type RawBuilder, type Selectable, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { CustomerFilter, CustomerSort } from '../../../contract/customers'
import type { CustomerTable } from '../../db/database.types'
import { decodeCursor } from '../../db/page'
import { visibleCustomer } from '../../db/visible-customers'
import { addDays, startOfBusinessDate } from '../../domain/calendar/tokyo'

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
export interface ListQuery extends CustomerQuery {
  readonly except?: readonly number[]
}

export interface Order {
  /** Column of the list that is sorted by, besides the number. */
  readonly key: RawBuilder<unknown> | null
  readonly valueOf: (row: ListedCustomer) => string | number
}

export const ORDERS: Readonly<Record<CustomerSort, Order>> = {
  number: { key: null, valueOf: (row) => row.number },
  kana: { key: sql`l.kana`, valueOf: (row) => `${row.family_kana} ${row.given_kana}` },
  last: { key: sql`l.last_ordered_at`, valueOf: (row) => row.last_ordered_at },
}

/** Where a page ended: the sort value and the number. */
const Cursor = z.tuple([z.union([z.string().max(200), z.int()]), z.int()])

export const all = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`

export function conditionsOf(query: ListQuery): RawBuilder<SqlBool>[] {
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

export function beyond(order: Order, { cursor, descending }: CustomerQuery): RawBuilder<SqlBool>[] {
  const after = decodeCursor(cursor, Cursor)
  if (after === null) return []
  const sign = descending ? sql`<` : sql`>`
  if (order.key === null) return [sql<SqlBool>`l.number ${sign} ${after[1]}`]
  return [sql<SqlBool>`(${order.key}, l.number) ${sign} (${after[0]}, ${after[1]})`]
}

export function ordering(
  order: Order,
  descending: boolean,
  number: RawBuilder<unknown> = sql`l.number`,
): RawBuilder<unknown> {
  const direction = descending ? sql`desc` : sql`asc`
  return order.key === null
    ? sql`${number} ${direction}`
    : sql`${order.key} ${direction}, ${number} ${direction}`
}
