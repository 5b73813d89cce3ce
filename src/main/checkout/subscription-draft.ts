import { ONE_TIME } from '../../contract/payment-plan'
import type { SubscriptionForm } from '../../contract/subscription-form'
import type { SubscriptionDraftView } from '../../contract/subscription-views'
import { newId } from '../platform/ids'
import { Refusal } from '../platform/refusal'
import { amountOfCheck } from './card-on-file'
import { isCardBlocked } from './card-block'
import { authorizeCard, discard, moveStage, releaseFirst, staleOr } from './checkout.service'
import type { Actor, CheckoutDeps } from './deps'
import { currentPayment, expectStage, loadCheckout, type PaymentRow } from './drafts'
import { failureOf } from './failures'
import { checkSubscription, type CheckedSubscription } from './subscription-check'
import { makeContract } from './subscription-contract'
import { draftRow, formIn, subscriptionDraft } from './subscription-draft-view'
import { EMPTY_SUBSCRIPTION, openSubscriptionForm, SUBSCRIPTION_FORM_VERSION } from './subscription-form'
import { subscriptionReadBack } from './subscription-read-back'
import { outlookOf } from './subscription-simulation'
import { voidAuthorization } from './void'

/** Opens the registration of a 定期, for a customer who is known already or for one who is chosen later. */
export async function openSubscriptionDraft(
  deps: CheckoutDeps,
  actor: Actor,
  customerId: string | null,
): Promise<SubscriptionDraftView> {
  const { db } = deps.database
  if (customerId !== null) {
    const customer = await db
      .selectFrom('customer')
      .select('id')
      .where('id', '=', customerId)
      .where('status', '=', 'active')
      .executeTakeFirst()
    if (!customer) throw new Refusal('NOT_FOUND')
  }
  const now = deps.clock.now()
  const id = newId()
  await db
    .insertInto('checkout')
    .values({
      id,
      kind: 'order',
      purpose: 'subscription',
      status: 'editing',
      form: deps.box.seal(JSON.stringify({ ...EMPTY_SUBSCRIPTION, customerId })),
      form_version: SUBSCRIPTION_FORM_VERSION,
      order_number: null,
      operator_id: actor.userId,
      seat: actor.seat,
      customer_id: customerId,
      amount: null,
      authorized_at: null,
      created_at: now,
      updated_at: now,
      version: 1,
    })
    .execute()
  return subscriptionDraft(deps, id)
}

/** Keeps the form as typed. */
export async function saveSubscriptionDraft(
  deps: CheckoutDeps,
  wish: { readonly checkoutId: string; readonly version: number; readonly form: SubscriptionForm },
): Promise<SubscriptionDraftView> {
  const row = await draftRow(deps, wish.checkoutId)
  expectStage(row, wish.version, 'editing')
  if (openSubscriptionForm(deps, row) === null) throw new Refusal('OTHER_SEAT')
  const { customerId } = wish.form
  const { db } = deps.database
  const [outlook, known] = await Promise.all([
    outlookOf(deps, wish.form),
    customerId === null
      ? undefined
      : db.selectFrom('customer').select('id').where('id', '=', customerId).executeTakeFirst(),
  ])
  const saved = await db
    .updateTable('checkout')
    .set({
      form: deps.box.seal(JSON.stringify(wish.form)),
      form_version: SUBSCRIPTION_FORM_VERSION,
      customer_id: known?.id ?? null,
      amount: outlook.quote.total,
      updated_at: deps.clock.now(),
      version: row.version + 1,
    })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .where('status', '=', 'editing')
    .executeTakeFirst()
  if (Number(saved.numUpdatedRows) !== 1)
    throw new Refusal('STALE', { version: (await loadCheckout(deps, row.id)).version })
  return subscriptionDraft(deps, row.id, null, outlook)
}

/** What the card is asked for: a first turn that is due, else nothing but whether it is good. */
async function amountFor(deps: CheckoutDeps, { due, quote }: CheckedSubscription): Promise<number> {
  if (due && quote.total > 0) return quote.total
  const choice = await deps.activeService()
  return choice.ready ? amountOfCheck(choice.active) : 0
}

const holds = (payment: PaymentRow, checked: CheckedSubscription, amount: number): boolean =>
  payment.status === 'authorized' && payment.card_id === checked.order.card?.id && payment.amount === amount

/** 確認画面に進む: a card is authorized for a first turn that is due, else checked without money. */
export async function proceedSubscription(
  deps: CheckoutDeps,
  actor: Actor,
  wish: { readonly checkoutId: string; readonly version: number },
): Promise<SubscriptionDraftView> {
  const [row, live] = await Promise.all([
    draftRow(deps, wish.checkoutId),
    currentPayment(deps, wish.checkoutId),
  ])
  expectStage(row, wish.version, 'editing')
  const result = await checkSubscription(deps, row, formIn(deps, row))
  if ('faults' in result) throw new Refusal('INVALID_FORM', { fields: result.faults })
  const { ok: checked } = result
  if (live?.status === 'unknown') return subscriptionDraft(deps, row.id, failureOf('result-unknown'))
  const amount = await amountFor(deps, checked)
  const { card } = checked.order
  if (live?.status === 'authorized') {
    if (card && holds(live, checked, amount)) {
      await moveStage(deps, row, 'read-back')
      return subscriptionDraft(deps, row.id)
    }
    const failure = await releaseFirst(deps, live)
    if (failure) return subscriptionDraft(deps, row.id, failure)
  }
  if (!card) {
    await moveStage(deps, row, 'read-back')
    return subscriptionDraft(deps, row.id)
  }
  const blocked = await isCardBlocked(deps, row)
  const { failure } = await authorizeCard(deps, { row, card, plan: ONE_TIME, amount, actor, blocked })
  return subscriptionDraft(deps, row.id, failure)
}

/** 戻る: the form again. The hold is kept for an unchanged form, or released. */
export async function backToSubscription(
  deps: CheckoutDeps,
  wish: {
    readonly checkoutId: string
    readonly version: number
    readonly authorization: 'keep' | 'void'
  },
): Promise<SubscriptionDraftView> {
  const row = await draftRow(deps, wish.checkoutId)
  expectStage(row, wish.version, 'read-back')
  await moveStage(deps, row, 'editing')
  const payment = await currentPayment(deps, row.id)
  if (wish.authorization === 'keep' || payment?.status !== 'authorized')
    return subscriptionDraft(deps, row.id)
  return subscriptionDraft(deps, row.id, await releaseFirst(deps, payment))
}

/** 確定: makes the contract that was read aloud. A repeat shows the contract that the first call made. */
export async function confirmSubscription(
  deps: CheckoutDeps,
  actor: Actor,
  wish: { readonly checkoutId: string; readonly version: number; readonly mark: string },
): Promise<SubscriptionDraftView> {
  const [row, payment] = await Promise.all([
    draftRow(deps, wish.checkoutId),
    currentPayment(deps, wish.checkoutId),
  ])
  if (row.status === 'completed') return subscriptionDraft(deps, row.id)
  expectStage(row, wish.version, 'read-back')
  const result = await checkSubscription(deps, row, formIn(deps, row))
  const checked = 'ok' in result ? result.ok : null
  const readBack = checked && subscriptionReadBack(checked)
  const held = payment?.status === 'authorized' ? payment : null
  const paid =
    checked !== null &&
    (checked.order.card === null
      ? held === null
      : held !== null && holds(held, checked, await amountFor(deps, checked)))
  if (!checked || !readBack || readBack.mark !== wish.mark || !paid) {
    await moveStage(deps, row, 'editing')
    return subscriptionDraft(deps, row.id, failureOf('order-changed'))
  }
  try {
    const made = await makeContract(deps, { row, checked, readBack, payment: held, actor })
    deps.onStep?.('order-stored', row.id)
    if (made.orderId !== null) await tellOrder(deps, made.orderId)
  } catch (error) {
    const now = await loadCheckout(deps, row.id)
    if (now.status !== 'completed') throw staleOr(error, now.version, row.version)
  }
  if (held) await releaseCheck(deps, held)
  return subscriptionDraft(deps, row.id)
}

async function tellOrder(deps: CheckoutDeps, orderId: string): Promise<void> {
  const { number } = await deps.database.db
    .selectFrom('sales_order')
    .select('number')
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow()
  deps.events.emit({ type: 'order-made', orderId, orderNumber: number })
}

/** A check of the card is released at once; the timer does it when the service cannot be reached now. */
async function releaseCheck(deps: CheckoutDeps, held: PaymentRow): Promise<void> {
  const choice = await deps.activeService()
  const current = await currentPayment(deps, held.checkout_id)
  if (choice.ready && choice.active.service.id === held.service && current?.order_id === null)
    await voidAuthorization(deps, choice.active, current)
}

/** 破棄 */
export async function discardSubscription(
  deps: CheckoutDeps,
  wish: { readonly checkoutId: string; readonly version: number },
): Promise<SubscriptionDraftView> {
  await draftRow(deps, wish.checkoutId)
  await discard(deps, wish.checkoutId, wish.version)
  return subscriptionDraft(deps, wish.checkoutId)
}
