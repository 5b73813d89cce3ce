import type { App } from 'electron'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { PlainDate } from '../../contract/values'
import { readProfile } from '../app/profile'
import { newRun } from '../checkout/subscription-turn-runs'
import type { CheckoutDeps } from '../checkout/deps'
import { openDatabase } from '../db/open-database'
import { dryRun } from '../features/subscription-runs/dry-run.service'
import { runReport, runDate } from '../features/subscription-runs/subscription-runs.service'
import { readImportant } from '../features/settings/settings.service'
import { runSubscriptions } from '../jobs/subscription-run/run'
import { Emitter } from '../platform/emitter'
import type { Clock } from '../platform/clock'
import { newId } from '../platform/ids'
import { newSupportCode, openLog, type Log } from '../platform/log'
import { Refusal } from '../platform/refusal'
import { openSecretBox, type KeyStore } from '../platform/secrets'
import { checkoutOf } from './desk'
import { configOf } from './desk-host'
import { openSeatStore } from './seat-store'
import { serviceRegistry } from './services'

/** What the task scheduler is told. */
export const RUN_EXIT = { ok: 0, attention: 2, error: 1 } as const

export interface HeadlessRun {
  readonly args: readonly string[]
  readonly folder: string
  readonly simulatorFile: string | null
  readonly keyStore: KeyStore
  readonly clock: Clock
  readonly log: Log
}

/** One line of JSON, and how the program ends. */
export interface HeadlessEnd {
  readonly line: object
  readonly exitCode: number
}

const Args = z.object({ date: PlainDate.nullable(), dryRun: z.boolean() })

function argsOf(args: readonly string[]): z.infer<typeof Args> {
  const { values } = parseArgs({
    args: [...args],
    options: { date: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    // Switches of Electron and of the profile stand among ours.
    strict: false,
    allowPositionals: true,
  })
  const asked = Args.safeParse({ date: values['date'] ?? null, dryRun: values['dry-run'] === true })
  if (!asked.success) throw new Refusal('BAD_DATE')
  return asked.data
}

/** The run without a window, on the profile's database: what a desk that is open does meanwhile does not matter. */
export async function runHeadless(options: HeadlessRun): Promise<HeadlessEnd> {
  const { folder, clock, log } = options
  const wish = argsOf(options.args)
  const profile = await readProfile(folder)
  const { mode } = profile
  if (mode === null) return { line: { error: 'no-profile' }, exitCode: RUN_EXIT.error }
  const box = await openSecretBox(folder, options.keyStore)
  const database = await openDatabase(await configOf(folder, profile, mode), { clock, log })
  const services = serviceRegistry({ mode, simulatorFile: options.simulatorFile })
  try {
    const { serviceId } = (await readImportant(database.db)).value
    const checkout = checkoutOf(database, new Emitter(), { clock, log, box }, () =>
      services.choose(serviceId),
    )
    const seat = (await openSeatStore(folder, box, log)).name()
    return wish.dryRun ? await tryDry(checkout, wish.date) : await run(checkout, { ...wish, seat })
  } finally {
    await services.close()
    await database.close()
  }
}

async function tryDry(checkout: CheckoutDeps, date: string | null): Promise<HeadlessEnd> {
  const { lines, problems, more: _more, ...counts } = await dryRun(checkout, { date })
  const exitCode = counts.attention + problems.length > 0 ? RUN_EXIT.attention : RUN_EXIT.ok
  return { line: { dryRun: true, ...counts, shown: lines.length, problems }, exitCode }
}

/** Goes on with a run from here that was killed on the same day, or begins one. */
async function run(
  checkout: CheckoutDeps,
  wish: { readonly date: string | null; readonly seat: string },
): Promise<HeadlessEnd> {
  const { database, clock } = checkout
  const { db } = database
  const date = runDate(clock, wish.date)
  const standing = await db
    .selectFrom('subscription_run')
    .select('id')
    .where('state', '=', 'running')
    .where('job_id', 'is', null)
    .where('business_date', '=', date)
    .where('seat', '=', wish.seat)
    .executeTakeFirst()
  const id = standing?.id ?? newId()
  if (!standing) {
    const row = newRun({ id, date, startedBy: null, seat: wish.seat, jobId: null, now: clock.now() })
    await db.insertInto('subscription_run').values(row).execute()
  }
  await runSubscriptions(checkout, id, {
    cancelWanted: () => false,
    closing: new AbortController().signal,
    progress: () => [],
  })
  const report = await runReport(checkout, id)
  const { counts, attention, stopped } = report
  const toLookAt = attention + counts.unknown > 0 || stopped !== null
  const line = { runId: id, date, state: report.state, ...counts, attention, stopped }
  return { line, exitCode: toLookAt ? RUN_EXIT.attention : RUN_EXIT.ok }
}

/** `bad-date`: no day of the calendar, or one that is over. What else went wrong stands in the log. */
function causeOf(error: unknown): 'bad-date' | 'failed' {
  return error instanceof Refusal && error.code === 'BAD_DATE' ? 'bad-date' : 'failed'
}

/** The app as the task scheduler starts it: no window, a line of JSON, a log of its own, an exit code. */
export async function runSubscriptionRunApp(
  app: Pick<App, 'whenReady' | 'exit'>,
  options: Omit<HeadlessRun, 'log'>,
): Promise<void> {
  const { log, close: closeLog } = openLog(join(options.folder, 'subscription-runs', 'logs'))
  let exitCode: number = RUN_EXIT.error
  try {
    await app.whenReady()
    const end = await runHeadless({ ...options, log })
    log.info(end.line, 'run ended')
    process.stdout.write(`${JSON.stringify(end.line)}\n`)
    exitCode = end.exitCode
  } catch (error) {
    const supportCode = newSupportCode()
    log.error({ supportCode, err: error instanceof Error ? error.stack : 'unknown' }, 'run failed')
    process.stdout.write(`${JSON.stringify({ error: causeOf(error), supportCode })}\n`)
  }
  await closeLog()
  app.exit(exitCode)
}
