import type { Selectable } from 'kysely'
import type { PaymentPlan } from '../../contract/payment-plan'
import type { CardTable } from '../db/database.types'
import { ExpectationFailed, UniqueViolation } from '../db/errors'
import type { Statement } from '../db/open-database'
import type { AuthorizeResult } from '../gateways/payment-service.port'
import { prepared, preparedInsert } from '../db/prepared'
import { newId } from '../platform/ids'
import { Refusal } from '../platform/refusal'
import type { ActiveService, Actor, CheckoutDeps } from './deps'
import type { CheckoutRow } from './drafts'
import { nextTransactionNumber } from './numbers'
import { planColumns } from './plan'
import { settleAuthorization, type StoredVerdict } from './settle'

const insertPayment = preparedInsert('payment')
const insertOperation = preparedInsert('payment_operation')
const moveToAuthorizing = prepared<'id' | 'version' | 'amount' | 'now'>((db, slot) =>
  db
    .updateTable('checkout')
    .set((eb) => ({
      status: 'authorizing',
      amount: slot('amount'),
      updated_at: slot('now'),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', slot('id'))
    .where('version', '=', slot('version'))
    .where('status', '=', 'editing'),
)

export interface Attempt {
  readonly row: CheckoutRow
  readonly card: Selectable<CardTable>
  readonly amount: number
  /** 支払区分 in which the card pays. */
  readonly plan: PaymentPlan
  readonly active: ActiveService
  readonly actor: Actor
  /** Called when the request is on its way: what can be done while the service works. */
  readonly meanwhile?: () => void
}

/** Ids that are stored before the request leaves, so that a lost answer can be looked up. */
export interface Intent {
  readonly paymentId: string
  readonly operationId: string
  readonly idempotencyKey: string
}

export interface Authorized {
  readonly answer: AuthorizeResult
  /** Null when the answer is lost, or was stored by somebody else. */
  readonly stored: StoredVerdict | null
}

/**
 * Step 3: 与信. The attempt is written as 結果不明 and committed, then the service is asked, then the answer is
 * stored. Two attempts at once cannot both be written: the database allows one live payment a checkout.
 */
export async function authorize(deps: CheckoutDeps, attempt: Attempt): Promise<Authorized> {
  const intent = await storeIntent(deps, attempt)
  deps.onStep?.('intent-stored', attempt.row.id)
  const request = {
    idempotencyKey: intent.idempotencyKey,
    paymentId: intent.paymentId,
    token: attempt.card.token,
    amount: attempt.amount,
    moto: true,
    initiator: 'customer',
    plan: attempt.plan,
  } as const
  const answered = attempt.active.service.authorize(request)
  deps.onStep?.('request-handed-over', attempt.row.id)
  attempt.meanwhile?.()
  const answer = await answered
  deps.onStep?.('answer-received', attempt.row.id)
  const stored = await settleAuthorization(deps, { checkoutId: attempt.row.id, ...intent }, answer)
  deps.onStep?.('answer-stored', attempt.row.id)
  return { answer, stored }
}

/** What an intent says of the payment that it begins. */
interface PaymentBegun {
  readonly checkoutId: string
  /** The order that it pays, when that stands already. */
  readonly orderId: string | null
  readonly card: Selectable<CardTable>
  readonly amount: number
  readonly plan: PaymentPlan
  readonly service: string
  readonly operatorId: string
  /** 取引ID */
  readonly number: string
  readonly now: number
}

/** The rows of an attempt that is about to be made: 結果不明 until its answer is stored. */
export function intentStatements(
  { database: { db } }: CheckoutDeps,
  begun: PaymentBegun,
): { intent: Intent; statements: Statement[] } {
  const { card, amount, now } = begun
  const intent: Intent = { paymentId: newId(), operationId: newId(), idempotencyKey: newId() }
  const payment = {
    id: intent.paymentId,
    number: begun.number,
    checkout_id: begun.checkoutId,
    order_id: begun.orderId,
    service: begun.service,
    card_id: card.id,
    method: 'card',
    amount,
    status: 'unknown',
    brand: card.brand,
    masked: card.masked,
    last3: card.last3,
    expiry_yymm: card.expiry_yymm,
    service_transaction_id: null,
    approval_code: null,
    code: null,
    raw_code: null,
    hold_until: null,
    keypad_serial: card.keypad_serial,
    operator_id: begun.operatorId,
    created_at: now,
    updated_at: now,
    version: 1,
    ...planColumns(begun.plan),
  } as const
  const operation = {
    id: intent.operationId,
    payment_id: intent.paymentId,
    kind: 'authorize',
    idempotency_key: intent.idempotencyKey,
    amount,
    status: 'unknown',
    cause: null,
    code: null,
    raw_code: null,
    approval_code: null,
    sent_at: now,
    started_at: now,
    resolved_at: null,
  } as const
  return {
    intent,
    statements: [{ query: insertPayment(db, [payment]) }, { query: insertOperation(db, [operation]) }],
  }
}

async function storeIntent(deps: CheckoutDeps, attempt: Attempt): Promise<Intent> {
  const { row, card, amount, active, actor } = attempt
  const { db } = deps.database
  const number = await nextTransactionNumber(db)
  const now = deps.clock.now()
  const { intent, statements } = intentStatements(deps, {
    checkoutId: row.id,
    orderId: null,
    card,
    amount,
    plan: attempt.plan,
    service: active.service.id,
    operatorId: actor.userId,
    number,
    now,
  })
  const stage = moveToAuthorizing(db, { id: row.id, version: row.version, amount, now })
  try {
    await deps.database.batch([{ query: stage, expect: { changes: 1 } }, ...statements])
  } catch (error) {
    // Another click or another seat was faster: the draft has moved on, and nothing of this attempt was written.
    if (error instanceof UniqueViolation || error instanceof ExpectationFailed)
      throw new Refusal('WRONG_STAGE')
    throw error
  }
  return intent
}
