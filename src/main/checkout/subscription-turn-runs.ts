import type { Kysely, Selectable } from 'kysely'
import { z } from 'zod'
import { RunProblem } from '../../contract/subscription-run-views'
import type { Database } from '../db/database.types'
import type { Statement } from '../db/open-database'
import { prepared } from '../db/prepared'
import type { SubscriptionRunTable } from '../db/subscription-tables.types'

export type RunRow = Selectable<SubscriptionRunTable>

/** What a run says besides its counts. */
export const RunReport = z.object({
  problems: z.array(z.object({ subscriptionId: z.string(), number: z.int(), why: RunProblem })),
  problemCount: z.int(),
  stopped: z.enum(['service-not-ready', 'service-down']).nullable(),
})
export type RunReport = z.infer<typeof RunReport>

export const EMPTY_REPORT: RunReport = { problems: [], problemCount: 0, stopped: null }

/** A run that begins now. */
export const newRun = (run: {
  readonly id: string
  readonly date: string
  readonly startedBy: string | null
  readonly seat: string
  readonly jobId: string | null
  readonly now: number
}): RunRow => ({
  id: run.id,
  business_date: run.date,
  dry: 0,
  state: 'running',
  started_by: run.startedBy,
  seat: run.seat,
  due: 0,
  ordered: 0,
  authorized: 0,
  declined: 0,
  unknown: 0,
  skipped: 0,
  report: JSON.stringify(EMPTY_REPORT),
  started_at: run.now,
  finished_at: null,
  version: 1,
  job_id: run.jobId,
  ordered_yen: 0,
  authorized_yen: 0,
})

export const loadRun = (db: Kysely<Database>, id: string): Promise<RunRow> =>
  db.selectFrom('subscription_run').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

export const keepDue = (db: Kysely<Database>, id: string, due: number) =>
  db.updateTable('subscription_run').set({ due }).where('id', '=', id).execute()

const counting = prepared<'id' | 'ordered' | 'skipped' | 'yen'>((db, slot) =>
  db
    .updateTable('subscription_run')
    .set((eb) => ({
      ordered: eb('ordered', '+', slot('ordered')),
      ordered_yen: eb('ordered_yen', '+', slot('yen')),
      skipped: eb('skipped', '+', slot('skipped')),
    }))
    .where('id', '=', slot('id')),
)

/** Counts what a batch makes, in that batch. */
export const countMade = (
  db: Kysely<Database>,
  made: {
    readonly id: string
    readonly ordered: number
    readonly skipped: number
    /** Of the orders, with tax. */
    readonly yen: number
  },
): Statement => ({ query: counting(db, made) })

/** Ends a run, once. */
export async function finishRun(
  db: Kysely<Database>,
  run: {
    id: string
    state: 'done' | 'cancelled' | 'failed'
    unknown: number
    report: RunReport
    now: number
  },
): Promise<void> {
  const { id, state, unknown, report, now } = run
  await db
    .updateTable('subscription_run')
    .set((eb) => ({
      state,
      unknown,
      report: JSON.stringify(report),
      finished_at: now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
}
