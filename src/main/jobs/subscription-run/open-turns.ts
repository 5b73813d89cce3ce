import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { ActiveService } from '../../checkout/deps'
import type { PaymentRow } from '../../checkout/drafts'
import { inquirePayment } from '../../checkout/reconcile'
import type { TurnAttempt } from '../../checkout/subscription-turn-authorize'
import { openTurn, readOpenTurns, type OpenTurn } from '../../checkout/subscription-turn-open'
import { countMade } from '../../checkout/subscription-turn-runs'
import { paymentOfOpen, takeOpen } from '../../checkout/subscription-turn-take'
import { askFor, isConflict, storeAnswers } from './make-turns'
import type { RunContext } from './run-context'

/**
 * Writes the intents of turns that are tried again. One that another seat has taken is left to it; one whose contract was
 * changed meanwhile is read once more, and decided anew.
 */
async function storeOpen(
  context: RunContext,
  turns: readonly OpenTurn[],
  again = true,
): Promise<TurnAttempt[]> {
  const { deps, runId, hooks } = context
  const ground = { ...context.ground(), date: context.today }
  const payments = turns.map((open) => ({ open, payment: paymentOfOpen(ground, open) }))
  const taken = []
  for (const { open, payment } of payments) taken.push(await takeOpen(deps, open, payment, runId))
  const skipped = payments.filter(({ payment }) => payment.kind === 'pass-over').length
  const done = context.done + turns.length
  deps.onStep?.('turns-prepared', runId)
  try {
    await deps.database.batch([
      ...taken.flatMap(({ statements }) => statements),
      ...(skipped === 0 ? [] : [countMade(deps.database.db, { id: runId, ordered: 0, skipped, yen: 0 })]),
      ...hooks.progress(done, Math.max(context.total, done)),
    ])
  } catch (error) {
    if (!isConflict(error)) throw error
    const [only] = turns
    if (only && turns.length === 1) return again ? storeAnew(context, only) : []
    const apart = []
    for (const one of turns) apart.push(...(await storeOpen(context, [one])))
    return apart
  }
  deps.onStep?.('turns-stored', runId)
  if (taken.some(({ attempt }) => attempt === null)) deps.events.emit({ type: 'attention-changed' })
  context.done = done
  return taken.flatMap(({ attempt }) => (attempt ? [attempt] : []))
}

async function storeAnew(context: RunContext, { cycle }: OpenTurn): Promise<TurnAttempt[]> {
  const open = await openTurn(context.deps.database.db, cycle.id)
  return open?.cycle.version === cycle.version ? storeOpen(context, [open], false) : []
}

/** Tries turns whose day has come, each once. */
export async function tryOpenTurns(context: RunContext): Promise<void> {
  const { deps, today, pace, gate } = context
  for (let after = ''; !context.stops() && gate?.isDown === false;) {
    const turns = await readOpenTurns(deps.database.db, { date: today, after, limit: pace.size })
    const last = turns.at(-1)
    if (!last) return
    after = last.cycle.id
    await gate.open(() => context.stops())
    const attempts = await storeOpen(context, turns)
    await storeAnswers(context, await askFor(context, attempts))
  }
}

/** Payments of turns whose answers were lost. */
export const unknownTurns = ({ deps }: Pick<RunContext, 'deps'>, service: string): Promise<PaymentRow[]> =>
  deps.database.db
    .selectFrom('payment')
    .innerJoin('subscription_cycle', 'subscription_cycle.checkout_id', 'payment.checkout_id')
    .selectAll('payment')
    .where('payment.service', '=', service)
    .where('payment.status', '=', sql.lit('unknown'))
    .orderBy('payment.created_at')
    .limit(2_000)
    .execute()

/** How long the service is asked again, at most, beyond its processing time; and between two rounds. */
const LONGER_MS = 2_000

/**
 * 照会 of turns whose answers were lost, by this run or by one that was killed. "Not found" counts only after the
 * service's longest processing time; so long it is waited for, unless the desk closes.
 */
export async function inquireUnknown(context: RunContext, active: ActiveService): Promise<void> {
  const { deps, hooks } = context
  const { maxProcessingMs } = active.capabilities
  const began = deps.clock.now()
  for (;;) {
    for (const payment of await unknownTurns(context, active.service.id)) {
      if (context.stops()) return
      await inquirePayment(deps, active, payment)
    }
    const [first] = await unknownTurns(context, active.service.id)
    if (!first || deps.clock.now() - began > maxProcessingMs + LONGER_MS) return
    const finalIn = first.created_at + maxProcessingMs - deps.clock.now()
    const waitMs = Math.min(LONGER_MS, Math.max(100, finalIn))
    await pause(waitMs, undefined, { signal: hooks.closing }).catch(() => undefined)
    if (context.stops()) return
  }
}
