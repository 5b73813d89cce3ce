import type { RunProblem } from '../../../contract/subscription-run-views'
import type { ActiveService, CheckoutDeps } from '../../checkout/deps'
import { loadShipping } from '../../checkout/subscription-plan'
import { TurnGate } from '../../checkout/subscription-turn-authorize'
import type { DueContract } from '../../checkout/subscription-turn-due'
import { turnMaker, type TurnMaker } from '../../checkout/subscription-turn-make'
import type { RunGround } from '../../checkout/subscription-turn-plan'
import type { Statement } from '../../db/open-database'
import { businessDate } from '../../domain/calendar/tokyo'
import { Pace } from '../pace'
import type { RunReport } from '../../checkout/subscription-turn-runs'
import { groundOf } from '../../checkout/subscription-turn-chunk'

/** How a run is watched and stopped; what a job's frame offers. */
export interface RunHooks {
  readonly cancelWanted: () => boolean
  readonly closing: AbortSignal
  /** Told how far it is; the statements go into the batch that did the work. */
  readonly progress: (done: number, total: number) => readonly Statement[]
}

/** Contracts of one batch. */
const CHUNK = { first: 30, least: 8, most: 200 }
/** Problems that a report names; the others are counted. */
const NAMED_PROBLEMS = 100

/** A run under way. */
export interface RunContext {
  readonly deps: CheckoutDeps
  readonly runId: string
  readonly date: string
  /**
   * The day whose turns are tried again: the business date, or that of the run when it goes on behind midnight. A run for
   * a day ahead tries nothing before its day.
   */
  readonly today: string
  readonly hooks: RunHooks
  readonly maker: TurnMaker
  /** Null: no service can be used. */
  readonly active: ActiveService | null
  readonly gate: TurnGate | null
  readonly pace: Pace
  readonly problems: Map<string, RunReport['problems'][number]>
  total: number
  done: number
  stops(): boolean
  ground(): Omit<RunGround, 'prices'>
}

/** See `RunContext.today`. */
export function triedOn({ clock }: CheckoutDeps, date: string): string {
  const today = businessDate(clock.now())
  return date < today ? date : today
}

export async function openRun(
  deps: CheckoutDeps,
  run: { readonly id: string; readonly date: string; readonly seat: string },
  hooks: RunHooks,
): Promise<RunContext> {
  const [shipping, choice] = await Promise.all([loadShipping(deps), deps.activeService()])
  const active = choice.ready ? choice.active : null
  const gate = active ? new TurnGate(deps, active) : null
  const { carrier } = shipping.delivery
  return {
    deps,
    runId: run.id,
    date: run.date,
    today: triedOn(deps, run.date),
    hooks,
    maker: await turnMaker(deps, { runId: run.id, seat: run.seat, carrier }),
    active,
    gate,
    pace: new Pace(CHUNK),
    problems: new Map(),
    total: 0,
    done: 0,
    stops: () => hooks.closing.aborted || hooks.cancelWanted(),
    ground: () =>
      groundOf(deps, { shipping, date: run.date, service: gate?.isDown === true ? null : active }),
  }
}

/** Notes why a contract got no order. */
export function noteProblem(problems: RunContext['problems'], { row }: DueContract, why: RunProblem): void {
  problems.set(row.id, { subscriptionId: row.id, number: row.number, why })
}

export const reportOf = (context: RunContext, stopped: RunReport['stopped']): RunReport => ({
  problems: [...context.problems.values()].slice(0, NAMED_PROBLEMS),
  problemCount: context.problems.size,
  stopped,
})
