import type { RunProblem } from '../../../contract/subscription-runs'
import type { ActiveService, CheckoutDeps } from '../../checkout/deps'
import { loadPrices, productIdsOf } from '../../checkout/subscription-price'
import { loadShipping, type LoadedShipping } from '../../checkout/subscription-plan'
import { TurnGate } from '../../checkout/subscription-turn-authorize'
import {
  readDue,
  withParts,
  type DueContract,
  type DueCursor,
  type SubscriptionRow,
} from '../../checkout/subscription-turn-due'
import { turnMaker, type TurnMaker } from '../../checkout/subscription-turn-make'
import { planDue, type DuePlan, type RunGround } from '../../checkout/subscription-turn-plan'
import type { Statement } from '../../db/open-database'
import { Pace } from '../pace'
import type { RunReport } from './run-rows'

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

export const groundOf = (
  deps: CheckoutDeps,
  known: { shipping: LoadedShipping; date: string; service: ActiveService | null },
): Omit<RunGround, 'prices'> => ({ ...known, now: deps.clock.now() })

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

/** Plans for contracts, with the prices of now. */
export async function planContracts(
  deps: CheckoutDeps,
  ground: Omit<RunGround, 'prices'>,
  rows: readonly SubscriptionRow[],
): Promise<DuePlan[]> {
  const dues: DueContract[] = await withParts(deps.database.db, rows)
  const prices = await loadPrices(
    deps,
    dues.flatMap(({ sets, changes }) => productIdsOf({ sets }, changes)),
  )
  return dues.map((due) => planDue({ ...ground, prices }, due))
}

export interface PlannedChunk {
  readonly plans: readonly DuePlan[]
  /** Where the next one begins; null: nothing was there. */
  readonly cursor: DueCursor | null
}

/** Reads and plans the contracts behind a cursor. */
export async function planNext(
  deps: CheckoutDeps,
  ground: Omit<RunGround, 'prices'>,
  wish: { readonly after: DueCursor | null; readonly limit: number },
): Promise<PlannedChunk> {
  const { date } = ground
  const rows = await readDue(deps.database.db, { date, ...wish })
  const last = rows.at(-1)
  if (!last) return { plans: [], cursor: null }
  const plans = await planContracts(deps, ground, rows)
  return { plans, cursor: { generateOn: last.next_generate_on ?? date, id: last.id } }
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
