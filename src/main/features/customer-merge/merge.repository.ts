import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { MergeRecord } from '../../../contract/customer-merge'
import type { Database } from '../../db/database.types'
import { notOfHiddenImport, visibleCustomer } from '../../db/visible-customers'
import type { CustomerRow } from './candidates.repository'
import { movedTables } from './moves'

type Db = Kysely<Database>

/** A merge can be taken back for so many days. */
export const UNDO_DAYS = 30
export const DAY_MS = 86_400_000

/** A checkout whose money or order is on its way: it must end before its customer becomes another. */
export const runningCheckout = (ids: readonly string[]): RawBuilder<SqlBool> => sql<SqlBool>`exists (
  select 1 from checkout k where k.customer_id in (${sql.join([...ids])}) and (
    k.status in ('authorizing', 'read-back')
    or exists (select 1 from payment p where p.checkout_id = k.id and p.status = 'unknown')))`

/** A change that is open of an order that this merge moved. */
export const openChange = (mergeId: string): RawBuilder<SqlBool> => sql<SqlBool>`exists (
  select 1 from customer_merge_move m join checkout k on k.order_id = m.row_id
  where m.merge_id = ${mergeId} and m.table_name = 'sales_order'
    and k.status in ('editing', 'authorizing', 'read-back'))`

export async function holds(db: Db, condition: RawBuilder<SqlBool>): Promise<boolean> {
  const { rows } = await sql<{ yes: number }>`select case when ${condition} then 1 else 0 end as yes`.execute(
    db,
  )
  return Number(rows[0]?.yes) === 1
}

/** Both customers as they stand: in use and seen, or why not. */
export async function findActive(
  db: Db,
  id: string,
): Promise<{ row: CustomerRow; isVisible: boolean } | null> {
  const found = await db
    .selectFrom('customer')
    .selectAll()
    .select(sql<number>`case when ${notOfHiddenImport()} then 1 else 0 end`.as('seen'))
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (!found) return null
  const { seen, ...row } = found
  return { row, isVisible: Number(seen) === 1 }
}

export const findVisibleRow = async (db: Db, id: string): Promise<CustomerRow | null> =>
  (await db
    .selectFrom('customer')
    .selectAll()
    .where('id', '=', id)
    .where(visibleCustomer())
    .executeTakeFirst()) ?? null

export const phonesOfCustomer = (db: Db, id: string) =>
  db
    .selectFrom('customer_other_phone')
    .selectAll()
    .where('customer_id', '=', id)
    .orderBy('position')
    .execute()

export const tagsOfCustomer = async (db: Db, id: string): Promise<string[]> =>
  (await db.selectFrom('customer_tag').select('tag').where('customer_id', '=', id).execute()).map(
    ({ tag }) => tag,
  )

const Cell = z.union([z.string(), z.number(), z.null()])
const Columns = z.record(z.string(), Cell)
export type StoredColumns = z.infer<typeof Columns>
export const parseColumns = (stored: string): StoredColumns => Columns.parse(JSON.parse(stored))

const merges = (db: Db) =>
  db
    .selectFrom('customer_merge as m')
    .innerJoin('customer as c', 'c.id', 'm.merged_id')
    .innerJoin('staff_user as u', 'u.id', 'm.merged_by')
    .selectAll('m')
    .select(['c.number as merged_number', 'c.family_name', 'c.given_name', 'u.name as by'])

export type MergeRow = Awaited<ReturnType<typeof mergesOf>>[number]

export const mergesOf = (db: Db, keptId: string) =>
  merges(db).where('m.kept_id', '=', keptId).orderBy('m.merged_at', 'desc').orderBy('m.id', 'desc').execute()

export const findMerge = async (db: Db, id: string): Promise<MergeRow | null> =>
  (await merges(db).where('m.id', '=', id).executeTakeFirst()) ?? null

/** The merge that stands on top: a later one into the kept customer, or of the kept customer into another. */
export const laterMerge = (merge: Pick<MergeRow, 'id' | 'kept_id' | 'merged_at'>): RawBuilder<SqlBool> =>
  sql<SqlBool>`exists (
    select 1 from customer_merge n where n.state = 'done' and (
      n.merged_id = ${merge.kept_id}
      or (n.kept_id = ${merge.kept_id}
        and (n.merged_at, n.id) > (cast(${merge.merged_at} as bigint), ${merge.id}))))`

export async function recordOf(db: Db, row: MergeRow, now: number): Promise<MergeRecord> {
  return {
    id: row.id,
    state: row.state,
    mergedNumber: row.merged_number,
    mergedName: `${row.family_name} ${row.given_name}`.trim(),
    at: row.merged_at,
    by: row.by,
    undoUntil: row.undo_until,
    undoBlock: await undoBlockOf(db, row, now),
  }
}

/** Why a merge cannot be taken back now. */
export async function undoBlockOf(db: Db, row: MergeRow, now: number): Promise<MergeRecord['undoBlock']> {
  if (row.state !== 'done' || now > row.undo_until) return 'over'
  if (await holds(db, laterMerge(row))) return 'later-merge'
  const isBusy = await holds(
    db,
    sql<SqlBool>`(${runningCheckout([row.kept_id, row.merged_id])} or ${openChange(row.id)})`,
  )
  return isBusy ? 'checkout' : null
}

/** Tables that a merge looks through, for the test that none is forgotten. */
export const lookedThrough: readonly string[] = movedTables
