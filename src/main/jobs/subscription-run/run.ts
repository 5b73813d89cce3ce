import type { CheckoutDeps } from '../../checkout/deps'
import { dueContracts } from '../../checkout/subscription-turn-due'
import { countOpenTurns } from '../../checkout/subscription-turn-open'
import { makeTurns } from './make-turns'
import { inquireUnknown, tryOpenTurns, unknownTurns } from './open-turns'
import { openRun, reportOf, triedOn, type RunContext, type RunHooks } from './run-context'
import { finishRun, keepDue, loadRun } from '../../checkout/subscription-turn-runs'

/** How a run came to its end; `left`: the desk was closed, the rest comes after the next start. */
export type RunEnd = 'done' | 'cancelled' | 'left'

async function countDue(deps: CheckoutDeps, date: string): Promise<number> {
  const { db } = deps.database
  const { count } = await dueContracts(db, date)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count) + (await countOpenTurns(db, triedOn(deps, date)))
}

/**
 * Turns that were to be tried today come before the new ones; what the service has not answered is inquired, and what it
 * has not booked is tried once more.
 */
async function work(context: RunContext): Promise<void> {
  const { active, gate } = context
  if (active) await inquireUnknown(context, active)
  await tryOpenTurns(context)
  await makeTurns(context)
  if (!active || gate?.isDown !== false || context.stops()) return
  await inquireUnknown(context, active)
  await tryOpenTurns(context)
}

/**
 * Brings a run to its end from wherever it stands. All that it goes on from are rows: killed at any instant and started
 * again, no turn is made twice, and no turn is charged twice.
 */
export async function runSubscriptions(deps: CheckoutDeps, runId: string, hooks: RunHooks): Promise<RunEnd> {
  const { db } = deps.database
  const run = await loadRun(db, runId)
  if (run.state !== 'running') return run.state === 'cancelled' ? 'cancelled' : 'done'
  const context = await openRun(deps, { id: run.id, date: run.business_date, seat: run.seat }, hooks)
  const due = await countDue(deps, run.business_date)
  if (run.due === 0) await keepDue(db, runId, due)
  context.total = Math.max(run.due, due)
  context.done = context.total - due
  if (!hooks.cancelWanted()) await work(context)
  if (hooks.closing.aborted) return 'left'
  const { active, gate } = context
  const unknown = active ? (await unknownTurns(context, active.service.id)).length : 0
  const stopped = gate === null ? 'service-not-ready' : gate.isDown ? 'service-down' : null
  const state = hooks.cancelWanted() ? 'cancelled' : 'done'
  await finishRun(db, {
    id: runId,
    state,
    unknown,
    report: reportOf(context, stopped),
    now: deps.clock.now(),
  })
  return state
}
