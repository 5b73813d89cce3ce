import type { CheckoutForm, CheckoutView } from '../../contract/checkout'
import type { Failure } from '../../contract/failures'
import type { Statement } from '../db/open-database'
import { Refusal } from '../platform/refusal'
import { authorize, type Attempt } from './3-authorization'
import { makeOrder } from './4-order'
import { blacklistBasis, checkBlacklist } from './blacklist-check'
import { isCardBlocked } from './card-block'
import { EMPTY_FORM, type Actor, type CheckoutDeps } from './deps'
import { answersFor } from './discount'
import {
  currentPayment,
  expectStage,
  loadCheckout,
  newDraft,
  openForm,
  readForm,
  saveDraft,
  standingHold,
  warmForm,
  type CheckoutRow,
  type PaymentRow,
} from './drafts'
import { declineOf, failureOf } from './failures'
import { checkForm, type CheckedForm } from './form-check'
import { changeOrder } from './order-change'
import { samePlan } from './plan'
import { quoteOf } from './pricing'
import { readBackOf } from './read-back'
import { inquirePayment } from './reconcile'
import type { StoredVerdict } from './settle'
import { draftParts, viewOf, viewOfDraft } from './view'
import { releaseSuperseded, voidAuthorization } from './void'

/** Opens an empty draft and shows it. `beside`: what is stored in the same commit. */
export async function openCheckout(
  deps: CheckoutDeps,
  actor: Actor,
  beside: (checkoutId: string) => Statement[] = () => [],
): Promise<CheckoutView> {
  const { row, statement } = newDraft(deps, actor)
  const rows = { row, payment: null, form: EMPTY_FORM }
  const [quote] = await Promise.all([
    quoteOf(deps, EMPTY_FORM, row),
    deps.database.batch([statement, ...beside(row.id)]),
  ])
  return viewOfDraft(deps, rows, (await draftParts(deps, rows, quote)).parts)
}

/** Keeps the form as typed and answers with its totals. `mayDiscount`: the person who saves, when they may give one. */
export async function saveCheckout(
  deps: CheckoutDeps,
  checkoutId: string,
  version: number,
  form: CheckoutForm,
  mayDiscount: string | null = null,
): Promise<CheckoutView> {
  // What is asked does not depend on the draft's own rows, when this seat kept it last: side by side with them.
  const warm = warmForm(deps, checkoutId, version)
  const early = warm && quoteOf(deps, form, warm.draft)
  early?.catch(() => undefined)
  const [row, payment] = await Promise.all([loadCheckout(deps, checkoutId), currentPayment(deps, checkoutId)])
  expectStage(row, version, 'editing')
  const before = warm?.form ?? openForm(deps, row)
  if (!before) throw new Refusal('OTHER_SEAT')
  const discountBy = answersFor(row, { before, after: form }, mayDiscount)
  const quote = await (early ?? quoteOf(deps, form, row))
  const [kept, { parts, form: followed }] = await Promise.all([
    saveDraft(deps, row, form, { amount: quote.total, discountBy }),
    draftParts(deps, { row, payment, form }, quote),
  ])
  // The customer has been merged into another meanwhile: everything is asked anew for that one.
  if (followed !== form) return viewOf(deps, checkoutId)
  return viewOfDraft(deps, { row: kept, payment, form }, parts)
}

/** 確認画面に進む: check, authorize when a card pays, and open the read-back. */
export async function proceed(
  deps: CheckoutDeps,
  actor: Actor,
  checkoutId: string,
  version: number,
): Promise<CheckoutView> {
  deps.onStep?.('proceed-received', checkoutId)
  const warm = warmForm(deps, checkoutId, version)
  // Asked beside the draft's own rows. When these refuse, nobody looks at what came of it.
  const early = warm && assessPaying(deps, warm.draft, warm.form)
  early?.catch(() => undefined)
  const [row, live] = await Promise.all([loadCheckout(deps, checkoutId), currentPayment(deps, checkoutId)])
  expectStage(row, version, 'editing')
  const form = warm?.form ?? readForm(deps, row)
  const [[quote, checked, standing], blocked, basis] = await (early ?? assessPaying(deps, row, form))
  if ('faults' in checked) throw new Refusal('INVALID_FORM', { fields: checked.faults })
  if (live?.status === 'unknown') return viewOf(deps, checkoutId, failureOf('result-unknown'))
  const enough = standing !== null && holds(standing, checked.ok, quote.total)
  if (live?.status === 'authorized') {
    if (!enough && holds(live, checked.ok, quote.total)) return openReadBack(deps, row)
    const failure = await releaseFirst(deps, live)
    if (failure) return viewOf(deps, checkoutId, failure)
  }
  if (!checked.ok.card || enough) return openReadBack(deps, row)
  const { card, plan } = checked.ok
  const listing = whileAsked(() => checkBlacklist(deps, checked.ok, basis))
  const paying = { row, card, plan, amount: quote.total, actor, blocked, meanwhile: listing.begin }
  const { failure, stored } = await authorizeCard(deps, paying)
  const known = { form, quote, checked: checked.ok, listed: await listing.result(), stored }
  return viewOf(deps, checkoutId, failure ?? undefined, known)
}

/** Work that waits until the request has been written to the service, and is then done while the service answers. */
function whileAsked<T>(work: () => Promise<T>): { begin(): void; result(): Promise<T> } {
  let running: Promise<T> | null = null
  const run = () => (running ??= work())
  return {
    begin: () => void setImmediate(() => run().catch(() => undefined)),
    result: run,
  }
}

/** What a form comes to, whether it is whole, and what its order stands on already: asked side by side. */
function assess(deps: CheckoutDeps, draft: Pick<CheckoutRow, 'id' | 'order_id'>, form: CheckoutForm) {
  const quoting = quoteOf(deps, form, draft)
  return Promise.all([quoting, checkForm(deps, draft, form, quoting), standingOf(deps, draft)])
}

/**
 * The same for a form that is about to be paid: with whether this customer may pay by card at all, and what the
 * blacklist is asked by.
 */
function assessPaying(deps: CheckoutDeps, draft: Pick<CheckoutRow, 'id' | 'order_id'>, form: CheckoutForm) {
  const customer_id = form.customer.kind === 'existing' ? form.customer.customerId : null
  return Promise.all([
    assess(deps, draft, form),
    isCardBlocked(deps, { id: draft.id, customer_id }),
    blacklistBasis(deps, customer_id),
  ])
}

/** True when the hold that stands is for this very card, amount and 支払区分: then it is used again. */
const holds = (payment: PaymentRow, form: CheckedForm, total: number): boolean =>
  form.card !== null &&
  payment.card_id === form.card.id &&
  payment.amount === total &&
  samePlan(payment, form.plan)

/** The hold of the order that is being changed. It stays until the changed order stands. */
const standingOf = async (
  deps: CheckoutDeps,
  row: Pick<CheckoutRow, 'order_id'>,
): Promise<PaymentRow | null> => (row.order_id === null ? null : standingHold(deps, row.order_id))

/** No second 与信 before the first is known to be gone. */
export async function releaseFirst(deps: CheckoutDeps, live: PaymentRow): Promise<Failure | null> {
  const choice = await deps.activeService()
  if (!choice.ready) return failureOf(choice.cause)
  if (choice.active.service.id !== live.service) return failureOf('card-of-other-service')
  const outcome = await voidAuthorization(deps, choice.active, live)
  return outcome === 'voided' ? null : failureOf('void-pending')
}

/** Yen that a card payment of the desk may be at most; more is a slip of the hand, and is not sent. */
const LARGEST_AMOUNT = 99_999_999

export async function authorizeCard(
  deps: CheckoutDeps,
  paying: Omit<Attempt, 'active'> & { /** `isCardBlocked` */ readonly blocked: boolean },
): Promise<{ failure: Failure | null; stored: StoredVerdict | null }> {
  const { card, amount, blocked } = paying
  const unasked = (failure: Failure) => ({ failure, stored: null })
  const choice = await deps.activeService()
  if (!choice.ready) return unasked(failureOf(choice.cause))
  const { active } = choice
  if (card.service !== active.service.id) return unasked(failureOf('card-of-other-service'))
  if (blocked) return unasked(failureOf('card-blocked'))
  if (amount > LARGEST_AMOUNT) return unasked(declineOf('208'))
  const { answer, stored } = await authorize(deps, { ...paying, active })
  switch (answer.kind) {
    case 'approved':
      return { failure: null, stored }
    case 'declined':
      return { failure: declineOf(answer.code), stored }
    case 'trouble':
      return { failure: failureOf(answer.sent ? 'result-unknown' : `service-${answer.cause}`), stored }
  }
}

export async function moveStage(
  deps: CheckoutDeps,
  row: CheckoutRow,
  to: CheckoutRow['status'],
): Promise<void> {
  const moved = await deps.database.db
    .updateTable('checkout')
    .set({ status: to, updated_at: deps.clock.now(), version: row.version + 1 })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirst()
  if (Number(moved.numUpdatedRows) !== 1) {
    const current = await loadCheckout(deps, row.id)
    throw new Refusal('STALE', { version: current.version })
  }
}

async function openReadBack(deps: CheckoutDeps, row: CheckoutRow): Promise<CheckoutView> {
  await moveStage(deps, row, 'read-back')
  return viewOf(deps, row.id)
}

/** 照会: asks the service what became of the open payment, now. */
export async function inquire(deps: CheckoutDeps, checkoutId: string): Promise<CheckoutView> {
  const payment = await currentPayment(deps, checkoutId)
  if (!payment) return viewOf(deps, checkoutId)
  const choice = await deps.activeService()
  if (!choice.ready) return viewOf(deps, checkoutId, failureOf(choice.cause))
  if (choice.active.service.id !== payment.service) {
    return viewOf(deps, checkoutId, failureOf('card-of-other-service'))
  }
  await inquirePayment(deps, choice.active, payment)
  return viewOf(deps, checkoutId)
}

/** 戻る: the form again. The hold is kept for an unchanged order, or released. */
export async function back(
  deps: CheckoutDeps,
  checkoutId: string,
  version: number,
  authorization: 'keep' | 'void',
): Promise<CheckoutView> {
  const row = await loadCheckout(deps, checkoutId)
  expectStage(row, version, 'read-back')
  await moveStage(deps, row, 'editing')
  const payment = await currentPayment(deps, checkoutId)
  if (authorization === 'keep' || payment?.status !== 'authorized') return viewOf(deps, checkoutId)
  return viewOf(deps, checkoutId, (await releaseFirst(deps, payment)) ?? undefined)
}

/** 確定: makes the order that was read aloud. A repeat shows the order that the first call made. */
export async function confirm(
  deps: CheckoutDeps,
  actor: Actor,
  checkoutId: string,
  version: number,
): Promise<CheckoutView> {
  const row = await loadCheckout(deps, checkoutId)
  if (row.status === 'completed') return viewOf(deps, checkoutId)
  expectStage(row, version, 'read-back')
  const form = readForm(deps, row)
  const [[quote, checked, standing], payment] = await Promise.all([
    assess(deps, row, form),
    currentPayment(deps, checkoutId),
  ])
  const held = payment?.status === 'authorized' ? payment : null
  const paying = held ?? standing
  const sound =
    'ok' in checked &&
    (checked.ok.card === null ? held === null : paying !== null && holds(paying, checked.ok, quote.total))
  if (!sound) {
    await moveStage(deps, row, 'editing')
    return viewOf(deps, checkoutId, failureOf('order-changed'))
  }
  const readBack = readBackOf(checked.ok, quote)
  const listed = await checkBlacklist(deps, checked.ok)
  try {
    const making = { row, form: checked.ok, quote, readBack, payment: held, listed, actor }
    const order = await (row.order_id === null
      ? makeOrder(deps, making)
      : changeOrder(deps, { ...making, orderId: row.order_id }))
    deps.events.emit({ type: 'order-made', orderId: order.id, orderNumber: order.number })
  } catch (error) {
    const now = await loadCheckout(deps, checkoutId)
    if (now.status !== 'completed') throw staleOr(error, now.version, row.version)
  }
  if (standing) await releaseSuperseded(deps, standing)
  return viewOf(deps, checkoutId)
}

export const staleOr = (error: unknown, now: number, seen: number): unknown =>
  error instanceof Error && error.name === 'ExpectationFailed' && now !== seen
    ? new Refusal('STALE', { version: now })
    : error

/** 破棄: closes the draft at once; its hold is released now, or by the timer when the service cannot be reached. */
export async function discard(
  deps: CheckoutDeps,
  checkoutId: string,
  version: number,
): Promise<CheckoutView> {
  const row = await loadCheckout(deps, checkoutId)
  expectStage(row, version, 'editing', 'read-back', 'authorizing')
  await moveStage(deps, row, 'discarded')
  const payment = await currentPayment(deps, checkoutId)
  if (payment?.status !== 'authorized') return viewOf(deps, checkoutId)
  const choice = await deps.activeService()
  if (choice.ready && choice.active.service.id === payment.service) {
    await voidAuthorization(deps, choice.active, payment)
  }
  return viewOf(deps, checkoutId)
}
