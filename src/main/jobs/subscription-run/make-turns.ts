import { verdictOfAnswer } from '../../checkout/settle'
import type { AnsweredTurn, TurnAttempt } from '../../checkout/subscription-turn-authorize'
import { keepPlanOf } from '../../checkout/subscription-turn-advance'
import { makeTurn } from '../../checkout/subscription-turn-make'
import type { DuePlan } from '../../checkout/subscription-turn-plan'
import { settleTurns } from '../../checkout/subscription-turn-settle'
import { ExpectationFailed, UniqueViolation } from '../../db/errors'
import type { Statement } from '../../db/open-database'
import { planContracts, planNext } from '../../checkout/subscription-turn-chunk'
import { noteProblem, type RunContext } from './run-context'
import { countMade } from '../../checkout/subscription-turn-runs'

export const isConflict = (error: unknown): boolean =>
  error instanceof ExpectationFailed || error instanceof UniqueViolation

/** Rounds in which a chunk is read anew as a whole, before each contract is tried by itself. */
const ROUNDS = 3

/** A person has to look at it, whatever the service would say. */
const isLookedAt = (plan: DuePlan): boolean =>
  plan.kind === 'turn' && (plan.payment.kind === 'attention' || plan.price.offSale.length > 0)

interface Stored {
  readonly attempts: readonly TurnAttempt[]
  readonly moved: number
}

/** Writes the orders of a chunk with their intents in one transaction. Throws when another seat was faster. */
async function writeChunk(context: RunContext, plans: readonly DuePlan[]): Promise<Stored> {
  const { deps, maker, runId, hooks } = context
  const statements: Statement[] = []
  const attempts: TurnAttempt[] = []
  let [ordered, skipped, moved, yen] = [0, 0, 0, 0]
  for (const plan of plans) {
    if (plan.kind === 'problem') {
      noteProblem(context.problems, plan.due, plan.why)
      continue
    }
    moved++
    if (plan.kind === 'not-due') {
      statements.push(keepPlanOf(deps, plan))
      continue
    }
    const made = await makeTurn(deps, maker, plan)
    statements.push(...made.statements)
    if (made.attempt) attempts.push(made.attempt)
    ordered++
    yen += plan.price.quote.total
    skipped += plan.gaps.length
  }
  if (statements.length === 0) return { attempts, moved }
  const done = context.done + moved
  deps.onStep?.('turns-prepared', runId)
  await deps.database.batch([
    ...statements,
    countMade(deps.database.db, { id: runId, ordered, skipped, yen }),
    ...hooks.progress(done, Math.max(context.total, done)),
  ])
  deps.onStep?.('turns-stored', runId)
  if (plans.some(isLookedAt)) deps.events.emit({ type: 'attention-changed' })
  context.done = done
  return { attempts, moved }
}

/** Contracts of a chunk that are still due, planned anew. */
async function planAgain(context: RunContext, plans: readonly DuePlan[]): Promise<DuePlan[]> {
  const { deps, date } = context
  const ids = plans.map(({ due }) => due.row.id)
  if (ids.length === 0) return []
  const rows = await deps.database.db
    .selectFrom('subscription')
    .selectAll()
    .where('id', 'in', ids)
    .where('status', '=', 'active')
    .where('next_generate_on', '<=', date)
    .orderBy('next_generate_on')
    .orderBy('id')
    .execute()
  return rows.length === 0 ? [] : planContracts(deps, context.ground(), rows)
}

/** The same, whatever other seats do: what they have made is left to them. */
async function storeChunk(context: RunContext, planned: readonly DuePlan[]): Promise<Stored> {
  let plans = planned
  for (let round = 1; round <= ROUNDS; round++) {
    try {
      return await writeChunk(context, plans)
    } catch (error) {
      if (!isConflict(error)) throw error
      plans = await planAgain(context, plans)
    }
  }
  const stored: Stored[] = []
  for (const plan of plans) {
    try {
      stored.push(await writeChunk(context, [plan]))
    } catch (error) {
      if (!isConflict(error)) throw error
    }
  }
  return {
    attempts: stored.flatMap(({ attempts }) => attempts),
    moved: stored.reduce((sum, { moved }) => sum + moved, 0),
  }
}

/** Stores what the service said; a lost answer stays 結果不明 for the inquiry. */
export async function storeAnswers(context: RunContext, answered: readonly AnsweredTurn[]): Promise<void> {
  if (answered.length === 0) return
  const { deps, runId, today } = context
  const verdicts = answered.flatMap(({ attempt, answer }) => {
    const verdict = verdictOfAnswer(answer)
    return verdict ? [{ attempt, verdict }] : []
  })
  const causes = answered.flatMap(({ attempt, answer }) => {
    if (answer.kind !== 'trouble' || !answer.sent) return []
    const { cause } = answer
    const operation = deps.database.db.updateTable('payment_operation').set({ cause })
    return [{ query: operation.where('id', '=', attempt.operationId).compile() }]
  })
  deps.onStep?.('turns-answered', runId)
  await settleTurns(deps, verdicts, causes, today)
  deps.onStep?.('turns-settled', runId)
  // A turn that was tried before leaves 要対応 or 再試行待ち when it goes through.
  if (verdicts.some(({ attempt, verdict }) => attempt.tries > 0 || verdict.event !== 'approved'))
    deps.events.emit({ type: 'attention-changed' })
}

/** Asks the service for what is stored. */
export async function askFor(
  { gate, hooks }: RunContext,
  attempts: readonly TurnAttempt[],
): Promise<AnsweredTurn[]> {
  if (attempts.length === 0 || !gate) return []
  return gate.ask(attempts, () => hooks.closing.aborted)
}

/**
 * All contracts that are due once; the answer is how many have moved. While the service is asked for one chunk, the next
 * one is read and stored, and the answers of the one before are.
 */
async function makePass(context: RunContext): Promise<number> {
  const { deps, pace } = context
  let moved = 0
  let asking: Promise<AnsweredTurn[]> = Promise.resolve([])
  let settling: Promise<unknown> = Promise.resolve()
  let next = planNext(deps, context.ground(), { after: null, limit: pace.size })
  for (;;) {
    const chunk = await next
    if (chunk.cursor === null || context.stops()) break
    await context.gate?.open(() => context.stops())
    // The next chunk is read while this one is under way.
    next = planNext(deps, context.ground(), { after: chunk.cursor, limit: pace.size })
    next.catch(() => undefined)
    const from = performance.now()
    const stored = await storeChunk(context, chunk.plans)
    pace.took(performance.now() - from)
    moved += stored.moved
    const answered = await asking
    asking = askFor(context, stored.attempts)
    asking.catch(() => undefined)
    await settling
    settling = storeAnswers(context, answered)
    settling.catch(() => undefined)
  }
  await settling
  await storeAnswers(context, await asking)
  return moved
}

/** Makes the orders of all turns that are due; a contract that has waited long gets one after the other. */
export async function makeTurns(context: RunContext): Promise<void> {
  for (;;) if (context.stops() || (await makePass(context)) === 0) return
}
