import type { CheckoutForm, UnfinishedCheckout } from '../../contract/checkout'
import { yen } from '../../contract/values'
import type { CheckoutDeps } from './deps'
import { currentPayment, isLive, openForm, type CheckoutRow } from './drafts'
import { ABANDONED_AFTER_MS } from './reconcile'
import { isEmptyRegistration, openSubscriptionForm, registrantName } from './subscription-form'
import { shownPayment, viewOf } from './view'

/** Drafts that hold nothing yet are not worth offering. */
const isEmpty = (form: CheckoutForm): boolean =>
  form.customer.kind === 'none' && form.customer.phone === '' && form.lines.length === 0

/** Whether something was entered into a draft that this seat can read. */
function isEntered(deps: CheckoutDeps, row: CheckoutRow): boolean {
  if (row.purpose === 'subscription') {
    const form = openSubscriptionForm(deps, row)
    return form !== null && !isEmptyRegistration(form)
  }
  const form = openForm(deps, row)
  return form !== null && !isEmpty(form)
}

async function nameOf(deps: CheckoutDeps, row: CheckoutRow): Promise<string | null> {
  if (row.purpose !== 'subscription') return (await viewOf(deps, row.id)).customerName
  const form = openSubscriptionForm(deps, row)
  return form && registrantName(deps.database, form)
}

/** Drafts and authorizations without an order, newest first: offered for resume at the start and on ホーム. */
export async function unfinishedCheckouts(deps: CheckoutDeps): Promise<UnfinishedCheckout[]> {
  const rows = await deps.database.db
    .selectFrom('checkout')
    .innerJoin('staff_user', 'staff_user.id', 'checkout.operator_id')
    .selectAll('checkout')
    .select('staff_user.name as operator_name')
    .where('checkout.status', 'in', ['editing', 'authorizing', 'read-back'])
    .orderBy('checkout.updated_at', 'desc')
    .limit(50)
    .execute()
  const shown: UnfinishedCheckout[] = []
  for (const row of rows) {
    const payment = await currentPayment(deps, row.id)
    if (!payment && !isEntered(deps, row)) continue
    if (row.purpose === 'card-on-file' && !(payment && isLive(payment))) continue
    const customerName = await nameOf(deps, row)
    const holding = payment?.status === 'authorized' ? payment : null
    shown.push({
      checkoutId: row.id,
      purpose: row.purpose,
      customerId: row.customer_id,
      heldUntil: row.held_until,
      stage: row.status,
      customerName,
      amount: yen(row.amount ?? 0),
      payment: payment ? shownPayment(payment) : null,
      operatorName: row.operator_name,
      updatedAt: row.updated_at,
      voidsAt: holding ? holding.created_at + ABANDONED_AFTER_MS : null,
    })
  }
  return shown
}
