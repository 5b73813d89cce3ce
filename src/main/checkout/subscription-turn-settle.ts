import { sql } from 'kysely'
import { businessDate } from '../domain/calendar/tokyo'
import { nextState } from '../domain/payments/payment-states'
import { ExpectationFailed } from '../db/errors'
import type { Statement } from '../db/open-database'
import { prepared } from '../db/prepared'
import { approvalStatements, declineStatements, isCardFailure } from './card-block'
import type { CheckoutDeps } from './deps'
import { settleOperation, settlePayment, type Verdict } from './settle'
import type { TurnAttempt } from './subscription-turn-authorize'
import { declinedTurn, type TurnDecline } from './subscription-turn-decline'
import { turnEvent } from './subscription-turn-event'

/** What became of one attempt. */
export interface TurnVerdict {
  readonly attempt: TurnAttempt
  readonly verdict: Verdict
  /** The person who asked for it; left out: the run, or an inquiry. */
  readonly by?: string | undefined
}

/** How the turns stand that a batch has settled. */
export interface SettledTurns {
  readonly authorized: number
  readonly declined: number
  readonly notBooked: number
}

const moveCycle = prepared<'id' | 'status' | 'tries' | 'retryOn' | 'code' | 'rawCode' | 'attention' | 'now'>(
  (db, slot) =>
    db
      .updateTable('subscription_cycle')
      .set((eb) => ({
        status: slot('status'),
        tries: slot('tries'),
        next_retry_on: slot('retryOn'),
        last_code: slot('code'),
        last_raw_code: slot('rawCode'),
        // That goods are off sale is to be looked at whatever the card says.
        attention: sql`case when attention = 'off-sale' then coalesce(${slot('attention')}, attention) else ${slot('attention')} end`,
        updated_at: slot('now'),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', slot('id'))
      .where('status', '=', 'ordered'),
)

const payOrder = prepared<'id' | 'now'>((db, slot) =>
  db
    .updateTable('sales_order')
    .set((eb) => ({ status: 'new', updated_at: slot('now'), version: eb('version', '+', 1) }))
    .where('id', '=', slot('id'))
    .where('status', '=', 'waiting-payment'),
)

const payHold = prepared<'id'>((db, slot) =>
  db
    .updateTable('order_hold')
    .set({ status_after: 'new' })
    .where('order_id', '=', slot('id'))
    .where('released_at', 'is', null)
    .where('status_after', '=', 'waiting-payment'),
)

const countRun = prepared<'id' | 'authorized' | 'declined' | 'yen'>((db, slot) =>
  db
    .updateTable('subscription_run')
    .set((eb) => ({
      authorized: eb('authorized', '+', slot('authorized')),
      authorized_yen: eb('authorized_yen', '+', slot('yen')),
      declined: eb('declined', '+', slot('declined')),
    }))
    .where('id', '=', slot('id')),
)

const isApproved = ({ verdict: { event } }: TurnVerdict): boolean =>
  event === 'approved' || event === 'captured'

/** The payment and its operation, as for every checkout; the cycle behind them. */
function moneyStatements({ database: { db } }: CheckoutDeps, { attempt, verdict }: TurnVerdict, now: number) {
  const status = nextState('unknown', verdict.event)
  const outcome = status === 'failed' ? 'failed' : 'succeeded'
  return [
    {
      query: settlePayment(db, { ...verdict, id: attempt.paymentId, status, now }),
      expect: { changes: 1 },
    },
    { query: settleOperation(db, { ...verdict, id: attempt.operationId, status: outcome, now }) },
  ]
}

function approvedStatements(deps: CheckoutDeps, { attempt, by }: TurnVerdict, now: number): Statement[] {
  const { db } = deps.database
  const { cycleId: id, orderId, subscriptionId, turn, runId } = attempt
  const none = { retryOn: null, code: null, rawCode: null, attention: null }
  return [
    {
      query: moveCycle(db, { id, status: 'authorized', tries: attempt.tries, ...none, now }),
      expect: { changes: 1 },
    },
    { query: payOrder(db, { id: orderId, now }) },
    ...(attempt.held ? [{ query: payHold(db, { id: orderId }) }] : []),
    ...approvalStatements(deps, attempt.checkoutId),
    turnEvent(
      deps,
      { subscriptionId, cycleId: id, turn, now, runId, by: by ?? null },
      { kind: 'turn-authorized' },
    ),
  ]
}

async function declinedStatements(
  deps: CheckoutDeps,
  { attempt, verdict, by }: TurnVerdict,
  decline: TurnDecline,
  now: number,
): Promise<Statement[]> {
  const { db } = deps.database
  const { cycleId: id, subscriptionId, turn, runId } = attempt
  const { code, rawCode } = verdict
  const move = moveCycle(db, {
    id,
    status: decline.status,
    tries: attempt.tries + 1,
    retryOn: decline.retryOn,
    code,
    rawCode,
    attention: decline.attention,
    now,
  })
  return [
    { query: move, expect: { changes: 1 } },
    ...decline.statements,
    ...(isCardFailure(code) ? await declineStatements(deps, attempt.checkoutId, now) : []),
    turnEvent(
      deps,
      { subscriptionId, cycleId: id, turn, now, runId, by: by ?? null },
      {
        kind: decline.status === 'failed' ? 'turn-given-up' : 'turn-declined',
        code,
        retryOn: decline.retryOn,
        attention: decline.attention,
      },
    ),
  ]
}

/** The service has booked nothing: no refusal is counted, and the next run asks again. */
function notBookedStatements(
  deps: CheckoutDeps,
  { attempt, by }: TurnVerdict,
  today: string,
  now: number,
): Statement[] {
  const { cycleId: id, subscriptionId, turn, tries, runId } = attempt
  const status = tries > 0 ? 'auth-failed' : 'planned'
  const none = { code: null, rawCode: null, attention: null }
  return [
    {
      query: moveCycle(deps.database.db, { id, status, tries, retryOn: today, ...none, now }),
      expect: { changes: 1 },
    },
    turnEvent(
      deps,
      { subscriptionId, cycleId: id, turn, now, runId, by: by ?? null },
      { kind: 'turn-not-booked' },
    ),
  ]
}

async function statementsOf(deps: CheckoutDeps, one: TurnVerdict, today: string): Promise<Statement[]> {
  const now = deps.clock.now()
  const money = moneyStatements(deps, one, now)
  if (isApproved(one)) return [...money, ...approvedStatements(deps, one, now)]
  if (one.verdict.event === 'declined') {
    const decline = await declinedTurn(deps, one.attempt, one.verdict, today)
    return [...money, ...(await declinedStatements(deps, one, decline, now))]
  }
  return [...money, ...notBookedStatements(deps, one, today, now)]
}

function countsOf(verdicts: readonly TurnVerdict[]): SettledTurns {
  const authorized = verdicts.filter(isApproved).length
  const declined = verdicts.filter(({ verdict }) => verdict.event === 'declined').length
  return { authorized, declined, notBooked: verdicts.length - authorized - declined }
}

/** The runs that the attempts belong to, each with what it counts. */
function runStatements({ database: { db } }: CheckoutDeps, verdicts: readonly TurnVerdict[]): Statement[] {
  const runs = new Set(verdicts.map(({ attempt }) => attempt.runId))
  return [...runs].flatMap((id) => {
    const own = verdicts.filter(({ attempt }) => attempt.runId === id)
    const { authorized, declined } = countsOf(own)
    const yen = own.filter(isApproved).reduce((sum, { attempt }) => sum + attempt.amount, 0)
    return id === null || authorized + declined === 0
      ? []
      : [{ query: countRun(db, { id, authorized, declined, yen }) }]
  })
}

/**
 * Stores what became of attempts, all in one transaction: payment, operation, turn, order, history, and what the run
 * counts. When another seat or the timer has stored one of them before, each is stored by itself, and those are left.
 */
export async function settleTurns(
  deps: CheckoutDeps,
  verdicts: readonly TurnVerdict[],
  also: readonly Statement[] = [],
  today = businessDate(deps.clock.now()),
): Promise<SettledTurns> {
  const statements: Statement[] = []
  for (const one of verdicts) statements.push(...(await statementsOf(deps, one, today)))
  if (statements.length + also.length === 0) return countsOf([])
  try {
    await deps.database.batch([...statements, ...runStatements(deps, verdicts), ...also])
    return countsOf(verdicts)
  } catch (error) {
    if (!(error instanceof ExpectationFailed)) throw error
  }
  const stored: TurnVerdict[] = []
  for (const one of verdicts) if (await settleOne(deps, one, today)) stored.push(one)
  if (also.length > 0) await deps.database.batch(also)
  return countsOf(stored)
}

async function settleOne(deps: CheckoutDeps, one: TurnVerdict, today: string): Promise<boolean> {
  try {
    await deps.database.batch([...(await statementsOf(deps, one, today)), ...runStatements(deps, [one])])
    return true
  } catch (error) {
    if (error instanceof ExpectationFailed) return false
    throw error
  }
}
