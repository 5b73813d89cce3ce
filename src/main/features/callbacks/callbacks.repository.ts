import type { Kysely } from 'kysely'
import type { Database } from '../../db/database.types'
import { visibleCustomer } from '../../db/visible-customers'

type Db = Kysely<Database>

const shown = (db: Db) =>
  db
    .selectFrom('callback as b')
    .innerJoin('customer', 'customer.id', 'b.customer_id')
    .innerJoin('staff_user as maker', 'maker.id', 'b.created_by')
    .leftJoin('staff_user as assignee', 'assignee.id', 'b.assignee_id')
    .leftJoin('staff_user as ender', 'ender.id', 'b.ended_by')
    .selectAll('b')
    .select([
      'customer.family_name',
      'customer.given_name',
      'maker.name as maker_name',
      'assignee.name as assignee_name',
      'ender.name as ender_name',
    ])
    .where(visibleCustomer())

export type CallbackRow = Awaited<ReturnType<typeof openCallbacks>>[number]

export const findCallback = async (db: Db, id: string) =>
  (await shown(db).where('b.id', '=', id).executeTakeFirst()) ?? null

/** Open ones of this person or of anyone, by when they remind. */
export const openCallbacks = (db: Db, userId: string, remindBefore: number | null, limit: number) =>
  shown(db)
    .where('b.status', '=', 'open')
    .where((eb) => eb.or([eb('b.assignee_id', '=', userId), eb('b.assignee_id', 'is', null)]))
    .$if(remindBefore !== null, (some) => some.where('b.remind_at', '<=', remindBefore ?? 0))
    .orderBy('b.remind_at')
    .orderBy('b.id')
    .limit(limit)
    .execute()

/** Of one customer: open ones first, then the latest. */
export const callbacksOf = (db: Db, customerId: string) =>
  shown(db)
    .where('b.customer_id', '=', customerId)
    .orderBy((eb) => eb.case().when('b.status', '=', 'open').then(0).else(1).end())
    .orderBy('b.due_at', 'desc')
    .orderBy('b.id')
    .limit(50)
    .execute()

/** When the next one that is not due yet will remind. */
export async function nextReminder(db: Db, userId: string, after: number): Promise<number | null> {
  const row = await db
    .selectFrom('callback')
    .select((eb) => eb.fn.min('remind_at').as('at'))
    .where('status', '=', 'open')
    .where('remind_at', '>', after)
    .where((eb) => eb.or([eb('assignee_id', '=', userId), eb('assignee_id', 'is', null)]))
    .executeTakeFirst()
  return row?.at === null || row?.at === undefined ? null : Number(row.at)
}

export const activePeople = (db: Db) =>
  db
    .selectFrom('staff_user')
    .select(['id', 'name'])
    .where('status', '!=', 'disabled')
    .orderBy('name')
    .orderBy('id')
    .execute()
