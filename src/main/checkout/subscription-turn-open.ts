import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../db/database.types'
import type { SubscriptionCycleTable } from '../db/subscription-tables.types'
import type { CheckoutDeps } from './deps'
import type { PaymentRow } from './drafts'
import type { TurnAttempt } from './subscription-turn-authorize'
import { contractCards, type ContractCard, type SubscriptionRow } from './subscription-turn-due'

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
    readonly status: SubscriptionRow['status']
    readonly pause_from: string | null
    readonly pause_until: string | null
    readonly version: number
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
      'subscription.status as contract_status',
      'subscription.pause_from',
      'subscription.pause_until',
      'subscription.version as contract_version',
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
          status: row.contract_status,
          pause_from: row.pause_from,
          pause_until: row.pause_until,
          version: row.contract_version,
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
