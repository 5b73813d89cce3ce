import type { DeskDatabase, Statement } from '../db/open-database'
import { prepared } from '../db/prepared'
import type { AuthorizeResult, InquiryResult } from '../gateways/payment-service.port'
import { nextState, type PaymentEvent } from '../domain/payments/payment-states'
import type { CheckoutDeps } from './deps'

/** Which rows an answer belongs to. */
export interface OpenAttempt {
  readonly checkoutId: string
  readonly paymentId: string
  readonly operationId: string
}

/** What became of an authorization, as the service's answer or its books say. */
interface Verdict {
  readonly event: PaymentEvent
  readonly cause: string | null
  readonly code: string | null
  readonly rawCode: string | null
  readonly serviceTransactionId: string | null
  readonly approvalCode: string | null
  readonly holdUntil: number | null
}

const nothing = {
  cause: null,
  code: null,
  rawCode: null,
  serviceTransactionId: null,
  approvalCode: null,
  holdUntil: null,
} as const

/** Null: the answer is lost and nothing may be concluded. */
export function verdictOfAnswer(answer: AuthorizeResult): Verdict | null {
  switch (answer.kind) {
    case 'approved':
      return {
        ...nothing,
        event: 'approved',
        serviceTransactionId: answer.serviceTransactionId,
        approvalCode: answer.approvalCode,
        holdUntil: answer.holdUntil,
      }
    case 'declined':
      return { ...nothing, event: 'declined', code: answer.code, rawCode: answer.rawCode }
    case 'trouble':
      return answer.sent ? null : { ...nothing, event: 'never-booked', cause: answer.cause }
  }
}

/** What the service's books say of a payment that is still unknown here. */
export function verdictOfInquiry(inquiry: InquiryResult, notFoundIsFinal: boolean): Verdict | null {
  switch (inquiry.kind) {
    case 'trouble':
      return null
    case 'not-found':
      return notFoundIsFinal ? { ...nothing, event: 'never-booked', cause: 'not-found' } : null
    case 'found': {
      const booked = {
        ...nothing,
        serviceTransactionId: inquiry.serviceTransactionId,
        approvalCode: inquiry.approvalCode,
        holdUntil: inquiry.holdUntil,
      }
      switch (inquiry.state) {
        case 'authorized':
          return { ...booked, event: 'approved' }
        case 'captured':
        case 'partially-refunded':
        case 'refunded':
          return { ...booked, event: 'captured' }
        case 'voided':
          return { ...booked, event: 'voided' }
        case 'declined':
          return { ...booked, event: 'declined', code: inquiry.code, rawCode: inquiry.rawCode }
      }
    }
  }
}

type Booked = 'serviceTransactionId' | 'approvalCode' | 'code' | 'rawCode' | 'holdUntil'

const settlePayment = prepared<Booked | 'id' | 'status' | 'now'>((db, slot) =>
  db
    .updateTable('payment')
    .set((eb) => ({
      status: slot('status'),
      service_transaction_id: slot('serviceTransactionId'),
      approval_code: slot('approvalCode'),
      code: slot('code'),
      raw_code: slot('rawCode'),
      hold_until: slot('holdUntil'),
      updated_at: slot('now'),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', slot('id'))
    .where('status', '=', 'unknown'),
)

const settleOperation = prepared<'id' | 'status' | 'cause' | 'code' | 'rawCode' | 'approvalCode' | 'now'>(
  (db, slot) =>
    db
      .updateTable('payment_operation')
      .set({
        status: slot('status'),
        cause: slot('cause'),
        code: slot('code'),
        raw_code: slot('rawCode'),
        approval_code: slot('approvalCode'),
        resolved_at: slot('now'),
      })
      .where('id', '=', slot('id')),
)

const moveOn = prepared<'id' | 'status' | 'authorizedAt' | 'now'>((db, slot) =>
  db
    .updateTable('checkout')
    .set((eb) => ({
      status: slot('status'),
      authorized_at: slot('authorizedAt'),
      updated_at: slot('now'),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', slot('id'))
    .where('status', '=', 'authorizing'),
)

/** Stores a verdict on an unknown payment, with the stage of its checkout, in one transaction. */
export async function storeVerdict(
  deps: CheckoutDeps,
  attempt: OpenAttempt,
  verdict: Verdict,
): Promise<boolean> {
  const { db } = deps.database
  const now = deps.clock.now()
  const status = nextState('unknown', verdict.event)
  const approved = status === 'authorized' || status === 'captured'
  const { paymentId, operationId, checkoutId } = attempt
  const outcome = approved || status === 'voided' ? 'succeeded' : 'failed'
  const payment = settlePayment(db, { ...verdict, id: paymentId, status, now })
  const operation = settleOperation(db, { ...verdict, id: operationId, status: outcome, now })
  const stage = moveOn(db, {
    id: checkoutId,
    status: approved ? 'read-back' : 'editing',
    authorizedAt: approved ? now : null,
    now,
  })
  return settled(deps.database, [
    { query: payment, expect: { changes: 1 } },
    { query: operation },
    { query: stage },
  ])
}

/** False when another seat or the timer has stored the same verdict before. */
async function settled(database: DeskDatabase, statements: Statement[]): Promise<boolean> {
  try {
    await database.batch(statements)
    return true
  } catch (error) {
    if (error instanceof Error && error.name === 'ExpectationFailed') return false
    throw error
  }
}

/** Stores the service's answer to an authorization; a lost answer leaves the payment 結果不明. */
export async function settleAuthorization(
  deps: CheckoutDeps,
  attempt: OpenAttempt,
  answer: AuthorizeResult,
): Promise<void> {
  const verdict = verdictOfAnswer(answer)
  if (verdict) {
    await storeVerdict(deps, attempt, verdict)
    return
  }
  if (answer.kind !== 'trouble') return
  await deps.database.db
    .updateTable('payment_operation')
    .set({ cause: answer.cause })
    .where('id', '=', attempt.operationId)
    .execute()
}
