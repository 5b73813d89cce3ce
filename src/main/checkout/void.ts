import { sql } from 'kysely'
import type { FollowUpResult, InquiryResult } from '../gateways/payment-service.port'
import { nextState } from '../domain/payments/payment-states'
import { newId } from '../platform/ids'
import type { ActiveService, CheckoutDeps } from './deps'
import type { PaymentRow } from './drafts'

/** `voided`: the hold is gone for sure. `pending`: asked, answer lost. `kept`: the hold stands as before. */
export type VoidOutcome = 'voided' | 'pending' | 'kept'

/**
 * キャンセル(与信): releases a hold that has no order. The wish is stored before the service is asked; a second
 * wish waits for the first (one open operation a payment). An order that was made meanwhile keeps its hold.
 */
export async function voidAuthorization(
  deps: CheckoutDeps,
  active: ActiveService,
  payment: PaymentRow,
): Promise<VoidOutcome> {
  if (payment.status !== 'authorized' || payment.order_id !== null) return 'kept'
  return askVoid(deps, active, payment)
}

/**
 * The old hold of an order that has been changed, once the order stands on another payment. Asked at once, and
 * again by the timer: nothing is lost when this does not go through.
 */
export async function releaseSuperseded(deps: CheckoutDeps, payment: PaymentRow): Promise<void> {
  const choice = await deps.activeService()
  if (!choice.ready || choice.active.service.id !== payment.service) return
  const [row] = await supersededHolds(deps, payment.service, payment.id)
  if (row) await askVoid(deps, choice.active, row)
}

/** Holds of orders that stand on a newer payment, or that no card pays any more; without a void under way. */
export async function supersededHolds(
  deps: CheckoutDeps,
  service: string,
  only?: string,
): Promise<PaymentRow[]> {
  return deps.database.db
    .selectFrom('payment')
    .innerJoin('sales_order', 'sales_order.id', 'payment.order_id')
    .selectAll('payment')
    .where('payment.service', '=', service)
    .where('payment.status', '=', sql.lit('authorized'))
    .$if(only !== undefined, (some) => some.where('payment.id', '=', only ?? ''))
    .where((eb) =>
      eb.or([
        eb('sales_order.payment_method', '!=', 'card'),
        eb.exists(
          eb
            .selectFrom('payment as newer')
            .select('newer.id')
            .whereRef('newer.order_id', '=', 'payment.order_id')
            .whereRef('newer.created_at', '>', 'payment.created_at')
            .where('newer.status', 'in', ['authorized', 'captured', 'partially-refunded']),
        ),
      ]),
    )
    .orderBy('payment.created_at')
    .limit(200)
    .execute()
}

async function askVoid(deps: CheckoutDeps, active: ActiveService, payment: PaymentRow): Promise<VoidOutcome> {
  const operationId = newId()
  const idempotencyKey = newId()
  if (!(await storeVoidIntent(deps, payment, operationId, idempotencyKey))) return 'pending'
  deps.onStep?.('void-intent-stored', payment.checkout_id)
  const answer = await active.service.void({
    idempotencyKey,
    paymentId: payment.id,
    serviceTransactionId: payment.service_transaction_id ?? '',
    amount: payment.amount,
  })
  deps.onStep?.('void-answer-received', payment.checkout_id)
  const outcome = await storeVoidAnswer(deps, payment, operationId, answer)
  deps.onStep?.('void-answer-stored', payment.checkout_id)
  return outcome
}

async function storeVoidIntent(
  deps: CheckoutDeps,
  payment: PaymentRow,
  operationId: string,
  idempotencyKey: string,
): Promise<boolean> {
  const { db } = deps.database
  const now = deps.clock.now()
  const hold = db
    .updateTable('payment')
    .set({ updated_at: now, version: payment.version + 1 })
    .where('id', '=', payment.id)
    .where('version', '=', payment.version)
    .where('status', '=', 'authorized')
    .where((eb) =>
      payment.order_id === null ? eb('order_id', 'is', null) : eb('order_id', '=', payment.order_id),
    )
  const wish = db.insertInto('payment_operation').values({
    id: operationId,
    payment_id: payment.id,
    kind: 'void',
    idempotency_key: idempotencyKey,
    amount: payment.amount,
    status: 'unknown',
    cause: null,
    code: null,
    raw_code: null,
    approval_code: null,
    sent_at: now,
    started_at: now,
    resolved_at: null,
  })
  try {
    await deps.database.batch([{ query: hold.compile(), expect: { changes: 1 } }, { query: wish.compile() }])
    return true
  } catch (error) {
    if (error instanceof Error && ['ExpectationFailed', 'UniqueViolation'].includes(error.name)) return false
    throw error
  }
}

async function storeVoidAnswer(
  deps: CheckoutDeps,
  payment: PaymentRow,
  operationId: string,
  answer: FollowUpResult,
): Promise<VoidOutcome> {
  switch (answer.kind) {
    case 'approved':
      await closeVoid(deps, payment.id, operationId, 'voided')
      return 'voided'
    case 'declined':
      await closeOperation(deps, operationId, { code: answer.code, rawCode: answer.rawCode, cause: null })
      return 'kept'
    case 'trouble':
      if (answer.sent) return 'pending'
      await closeOperation(deps, operationId, { code: null, rawCode: null, cause: answer.cause })
      return 'kept'
  }
}

/** Both rows at once: the operation succeeded and the payment has no hold any more. */
async function closeVoid(
  deps: CheckoutDeps,
  paymentId: string,
  operationId: string,
  event: 'voided' | 'hold-expired',
): Promise<void> {
  const { db } = deps.database
  const now = deps.clock.now()
  await deps.database.batch([
    {
      query: db
        .updateTable('payment')
        .set((eb) => ({
          status: nextState('authorized', event),
          updated_at: now,
          version: eb('version', '+', 1),
        }))
        .where('id', '=', paymentId)
        .where('status', '=', 'authorized')
        .compile(),
    },
    {
      query: db
        .updateTable('payment_operation')
        .set({ status: 'succeeded', resolved_at: now })
        .where('id', '=', operationId)
        .compile(),
    },
  ])
}

async function closeOperation(
  deps: CheckoutDeps,
  operationId: string,
  why: { code: string | null; rawCode: string | null; cause: string | null },
): Promise<void> {
  await deps.database.db
    .updateTable('payment_operation')
    .set({
      status: 'failed',
      code: why.code,
      raw_code: why.rawCode,
      cause: why.cause,
      resolved_at: deps.clock.now(),
    })
    .where('id', '=', operationId)
    .where('status', '=', 'unknown')
    .execute()
}

/** What the service's books say of a void whose answer was lost. `final`: its processing time is over. */
export async function resolveVoid(
  deps: CheckoutDeps,
  payment: PaymentRow,
  operation: { readonly id: string; readonly idempotency_key: string },
  inquiry: InquiryResult,
  final: boolean,
): Promise<VoidOutcome> {
  if (inquiry.kind === 'found' && inquiry.state === 'voided') {
    await closeVoid(deps, payment.id, operation.id, 'voided')
    return 'voided'
  }
  if (inquiry.kind === 'trouble' || !final) return 'pending'
  await closeOperation(deps, operation.id, { code: null, rawCode: null, cause: 'not-found' })
  return 'kept'
}

/** The hold has run out at the service; nobody asked for it. */
export async function storeExpiredHold(deps: CheckoutDeps, paymentId: string): Promise<void> {
  const now = deps.clock.now()
  await deps.database.db
    .updateTable('payment')
    .set((eb) => ({
      status: nextState('authorized', 'hold-expired'),
      updated_at: now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', paymentId)
    .where('status', '=', 'authorized')
    .execute()
}
