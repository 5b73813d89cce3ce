import type { Selectable } from 'kysely'
import { z } from 'zod'
import { digitsOnly } from '../../../contract/text'
import type { CustomerTable } from '../../db/database.types'
import { matchesFragment, type CustomerDb } from '../../db/customer-search'
import type { DeskDatabase } from '../../db/open-database'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'

export type CustomerRow = Selectable<CustomerTable>

export async function findCustomer(db: CustomerDb, id: string): Promise<CustomerRow | null> {
  return (await db.selectFrom('customer').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Cursor of the list: kana of the family and given name, then the id. */
const Cursor = z.tuple([z.string().max(200), z.string().max(200), z.uuid()])

/** Four digits alone mean the end of a phone number; whole numbers are looked up by their own index. */
function byWholeNumber(text: string): { column: 'phone' | 'phone_last4'; digits: string } | null {
  const digits = digitsOnly(text)
  if (/[\p{L}@]/u.test(text)) return null
  if (digits.length === 4) return { column: 'phone_last4', digits }
  if (digits.length >= 10) return { column: 'phone', digits }
  return null
}

/** A page of customers by any fragment, ordered by kana. */
export async function searchCustomers(
  database: DeskDatabase,
  search: { text: string; cursor: string | null; limit: number },
) {
  const whole = byWholeNumber(search.text)
  const fragment = whole ? null : matchesFragment(database, search.text)
  let query = database.db.selectFrom('customer')
  if (whole) query = query.where(whole.column, '=', whole.digits)
  if (fragment) query = query.where(fragment)
  const after = decodeCursor(search.cursor, Cursor)
  const rows = await query
    .selectAll()
    .$if(after !== null, (some) =>
      some.where((eb) =>
        eb(
          eb.refTuple('family_kana', 'given_kana', 'id'),
          '>',
          eb.tuple(after?.[0] ?? '', after?.[1] ?? '', after?.[2] ?? ''),
        ),
      ),
    )
    .orderBy('family_kana')
    .orderBy('given_kana')
    .orderBy('id')
    .limit(search.limit + 1)
    .execute()
  const counted = await database.db
    .selectFrom(
      query
        .select('id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    search.limit,
    (row) => row,
    (row) => [row.family_kana, row.given_kana, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

/** How many orders each of these customers has, and when the last one was. */
export async function orderFacts(db: CustomerDb, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { count: number; last: number }>()
  const rows = await db
    .selectFrom('sales_order')
    .select((eb) => ['customer_id', eb.fn.countAll<number>().as('count'), eb.fn.max('ordered_at').as('last')])
    .where('customer_id', 'in', [...ids])
    .where('status', '!=', 'cancelled')
    .groupBy('customer_id')
    .execute()
  return new Map(rows.map((row) => [row.customer_id, { count: Number(row.count), last: Number(row.last) }]))
}

/** Cards on file of a customer, newest first. */
export async function cardsOf(db: CustomerDb, customerId: string) {
  return db
    .selectFrom('card')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('on_file', '=', 1)
    .where('removed_at', 'is', null)
    .orderBy('created_at', 'desc')
    .execute()
}
