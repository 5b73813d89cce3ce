import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'

interface PageWish {
  readonly cursor: string | null
  readonly limit: number
}

const runs = (db: Kysely<Database>) =>
  db
    .selectFrom('subscription_run')
    .leftJoin('staff_user', 'staff_user.id', 'subscription_run.started_by')
    .selectAll('subscription_run')
    .select('staff_user.name as started_by_name')
    .select((eb) =>
      eb
        .selectFrom('subscription_cycle')
        .select((own) => own.fn.countAll<number>().as('count'))
        .whereRef('subscription_cycle.run_id', '=', 'subscription_run.id')
        .where('subscription_cycle.attention', 'is not', null)
        .as('attention'),
    )

export type ListedRun = Awaited<ReturnType<ReturnType<typeof runs>['execute']>>[number]

const RunCursor = z.tuple([z.number(), z.uuid()])

/** Runs, the newest first. */
export async function listRuns(db: Kysely<Database>, wish: PageWish) {
  const after = decodeCursor(wish.cursor, RunCursor)
  const rows = await runs(db)
    .$if(after !== null, (some) =>
      some.where((eb) =>
        eb(
          eb.refTuple('subscription_run.started_at', 'subscription_run.id'),
          '<',
          eb.tuple(after?.[0] ?? 0, after?.[1] ?? ''),
        ),
      ),
    )
    .orderBy('subscription_run.started_at', 'desc')
    .orderBy('subscription_run.id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  const { count } = await db
    .selectFrom(
      db
        .selectFrom('subscription_run')
        .select('id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.started_at, row.id],
  )
  return { ...page, count: shownCount(Number(count)) }
}

export async function findRun(db: Kysely<Database>, id: string): Promise<ListedRun | null> {
  return (await runs(db).where('subscription_run.id', '=', id).executeTakeFirst()) ?? null
}
