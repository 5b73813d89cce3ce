import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import { visibleCustomer } from '../../db/visible-customers'

type Db = Kysely<Database>

const Cursor = z.tuple([z.number(), z.uuid()])

interface Paged {
  readonly customerId: string
  readonly cursor: string | null
  readonly limit: number
}

export const findVisible = async (db: Db, id: string) =>
  (await db
    .selectFrom('customer')
    .selectAll()
    .where('id', '=', id)
    .where(visibleCustomer())
    .executeTakeFirst()) ?? null

export const findAddress = async (db: Db, id: string) =>
  (await db.selectFrom('customer_address').selectAll().where('id', '=', id).executeTakeFirst()) ?? null

/** Phones, お届け先, tags and how consents came about. */
export async function fileParts(db: Db, customerId: string) {
  const [phones, addresses, tags, consents] = await Promise.all([
    db
      .selectFrom('customer_other_phone')
      .select(['label', 'typed', 'digits'])
      .where('customer_id', '=', customerId)
      .orderBy('position')
      .execute(),
    db
      .selectFrom('customer_address')
      .selectAll()
      .where('customer_id', '=', customerId)
      .where('removed_at', 'is', null)
      .orderBy('created_at')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('customer_tag')
      .select('tag')
      .where('customer_id', '=', customerId)
      .orderBy('tag')
      .execute(),
    db
      .selectFrom('consent_event as e')
      .innerJoin('staff_user', 'staff_user.id', 'e.operator_id')
      .select(['e.at', 'e.channel', 'e.consent', 'e.how', 'staff_user.name as by'])
      .where('e.customer_id', '=', customerId)
      .orderBy('e.at', 'desc')
      .orderBy('e.id')
      .limit(50)
      .execute(),
  ])
  return { phones, addresses, tags, consents }
}

/** A page of a customer's orders, newest first. */
export async function ordersPage(db: Db, { customerId, cursor, limit }: Paged) {
  const after = decodeCursor(cursor, Cursor)
  const all = db.selectFrom('sales_order').where('customer_id', '=', customerId)
  const rows = await all
    .select(['id', 'number', 'ordered_at', 'status', 'total'])
    .$if(after !== null, (some) =>
      some.where((eb) =>
        eb(eb.refTuple('ordered_at', 'id'), '<', eb.tuple(after?.[0] ?? 0, after?.[1] ?? '')),
      ),
    )
    .orderBy('ordered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const counted = await db
    .selectFrom(
      all
        .select('id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    limit,
    (row) => row,
    (row) => [row.ordered_at, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

/** Payments of the customer's orders, and of checkouts that came to no order. */
const paymentsOf = (db: Db, customerId: string) =>
  db
    .selectFrom('payment as p')
    .leftJoin('sales_order as o', 'o.id', 'p.order_id')
    .where(
      sql<boolean>`p.id in (
        select q.id from payment q join sales_order s on s.id = q.order_id where s.customer_id = ${customerId}
        union
        select q.id from payment q join checkout k on k.id = q.checkout_id
          where k.customer_id = ${customerId} and q.order_id is null)`,
    )

/** A page of a customer's payments, newest first. */
export async function paymentsPage(db: Db, { customerId, cursor, limit }: Paged) {
  const after = decodeCursor(cursor, Cursor)
  const rows = await paymentsOf(db, customerId)
    .selectAll('p')
    .select('o.number as order_number')
    .$if(after !== null, (some) =>
      some.where((eb) =>
        eb(eb.refTuple('p.created_at', 'p.id'), '<', eb.tuple(after?.[0] ?? 0, after?.[1] ?? '')),
      ),
    )
    .orderBy('p.created_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(limit + 1)
    .execute()
  const counted = await db
    .selectFrom(
      paymentsOf(db, customerId)
        .select('p.id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    limit,
    (row) => row,
    (row) => [row.created_at, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}
