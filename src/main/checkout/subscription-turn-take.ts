import { ONE_TIME } from '../../contract/payment-plan'
import type { Statement } from '../db/open-database'
import type { SubscriptionCycleTable } from '../db/subscription-tables.types'
import { intentStatements } from './3-authorization'
import type { CheckoutDeps } from './deps'
import { nextTransactionNumber } from './numbers'
import { queueTurnMail } from './subscription-mail'
import { statusOn } from './subscription-plan'
import type { TurnAttempt } from './subscription-turn-authorize'
import { cancelOrder } from './subscription-turn-decline'
import type { ContractCard } from './subscription-turn-due'
import { turnEvent } from './subscription-turn-event'
import type { OpenTurn } from './subscription-turn-open'
import { paymentOfTurn, type RunGround, type TurnPayment } from './subscription-turn-plan'

/** What is done about the money of a turn whose order stands. */
export type OpenPayment =
  | TurnPayment
  /** Its order is no more. */
  | { readonly kind: 'cancelled' }
  /** It was refused before, and its contract has ended or stands still: nothing is charged any more. */
  | { readonly kind: 'pass-over'; readonly why: 'cancelled' | 'paused' }

/** Decides about one. An order that was made in time and only waits for its day is delivered, whatever came after. */
export function paymentOfOpen(
  ground: Pick<RunGround, 'date' | 'now' | 'service'>,
  open: OpenTurn,
): OpenPayment {
  if (open.order.status === 'cancelled') return { kind: 'cancelled' }
  const contract = statusOn(open.contract, ground.date)
  if (open.cycle.status === 'auth-failed' && (contract === 'cancelled' || contract === 'paused'))
    return { kind: 'pass-over', why: contract }
  return paymentOfTurn(ground, {
    method: open.contract.payment_method,
    total: open.order.total,
    shipOn: open.cycle.ship_on,
    card: open.card,
    blocked: open.blocked,
  })
}

/** Nothing is charged for a contract that has been cancelled, paused or changed since it was read. */
function asRead({ database: { db } }: CheckoutDeps, { contract }: OpenTurn): Statement {
  const query = db
    .updateTable('subscription')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('id', '=', contract.id)
    .where('version', '=', contract.version)
  return { query: query.compile(), expect: { changes: 1 } }
}

/** The turn moves only from the very state in which it was read. */
function moveOpen(
  { database: { db }, clock }: CheckoutDeps,
  { cycle }: OpenTurn,
  to: Partial<
    Pick<SubscriptionCycleTable, 'status' | 'next_retry_on' | 'attention' | 'run_id' | 'called_at'>
  >,
): Statement {
  const query = db
    .updateTable('subscription_cycle')
    .set({ ...to, updated_at: clock.now(), version: cycle.version + 1 })
    .where('id', '=', cycle.id)
    .where('version', '=', cycle.version)
    .where('status', '=', cycle.status)
  return { query: query.compile(), expect: { changes: 1 } }
}

/** A turn that is not paid is passed over: its order is cancelled, the goods go back, the contract goes on as it stands. */
export async function passOver(
  deps: CheckoutDeps,
  open: OpenTurn,
  { why, by }: { readonly why: 'cancelled' | 'paused' | 'by-person'; readonly by: string | null },
): Promise<Statement[]> {
  const now = deps.clock.now()
  const { cycle, contract } = open
  const of = { subscriptionId: contract.id, cycleId: cycle.id, turn: cycle.turn, now, by }
  return [
    moveOpen(deps, open, { status: 'skipped', next_retry_on: null, attention: null }),
    ...(await cancelOrder(deps, cycle.order_id, now)),
    turnEvent(deps, of, { kind: 'turn-passed-over', why }),
  ]
}

/** What a decision writes, and the attempt that follows when it stands. */
export async function takeOpen(
  deps: CheckoutDeps,
  open: OpenTurn,
  payment: OpenPayment,
  runId: string | null,
): Promise<{ statements: Statement[]; attempt: TurnAttempt | null }> {
  switch (payment.kind) {
    case 'cancelled':
      return {
        statements: [moveOpen(deps, open, { status: 'failed', next_retry_on: null, attention: null })],
        attempt: null,
      }
    case 'pass-over':
      return { statements: await passOver(deps, open, { why: payment.why, by: null }), attempt: null }
    case 'none':
      return {
        statements: [moveOpen(deps, open, { status: 'ordered', next_retry_on: null })],
        attempt: null,
      }
    case 'later':
      return { statements: [moveOpen(deps, open, { next_retry_on: payment.on })], attempt: null }
    case 'attention':
      return {
        statements: [
          moveOpen(deps, open, { status: 'auth-failed', next_retry_on: null, attention: payment.why }),
          queueTurnMail(deps, 'card-trouble', {
            subscriptionId: open.contract.id,
            cycleId: open.cycle.id,
            turn: open.cycle.turn,
          }),
        ],
        attempt: null,
      }
    case 'now':
      return beginOpen(deps, open, payment.card, runId)
  }
}

/** The intent of one more attempt; two seats cannot both write it (payment_one_live, and the turn's version). */
async function beginOpen(
  deps: CheckoutDeps,
  open: OpenTurn,
  { card, firstTransactionId }: ContractCard,
  runId: string | null,
): Promise<{ statements: Statement[]; attempt: TurnAttempt }> {
  const { db } = deps.database
  const { cycle, contract, order } = open
  const now = deps.clock.now()
  const { intent, statements } = intentStatements(deps, {
    plan: ONE_TIME,
    checkoutId: cycle.checkout_id,
    orderId: cycle.order_id,
    card,
    amount: order.total,
    service: card.service,
    operatorId: contract.operator_id,
    number: await nextTransactionNumber(db),
    now,
  })
  return {
    statements: [
      asRead(deps, open),
      moveOpen(deps, open, { status: 'ordered', next_retry_on: null, run_id: runId ?? cycle.run_id }),
      ...statements,
    ],
    attempt: {
      ...intent,
      cycleId: cycle.id,
      orderId: cycle.order_id,
      checkoutId: cycle.checkout_id,
      subscriptionId: contract.id,
      runId: runId ?? cycle.run_id,
      turn: cycle.turn,
      amount: order.total,
      token: card.token,
      cardExpiry: card.expiry_yymm,
      firstTransactionId,
      tries: cycle.tries,
      nextGenerateOn: contract.next_generate_on,
      held: order.status === 'waiting-check',
      begunAt: now,
    },
  }
}
