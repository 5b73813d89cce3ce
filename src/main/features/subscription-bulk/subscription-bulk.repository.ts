import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { BulkList } from '../../../contract/subscription-bulk'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'

const NewestCursor = z.tuple([z.number(), z.uuid()])
const RowCursor = z.tuple([z.string()])

const records = (db: Kysely<Database>) =>
  db
    .selectFrom('subscription_bulk')
    .innerJoin('staff_user', 'staff_user.id', 'subscription_bulk.started_by')
    .selectAll('subscription_bulk')
    .select('staff_user.name as started_by_name')

export type ListedBulk = NonNullable<Awaited<ReturnType<typeof findBulk>>>

export async function findBulk(db: Kysely<Database>, id: string) {
  return (await records(db).where('subscription_bulk.id', '=', id).executeTakeFirst()) ?? null
}

/** 一括変更, the newest first. */
export async function listBulk(db: Kysely<Database>, list: { cursor: string | null; limit: number }) {
  const after = decodeCursor(list.cursor, NewestCursor)
  const [rows, counted] = await Promise.all([
    records(db)
      .$if(after !== null, (some) =>
        some.where((eb) =>
          eb(
            eb.refTuple('subscription_bulk.created_at', 'subscription_bulk.id'),
            '<',
            eb.tuple(after?.[0] ?? 0, after?.[1] ?? ''),
          ),
        ),
      )
      .orderBy('subscription_bulk.created_at', 'desc')
      .orderBy('subscription_bulk.id', 'desc')
      .limit(list.limit + 1)
      .execute(),
    db
      .selectFrom(
        db
          .selectFrom('subscription_bulk')
          .select('id')
          .limit(COUNT_LIMIT + 1)
          .as('found'),
      )
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  ])
  const page = pageOf(
    rows,
    list.limit,
    (row) => row,
    (row) => [row.created_at, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

/** How many contracts of each 一括変更 are in each state, and what their turns cost before and after, yen. */
export async function countsOf(db: Kysely<Database>, ids: readonly string[]) {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('subscription_bulk_row')
    .select((eb) => [
      'bulk_id',
      'state',
      eb.fn.countAll<number>().as('count'),
      eb.fn.sum<number | null>('old_total').as('old_total'),
      eb.fn.sum<number | null>('new_total').as('new_total'),
      sql<number>`sum(case when own_turns > 0 then 1 else 0 end)`.as('own'),
    ])
    .where('bulk_id', 'in', [...ids])
    .groupBy(['bulk_id', 'state'])
    .execute()
  return rows.map(({ bulk_id: id, state, count, own, old_total: before, new_total: after }) => ({
    id,
    state,
    count: Number(count),
    own: Number(own),
    before: Number(before ?? 0),
    after: Number(after ?? 0),
  }))
}

interface RowsWish {
  readonly id: string
  readonly state: BulkList | null
  readonly cursor: string | null
  readonly limit: number
}

function bulkRows(db: Kysely<Database>, { id, state }: Pick<RowsWish, 'id' | 'state'>) {
  const rows = db.selectFrom('subscription_bulk_row').where('bulk_id', '=', id)
  if (state === null) return rows
  return state === 'own'
    ? rows.where('own_turns', '>', 0)
    : rows.where('subscription_bulk_row.state', '=', state)
}

/** Contracts of one 一括変更 with their customers. */
export async function listRows(db: Kysely<Database>, wish: RowsWish) {
  const after = decodeCursor(wish.cursor, RowCursor)
  const [rows, counted] = await Promise.all([
    bulkRows(db, wish)
      // A contract that an import took back is gone; what was done about it is told all the same.
      .leftJoin('subscription', 'subscription.id', 'subscription_bulk_row.subscription_id')
      .leftJoin('customer', 'customer.id', 'subscription.customer_id')
      .selectAll('subscription_bulk_row')
      .select(['customer.family_name', 'customer.given_name'])
      .$if(after !== null, (some) => some.where('subscription_id', '>', after?.[0] ?? ''))
      .orderBy('subscription_id')
      .limit(wish.limit + 1)
      .execute(),
    db
      .selectFrom(
        bulkRows(db, wish)
          .select('subscription_id')
          .limit(COUNT_LIMIT + 1)
          .as('found'),
      )
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  ])
  const page = pageOf(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.subscription_id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

/** Customers to be written to, a page of contracts at a time. */
export const letterRows = (db: Kysely<Database>, wish: { id: string; after: string; limit: number }) =>
  db
    .selectFrom('subscription_bulk_row')
    .innerJoin('subscription', 'subscription.id', 'subscription_bulk_row.subscription_id')
    .innerJoin('customer', 'customer.id', 'subscription.customer_id')
    .select([
      'subscription_id',
      'subscription_number',
      'shown',
      'customer.number as customer_number',
      'customer.family_name',
      'customer.given_name',
      'customer.postal_code',
      'customer.prefecture',
      'customer.city',
      'customer.address',
      'customer.building',
      'customer.email',
      'customer.phone',
    ])
    .where('bulk_id', '=', wish.id)
    .where('subscription_bulk_row.state', 'in', ['ready', 'applied'])
    .where('customer.status', '=', 'active')
    .where('subscription_id', '>', wish.after)
    .orderBy('subscription_id')
    .limit(wish.limit)
    .execute()

/** Products by their ids. */
export const namedProducts = (db: Kysely<Database>, ids: readonly string[]) =>
  db
    .selectFrom('product')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
