import type { Failure } from '../../contract/failures'
import type { SubscriptionForm } from '../../contract/subscription-form'
import type { SubscriptionDraftView } from '../../contract/subscription-views'
import { Refusal } from '../platform/refusal'
import { checkBlacklist } from './blacklist-check'
import type { CheckoutDeps } from './deps'
import { currentPayment, loadCheckout, type CheckoutRow } from './drafts'
import { checkSubscription } from './subscription-check'
import { EMPTY_SUBSCRIPTION, openSubscriptionForm, registrantName } from './subscription-form'
import { subscriptionReadBack } from './subscription-read-back'
import { outlookOf, type Outlook } from './subscription-simulation'
import { failureOfPayment, shownCard, shownPayment } from './view'

/** The row of a registration; refuses what is none. */
export async function draftRow(deps: CheckoutDeps, checkoutId: string): Promise<CheckoutRow> {
  const row = await loadCheckout(deps, checkoutId)
  if (row.purpose !== 'subscription') throw new Refusal('NOT_FOUND')
  return row
}

/**
 * The form of a registration; one that cannot be opened here is shown empty, and is never written over. A customer who
 * was merged since it was typed is the one who stays: the draft's row has gone along.
 */
export function formIn(deps: CheckoutDeps, row: CheckoutRow): SubscriptionForm {
  const form = openSubscriptionForm(deps, row) ?? EMPTY_SUBSCRIPTION
  return form.customerId === null ? form : { ...form, customerId: row.customer_id ?? form.customerId }
}

async function partsOf({ database, clock }: CheckoutDeps, row: CheckoutRow, form: SubscriptionForm) {
  const { db } = database
  const [customerName, card, subscription] = await Promise.all([
    registrantName(database, form),
    form.payment.cardId === null
      ? undefined
      : db
          .selectFrom('card')
          .selectAll()
          .where('id', '=', form.payment.cardId)
          .where('removed_at', 'is', null)
          .executeTakeFirst(),
    row.status !== 'completed'
      ? undefined
      : db
          .selectFrom('subscription')
          .select(['id', 'number'])
          .where('checkout_id', '=', row.id)
          .executeTakeFirst(),
  ])
  return {
    customerName,
    card: card ? shownCard(card, clock.now()) : null,
    subscription: subscription ?? null,
  }
}

/** The whole of a registration as one screen sees it. */
export async function subscriptionDraft(
  deps: CheckoutDeps,
  checkoutId: string,
  failure?: Failure | null,
  known?: Outlook,
): Promise<SubscriptionDraftView> {
  const [row, payment] = await Promise.all([draftRow(deps, checkoutId), currentPayment(deps, checkoutId)])
  const form = formIn(deps, row)
  const [parts, outlook, checked, said] = await Promise.all([
    partsOf(deps, row, form),
    known ?? outlookOf(deps, form),
    row.status === 'read-back' ? checkSubscription(deps, row, form) : null,
    failure ?? failureOfPayment(deps, row, payment),
  ])
  const ok = checked && 'ok' in checked ? checked.ok : null
  const listed = ok?.due === true ? await checkBlacklist(deps, ok.order) : null
  return {
    checkoutId,
    version: row.version,
    stage: row.status,
    form,
    heldUntil: row.held_until,
    updatedAt: row.updated_at,
    ...outlook,
    ...parts,
    payment: payment ? shownPayment(payment) : null,
    failure: said,
    readBack: ok && subscriptionReadBack(ok),
    review: listed?.kind === 'hold',
  }
}
