import { sql } from 'kysely'
import type { ActiveService, CheckoutDeps } from './deps'
import type { PaymentRow } from './drafts'
import { storeVerdict, verdictOfInquiry } from './settle'
import { attemptOfPayment } from './subscription-turn-open'
import { settleTurns } from './subscription-turn-settle'
import { releaseSuperseded, resolveVoid, storeExpiredHold, supersededHolds, voidAuthorization } from './void'

/** An authorization without an order is released after this time, unless it is resumed. */
export const ABANDONED_AFTER_MS = 30 * 60_000

/** 照会 of one unknown payment: asks the service's books and stores what they say. True when it is known now. */
export async function inquirePayment(
  deps: CheckoutDeps,
  active: ActiveService,
  payment: PaymentRow,
): Promise<boolean> {
  const operation = await openOperation(deps, payment.id)
  const inquiry = await active.service.inquire(payment.id)
  if (!operation) {
    const released = payment.status === 'authorized' && inquiry.kind === 'found' && inquiry.state === 'voided'
    if (released) await storeExpiredHold(deps, payment.id)
    return true
  }
  const final = deps.clock.now() - operation.started_at >= active.capabilities.maxProcessingMs
  if (operation.kind === 'void') {
    const outcome = await resolveVoid(deps, payment, operation, inquiry, final)
    return outcome !== 'pending'
  }
  const verdict = verdictOfInquiry(inquiry, final)
  if (!verdict) return false
  const turn = await attemptOfPayment(deps, payment, operation)
  const attempt = { checkoutId: payment.checkout_id, paymentId: payment.id, operationId: operation.id }
  // A turn of a 定期 has no draft that could go on: its order and its retries follow from the verdict.
  if (turn) await settleTurns(deps, [{ attempt: turn, verdict }])
  else await storeVerdict(deps, attempt, verdict)
  deps.events.emit({ type: 'payment-moved', checkoutId: payment.checkout_id })
  return true
}

async function openOperation(deps: CheckoutDeps, paymentId: string) {
  return deps.database.db
    .selectFrom('payment_operation')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .where('status', '=', 'unknown')
    .orderBy('started_at', 'desc')
    .executeTakeFirst()
}

/** Attempts younger than this are still being answered by the call that made them. */
const STILL_RUNNING_MS = 5_000

/**
 * Payments whose fate is open: unknown ones, and holds with an unanswered void; at most one operation of each is open.
 * The states stand in the statement itself, here and below: only so do the databases take the small indexes of what is
 * open instead of reading all payments.
 */
async function openPayments(deps: CheckoutDeps, service: string): Promise<PaymentRow[]> {
  return deps.database.db
    .selectFrom('payment_operation')
    .innerJoin('payment', 'payment.id', 'payment_operation.payment_id')
    .selectAll('payment')
    .where('payment_operation.status', '=', sql.lit('unknown'))
    .where('payment_operation.kind', '!=', sql.lit('inquire'))
    .where('payment.service', '=', service)
    .orderBy('payment.created_at')
    .limit(200)
    .execute()
}

/**
 * Holds that no order will use: their checkout was discarded, nobody has come back for 30 minutes, or they were only
 * there to check a card that is on file now.
 */
async function abandonedHolds(deps: CheckoutDeps, service: string): Promise<PaymentRow[]> {
  const latest = deps.clock.now() - ABANDONED_AFTER_MS
  return deps.database.db
    .selectFrom('payment')
    .innerJoin('checkout', 'checkout.id', 'payment.checkout_id')
    .selectAll('payment')
    .where('payment.service', '=', service)
    .where('payment.status', '=', sql.lit('authorized'))
    .where('payment.order_id', 'is', null)
    .where((eb) => {
      const cardIsOnFile = eb('checkout.purpose', 'in', ['card-on-file', 'subscription'])
      const open = eb('checkout.status', '!=', 'completed')
      return eb.or([
        eb('checkout.status', '=', 'discarded'),
        open.and('payment.created_at', '<', latest),
        cardIsOnFile.and('checkout.status', '=', 'completed'),
      ])
    })
    .orderBy('payment.created_at')
    .limit(200)
    .execute()
}

/** A read-back whose hold is gone goes back to the form, with everything in it. */
async function reopenForm(deps: CheckoutDeps, checkoutId: string): Promise<void> {
  await deps.database.db
    .updateTable('checkout')
    .set((eb) => ({
      status: 'editing',
      authorized_at: null,
      updated_at: deps.clock.now(),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', checkoutId)
    .where('status', '=', 'read-back')
    .execute()
}

export interface ReconcileReport {
  readonly inquired: number
  readonly resolved: number
  readonly voided: number
}

/**
 * Brings every open payment to an end: run at start and on a timer. It only asks and releases, it never
 * authorizes; running it twice, or at two seats, changes nothing more.
 */
export async function reconcile(deps: CheckoutDeps, options: { atStart: boolean }): Promise<ReconcileReport> {
  const choice = await deps.activeService()
  if (!choice.ready) return { inquired: 0, resolved: 0, voided: 0 }
  const { active } = choice
  const youngest = options.atStart ? Infinity : deps.clock.now() - STILL_RUNNING_MS
  const open = (await openPayments(deps, active.service.id)).filter((row) => row.updated_at <= youngest)
  let resolved = 0
  for (const payment of open) if (await inquirePayment(deps, active, payment)) resolved++
  let voided = 0
  for (const payment of await abandonedHolds(deps, active.service.id)) {
    if ((await voidAuthorization(deps, active, payment)) !== 'voided') continue
    voided++
    await reopenForm(deps, payment.checkout_id)
    deps.events.emit({ type: 'payment-moved', checkoutId: payment.checkout_id })
  }
  for (const payment of await supersededHolds(deps, active.service.id)) await releaseSuperseded(deps, payment)
  return { inquired: open.length, resolved, voided }
}
