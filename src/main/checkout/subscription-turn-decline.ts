import { sql } from 'kysely'
import type { CustomerMailKind } from '../../contract/customer-mails'
import type { AttentionReason } from '../../contract/subscription-run-views'
import { businessDate } from '../domain/calendar/tokyo'
import { afterDecline } from '../domain/subscriptions/retry'
import type { Statement } from '../db/open-database'
import type { CheckoutDeps } from './deps'
import type { Verdict } from './settle'
import { stockStatements } from './stock'
import { queueTurnMail } from './subscription-mail'
import type { TurnAttempt } from './subscription-turn-authorize'

/** What a refusal makes of its turn. */
export interface TurnDecline {
  readonly status: 'auth-failed' | 'failed'
  readonly retryOn: string | null
  readonly attention: AttentionReason | null
  /** The mail to the customer; 最終処理 of the shop: the order, its stock, the contract. */
  readonly statements: readonly Statement[]
}

/**
 * Business date of the first try of a turn that was refused, this one or one before. It is the day on which it was tried:
 * when an answer was lost and the refusal comes to light a day later, the shop's days do not move for that.
 */
async function firstDeclinedOn(
  { database: { db } }: CheckoutDeps,
  { checkoutId, begunAt }: TurnAttempt,
): Promise<string> {
  const row = await db
    .selectFrom('payment')
    .select((eb) => eb.fn.min<number | null>('created_at').as('at'))
    .where('checkout_id', '=', checkoutId)
    .where('status', '=', 'failed')
    .where('code', 'is not', null)
    .executeTakeFirst()
  return businessDate(Number(row?.at ?? begunAt))
}

/** Decides by the shop's rule: another try on a day, a person, or the final action. */
export async function declinedTurn(
  deps: CheckoutDeps,
  attempt: TurnAttempt,
  verdict: Verdict,
  today: string,
): Promise<TurnDecline> {
  const [settings, first] = await Promise.all([deps.subscriptionSettings(), firstDeclinedOn(deps, attempt)])
  const after = afterDecline(
    {
      code: verdict.code ?? '',
      rawCode: verdict.rawCode ?? '',
      cardExpiry: attempt.cardExpiry,
      tries: attempt.tries + 1,
      firstDeclinedOn: first,
      today,
      nextGenerateOn: attempt.nextGenerateOn,
    },
    settings.retryDays,
  )
  const mail = (kind: CustomerMailKind) => queueTurnMail(deps, kind, attempt)
  switch (after.kind) {
    case 'retry':
      return {
        status: 'auth-failed',
        retryOn: after.on,
        attention: null,
        statements: [mail('payment-declined')],
      }
    case 'attention':
      return {
        status: 'auth-failed',
        retryOn: null,
        attention: after.why,
        statements: [mail('card-trouble')],
      }
    case 'final':
      return {
        status: 'failed',
        retryOn: null,
        attention: 'given-up',
        statements: [
          ...(await finalStatements(deps, attempt, settings.afterLastRetry)),
          mail('turn-given-up'),
        ],
      }
  }
}

/** The turn is 不成立: its order is cancelled and the goods go back; the contract goes on, stops, or ends. */
async function finalStatements(
  deps: CheckoutDeps,
  { orderId, subscriptionId }: TurnAttempt,
  action: 'skip' | 'pause' | 'cancel',
): Promise<Statement[]> {
  const now = deps.clock.now()
  return [
    ...(await cancelOrder(deps, orderId, now)),
    ...(action === 'skip' ? [] : [contractStatement(deps, subscriptionId, action, now)]),
  ]
}

/** Cancels the order of a turn that nobody pays; the goods go back. */
export async function cancelOrder(deps: CheckoutDeps, orderId: string, now: number): Promise<Statement[]> {
  const order = deps.database.db
    .updateTable('sales_order')
    .set((eb) => ({ status: 'cancelled', updated_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', orderId)
    .where('status', 'in', ['waiting-payment', 'waiting-check', 'new'])
  return [{ query: order.compile() }, ...(await stockBack(deps, orderId))]
}

/** Gives back what the order has taken, unless somebody has cancelled it before. */
async function stockBack(deps: CheckoutDeps, orderId: string): Promise<Statement[]> {
  const { db } = deps.database
  const lines = await db
    .selectFrom('order_line')
    .innerJoin('sales_order', 'sales_order.id', 'order_line.order_id')
    .innerJoin('product', 'product.id', 'order_line.product_id')
    .select(['product.id', 'order_line.quantity'])
    .where('order_id', '=', orderId)
    .where('sales_order.status', '!=', 'cancelled')
    .where('product.stock', 'is not', null)
    .execute()
  const before = lines.map(({ id, quantity }) => ({ productId: id, quantity }))
  return stockStatements(deps, { lines: [] }, before)
}

function contractStatement(
  { database: { db } }: CheckoutDeps,
  id: string,
  action: 'pause' | 'cancel',
  now: number,
): Statement {
  const none = { next_ship_on: null, next_deliver_on: null, next_generate_on: null, change_until: null }
  const ended =
    action === 'pause'
      ? { status: 'payment-stopped' as const }
      : { status: 'cancelled' as const, cancelled_at: now, cancel_reason: 'payment', cancel_note: null }
  const query = db
    .updateTable('subscription')
    .set({ ...ended, ...none, updated_at: now, version: sql`version + 1` })
    .where('id', '=', id)
    .where('status', '=', 'active')
  return { query: query.compile() }
}
