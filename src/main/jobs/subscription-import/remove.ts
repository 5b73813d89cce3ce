import { sql } from 'kysely'
import { isForeignKeyViolation } from '../../db/errors'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { businessDate } from '../../domain/calendar/tokyo'
import type { JobContext } from '../job-kind'
import { Pace } from '../pace'

const CONTRACTS = { first: 40, least: 5, most: 200 }

/** What stands in tables of a contract itself; it goes with it. */
const PARTS = [
  'subscription_event',
  'subscription_turn_change',
  'subscription_price_step',
  'subscription_item',
] as const

/**
 * The switch of an undoing, in one transaction: contracts that were touched since stay and are named; all others are
 * 申込中 again, which nobody sees. Their version goes on, so that a screen that still shows one cannot change it.
 */
export function hideStatements({ db }: DeskDatabase, importId: string): Statement[] {
  const touched = sql`subscription.import_id = ${importId} and (subscription.version > 1
    or subscription.status not in ('active', 'paused')
    or exists (select 1 from subscription_cycle y where y.subscription_id = subscription.id))`
  return [
    {
      query: sql`insert into subscription_import_kept (import_id, subscription_id, subscription_number)
        select ${importId}, subscription.id, subscription.number from subscription where ${touched}`.compile(
        db,
      ),
    },
    { query: sql`update subscription set import_id = null where ${touched}`.compile(db) },
    {
      query: sql`update subscription set status = 'pending', version = version + 1
        where import_id = ${importId}`.compile(db),
    },
  ]
}

/** 停止 for one that the file has on hold until the customer calls, else 有効. */
const standing = (today: string) => sql<'active' | 'paused'>`case
  when pause_from is not null and pause_until is null and pause_from <= ${today} then 'paused' else 'active' end`

/** The switch of an import: all its contracts are 有効, or 停止 as the file says, from here on. `today`: plain date. */
export const showStatement = ({ db }: DeskDatabase, importId: string, today: string): Statement => ({
  query: sql`update subscription set status = ${standing(today)}
    where import_id = ${importId} and status = 'pending'`.compile(db),
})

function remove({ db }: DeskDatabase, ids: readonly string[]): Statement[] {
  return [
    ...PARTS.map((part) => ({
      query: db
        .deleteFrom(part)
        .where('subscription_id', 'in', [...ids])
        .compile(),
    })),
    {
      query: db
        .deleteFrom('subscription')
        .where('id', 'in', [...ids])
        .compile(),
    },
  ]
}

/** One that something else of the desk speaks of stays, seen again, and is named. */
function keep(
  { database: { db }, clock }: JobContext,
  importId: string,
  one: { id: string; number: number },
): Statement[] {
  return [
    {
      query: db
        .insertInto('subscription_import_kept')
        .values({ import_id: importId, subscription_id: one.id, subscription_number: one.number })
        .compile(),
    },
    {
      query: db
        .updateTable('subscription')
        .set({ status: standing(businessDate(clock.now())), import_id: null })
        .where('id', '=', one.id)
        .compile(),
    },
  ]
}

async function removePage(
  context: JobContext,
  importId: string,
  page: readonly { id: string; number: number }[],
  progress: Statement,
): Promise<void> {
  const { database } = context
  try {
    await database.batch([
      ...remove(
        database,
        page.map(({ id }) => id),
      ),
      progress,
    ])
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error
    for (const one of page) {
      await database.batch(remove(database, [one.id])).catch(async (again: unknown) => {
        if (!isForeignKeyViolation(again)) throw again
        await database.batch(keep(context, importId, one))
      })
    }
  }
}

/** Deletes the hidden contracts of an import, a few at a time. */
export async function removeContracts(context: JobContext, importId: string, total: number): Promise<void> {
  const { database, closing } = context
  const pace = new Pace(CONTRACTS)
  for (let gone = 0; !closing.aborted;) {
    const page = await database.db
      .selectFrom('subscription')
      .select(['id', 'number'])
      .where('import_id', '=', importId)
      .where('status', '=', 'pending')
      .limit(pace.size)
      .execute()
    if (page.length === 0) return
    const began = performance.now()
    gone += page.length
    await removePage(context, importId, page, context.progress(Math.min(gone, total), total))
    pace.took(performance.now() - began)
  }
}

export const keptCount = ({ db }: DeskDatabase, importId: string): Statement => ({
  query: sql`update subscription_import set rows_kept =
    (select count(*) from subscription_import_kept k where k.import_id = ${importId}) where id = ${importId}`.compile(
    db,
  ),
})
