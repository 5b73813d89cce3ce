import type { Kysely, Selectable } from 'kysely'
import { ONE_TIME } from '../../contract/payment-plan'
import type { Database } from '../db/database.types'
import type { Statement } from '../db/open-database'
import type { SubscriptionCycleTable } from '../db/subscription-tables.types'
import { intentStatements } from './3-authorization'
import type { CheckoutDeps } from './deps'
import type { PaymentRow } from './drafts'
import { nextTransactionNumber } from './numbers'
import { queueTurnMail } from './subscription-mail'
import type { TurnAttempt } from './subscription-turn-authorize'
import { contractCards, type ContractCard } from './subscription-turn-due'
import { paymentOfTurn, type RunGround, type TurnPayment } from './subscription-turn-plan'

/** A turn whose order stands and is not paid: refused before, or to be authorized on a later day. */
export interface OpenTurn {
  readonly cycle: Selectable<SubscriptionCycleTable> & {
    readonly turn: number
    readonly order_id: string
    readonly checkout_id: string
    readonly ship_on: string
  }
  readonly contract: {
    readonly id: string
    readonly card_id: string | null
    readonly first_transaction_id: string | null
    readonly next_generate_on: string | null
    readonly payment_method: string
    readonly operator_id: string
  }
  readonly order: { readonly status: string; readonly total: number }
  readonly blocked: boolean
  readonly card: ContractCard | null
}

const openTurns = (db: Kysely<Database>) =>
  db
    .selectFrom('subscription_cycle')
    .innerJoin('subscription', 'subscription.id', 'subscription_cycle.subscription_id')
    .innerJoin('sales_order', 'sales_order.id', 'subscription_cycle.order_id')
    .innerJoin('customer', 'customer.id', 'subscription.customer_id')
    .selectAll('subscription_cycle')
    .select([
      'subscription.card_id',
      'subscription.first_transaction_id',
      'subscription.next_generate_on',
      'subscription.payment_method',
      'subscription.operator_id',
      'sales_order.status as order_status',
      'sales_order.total as order_total',
      'customer.card_blocked_at',
    ])

/** Turns that a run of this date tries: their day has come, and nobody has to look at them first. */
const dueTurns = (db: Kysely<Database>, date: string) =>
  openTurns(db)
    .where('subscription_cycle.status', 'in', ['planned', 'auth-failed'])
    .where('subscription_cycle.next_retry_on', '<=', date)
    .where((eb) =>
      eb.or([
        eb('subscription_cycle.attention', 'is', null),
        eb('subscription_cycle.attention', '=', 'off-sale'),
      ]),
    )

export async function countOpenTurns(db: Kysely<Database>, date: string): Promise<number> {
  const { count } = await dueTurns(db, date)
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

type OpenRow = Awaited<ReturnType<ReturnType<typeof openTurns>['execute']>>[number]

async function asOpenTurns(db: Kysely<Database>, rows: readonly OpenRow[]): Promise<OpenTurn[]> {
  const cards = await contractCards(
    db,
    rows.map((row) => ({
      id: row.subscription_id,
      card_id: row.card_id,
      first_transaction_id: row.first_transaction_id,
    })),
  )
  return rows.flatMap((row) => {
    const { turn, order_id, checkout_id, ship_on } = row
    if (turn === null || order_id === null || checkout_id === null || ship_on === null) return []
    const { subscription_id: id, card_id, first_transaction_id, next_generate_on, operator_id } = row
    return [
      {
        cycle: { ...row, turn, order_id, checkout_id, ship_on },
        contract: {
          id,
          card_id,
          first_transaction_id,
          next_generate_on,
          payment_method: row.payment_method,
          operator_id,
        },
        order: { status: row.order_status, total: row.order_total },
        blocked: row.card_blocked_at !== null,
        card: cards.get(id) ?? null,
      },
    ]
  })
}

export async function readOpenTurns(
  db: Kysely<Database>,
  wish: { readonly date: string; readonly after: string; readonly limit: number },
): Promise<OpenTurn[]> {
  const rows = await dueTurns(db, wish.date)
    .where('subscription_cycle.id', '>', wish.after)
    .orderBy('subscription_cycle.id')
    .limit(wish.limit)
    .execute()
  return asOpenTurns(db, rows)
}

export async function openTurn(db: Kysely<Database>, cycleId: string): Promise<OpenTurn | null> {
  const rows = await openTurns(db).where('subscription_cycle.id', '=', cycleId).execute()
  return (await asOpenTurns(db, rows))[0] ?? null
}

/** What is done about the money of a turn whose order stands; `cancelled`: its order is no more. */
export function paymentOfOpen(
  ground: Pick<RunGround, 'date' | 'now' | 'service'>,
  open: OpenTurn,
): TurnPayment | { readonly kind: 'cancelled' } {
  if (open.order.status === 'cancelled') return { kind: 'cancelled' }
  return paymentOfTurn(ground, {
    method: open.contract.payment_method,
    total: open.order.total,
    shipOn: open.cycle.ship_on,
    card: open.card,
    blocked: open.blocked,
  })
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

/** What a decision writes, and the attempt that follows when it stands. */
export async function takeOpen(
  deps: CheckoutDeps,
  open: OpenTurn,
  payment: ReturnType<typeof paymentOfOpen>,
  runId: string | null,
): Promise<{ statements: Statement[]; attempt: TurnAttempt | null }> {
  switch (payment.kind) {
    case 'cancelled':
      return {
        statements: [moveOpen(deps, open, { status: 'failed', next_retry_on: null, attention: null })],
        attempt: null,
      }
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

/** The attempt behind a payment of a turn, so that an inquiry can settle it; null: it is no turn's. */
export async function attemptOfPayment(
  { database: { db } }: CheckoutDeps,
  payment: PaymentRow,
  operation: { readonly id: string; readonly idempotency_key: string },
): Promise<TurnAttempt | null> {
  const [open] = await asOpenTurns(
    db,
    await openTurns(db).where('subscription_cycle.checkout_id', '=', payment.checkout_id).execute(),
  )
  if (!open) return null
  const { cycle, contract, order } = open
  return {
    cycleId: cycle.id,
    orderId: cycle.order_id,
    checkoutId: cycle.checkout_id,
    paymentId: payment.id,
    operationId: operation.id,
    idempotencyKey: operation.idempotency_key,
    subscriptionId: contract.id,
    runId: cycle.run_id,
    turn: cycle.turn,
    amount: payment.amount,
    token: '',
    cardExpiry: payment.expiry_yymm ?? '',
    firstTransactionId: null,
    tries: cycle.tries,
    nextGenerateOn: contract.next_generate_on,
    held: order.status === 'waiting-check',
    begunAt: payment.created_at,
  }
}
