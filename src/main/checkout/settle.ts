import { ExpectationFailed } from '../db/errors'
import type { Statement } from '../db/open-database'
import { prepared } from '../db/prepared'
import type { AuthorizeResult, InquiryResult } from '../gateways/payment-service.port'
import { nextState, type PaymentEvent } from '../domain/payments/payment-states'
import { approvalStatements, declineStatements, isCardFailure } from './card-block'
import type { CheckoutDeps } from './deps'
import type { CheckoutRow, PaymentRow } from './drafts'

/** Which rows an answer belongs to. */
export interface OpenAttempt {
  readonly checkoutId: string
  readonly paymentId: string
  readonly operationId: string
}

/** The two rows of an attempt as its verdict left them, so that nobody has to read them again. */
export interface StoredVerdict {
  readonly row: CheckoutRow
  readonly payment: PaymentRow
}

/** What became of an authorization, as the service's answer or its books say. */
export interface Verdict {
  readonly event: PaymentEvent
  readonly cause: string | null
  readonly code: string | null
  readonly rawCode: string | null
  readonly serviceTransactionId: string | null
  readonly approvalCode: string | null
  readonly holdUntil: number | null
}

export const nothing = {
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

/** Stores a verdict on a payment that is unknown. */
export const settlePayment = prepared<Booked | 'id' | 'status' | 'now', unknown>((db, slot) =>
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
    .where('status', '=', 'unknown')
    .returningAll(),
)

/** The same of the operation that asked for it. */
export const settleOperation = prepared<
  'id' | 'status' | 'cause' | 'code' | 'rawCode' | 'approvalCode' | 'now'
>((db, slot) =>
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

const moveOn = prepared<'id' | 'status' | 'authorizedAt' | 'now', unknown>((db, slot) =>
  db
    .updateTable('checkout')
    .set((eb) => ({
      status: slot('status'),
      authorized_at: slot('authorizedAt'),
      updated_at: slot('now'),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', slot('id'))
    .where('status', '=', 'authorizing')
    .returningAll(),
)

/**
 * Stores a verdict on an unknown payment, with the stage of its checkout, in one transaction. Null when another
 * seat or the timer has stored one before, or when the checkout had moved on by itself.
 */
export async function storeVerdict(
  deps: CheckoutDeps,
  attempt: OpenAttempt,
  verdict: Verdict,
): Promise<StoredVerdict | null> {
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
  try {
    const [paid, , moved] = await deps.database.batch([
      { query: payment, expect: { changes: 1 } },
      { query: operation },
      { query: stage },
      ...(await standingStatements(deps, checkoutId, verdict, now)),
    ])
    const rows = { payment: paid?.rows[0], row: moved?.rows[0] }
    // `returning *` of these two tables: the database's own rows, typed as every other read of them is.
    return rows.payment && rows.row ? (rows as unknown as StoredVerdict) : null
  } catch (error) {
    if (error instanceof ExpectationFailed) return null
    throw error
  }
}

/** What a verdict means for how the customer stands: declined cards in a row are counted, an approval ends the row. */
async function standingStatements(
  deps: CheckoutDeps,
  checkoutId: string,
  { event, code }: Verdict,
  now: number,
): Promise<Statement[]> {
  if (event === 'approved' || event === 'captured') return approvalStatements(deps, checkoutId)
  return event === 'declined' && isCardFailure(code) ? declineStatements(deps, checkoutId, now) : []
}

/** Stores the service's answer to an authorization; a lost answer leaves the payment 結果不明. */
export async function settleAuthorization(
  deps: CheckoutDeps,
  attempt: OpenAttempt,
  answer: AuthorizeResult,
): Promise<StoredVerdict | null> {
  const verdict = verdictOfAnswer(answer)
  if (verdict) return storeVerdict(deps, attempt, verdict)
  if (answer.kind !== 'trouble') return null
  await deps.database.db
    .updateTable('payment_operation')
    .set({ cause: answer.cause })
    .where('id', '=', attempt.operationId)
    .execute()
  return null
}
