import type { RunDetail, RunTab } from '../../../contract/subscription-run-views'
import type { CheckoutDeps } from '../../checkout/deps'
import { newRun } from '../../checkout/subscription-turn-runs'
import { addDays, businessDate } from '../../domain/calendar/tokyo'
import { newId } from '../../platform/ids'
import type { Jobs } from '../../platform/jobs.port'
import { Refusal } from '../../platform/refusal'
import { tabCounts, turnsOfRun } from './run-turns.repository'
import { reportOf, summaryOf, turnOf } from './run-views'
import { findRun, listRuns, type ListedRun } from './subscription-runs.repository'

export interface SubscriptionRunsDeps {
  readonly checkout: CheckoutDeps
  readonly jobs: Jobs
}

/** Days ahead for which orders can be made at once. */
const LATEST_DAYS = 31

/** 対象日: today, or a day of the next month. */
export function runDate(clock: CheckoutDeps['clock'], wish: string | null): string {
  const today = businessDate(clock.now())
  const date = wish ?? today
  if (date < today || date > addDays(today, LATEST_DAYS)) throw new Refusal('BAD_DATE')
  return date
}

const GOES_ON = new Set(['waiting', 'running', 'asking'])

/** Writes the run with its job, which does the work. */
export async function startRun(
  { checkout, jobs }: SubscriptionRunsDeps,
  by: { readonly userId: string; readonly shownAs: string | null; readonly seat: string },
  wish: { readonly date: string | null },
): Promise<{ id: string }> {
  const { database, clock } = checkout
  const date = runDate(clock, wish.date)
  if (jobs.live().some(({ kind, state }) => kind === 'subscription-run' && GOES_ON.has(state)))
    throw new Refusal('RUN_GOES_ON')
  const id = newId()
  await jobs.start({
    kind: 'subscription-run',
    title: date,
    subjectId: id,
    input: { runId: id },
    by: by.userId,
    with: (jobId) => [
      {
        query: database.db
          .insertInto('subscription_run')
          .values(newRun({ id, date, startedBy: by.shownAs, seat: by.seat, jobId, now: clock.now() }))
          .compile(),
      },
    ],
  })
  return { id }
}

const isStalled = ({ jobs }: SubscriptionRunsDeps, { job_id: job }: ListedRun): boolean =>
  job !== null && jobs.view(job)?.state === 'failed'

export async function list(deps: SubscriptionRunsDeps, wish: { cursor: string | null; limit: number }) {
  const page = await listRuns(deps.checkout.database.db, wish)
  return { ...page, items: page.items.map((row) => summaryOf(row, isStalled(deps, row))) }
}

async function known({ checkout }: SubscriptionRunsDeps, id: string): Promise<ListedRun> {
  const row = await findRun(checkout.database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

export async function get(deps: SubscriptionRunsDeps, id: string): Promise<RunDetail> {
  const row = await known(deps, id)
  const { problems, stopped } = reportOf(row)
  return {
    ...summaryOf(row, isStalled(deps, row)),
    job: row.job_id === null ? null : deps.jobs.view(row.job_id),
    tabs: row.state === 'running' ? null : await tabCounts(deps.checkout.database.db, id),
    problems,
    stopped,
  }
}

/** The turns of a part of a report. */
export async function runTurns(
  deps: SubscriptionRunsDeps,
  wish: { id: string; tab: RunTab; cursor: string | null; limit: number },
) {
  const page = await turnsOfRun(deps.checkout.database.db, wish)
  return { ...page, items: page.items.map(turnOf) }
}

/** A run as its report tells it. */
export async function runReport(checkout: CheckoutDeps, id: string) {
  const row = await findRun(checkout.database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  return { ...summaryOf(row, false), stopped: reportOf(row).stopped }
}

/** The job of a run that goes on here. */
async function jobOf(deps: SubscriptionRunsDeps, id: string): Promise<string> {
  const { state, job_id: job } = await known(deps, id)
  if (state !== 'running' || job === null || !deps.jobs.view(job)) throw new Refusal('NOT_NOW')
  return job
}

export async function cancel(deps: SubscriptionRunsDeps, id: string): Promise<null> {
  await deps.jobs.cancel(await jobOf(deps, id))
  return null
}

/** Lets a run go on that has stopped with an error. */
export async function resume(deps: SubscriptionRunsDeps, id: string): Promise<null> {
  await deps.jobs.wake(await jobOf(deps, id))
  return null
}
