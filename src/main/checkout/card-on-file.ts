import type { CheckoutView } from '../../contract/checkout'
import { ONE_TIME } from '../../contract/payment-plan'
import { prepared } from '../db/prepared'
import { newId } from '../platform/ids'
import { Refusal } from '../platform/refusal'
import { authorize } from './3-authorization'
import { isCardBlocked } from './card-block'
import { EMPTY_FORM, type ActiveService, type Actor, type CheckoutDeps } from './deps'
import { FORM_VERSION } from './stored-form'
import { currentPayment, expectStage, loadCheckout, type CheckoutRow, type PaymentRow } from './drafts'
import { declineOf, failureOf } from './failures'
import { subscriptionEvent } from './subscription-event'
import { viewOf } from './view'
import { voidAuthorization } from './void'

/** Opens the registration of a card for a customer's file. */
export async function beginCardOnFile(
  deps: CheckoutDeps,
  actor: Actor,
  wish: { customerId: string; replacesCardId: string | null },
): Promise<CheckoutView> {
  const { db } = deps.database
  const customer = await db
    .selectFrom('customer')
    .select('id')
    .where('id', '=', wish.customerId)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (!customer) throw new Refusal('NOT_FOUND')
  if (wish.replacesCardId !== null) await expectOnFile(deps, wish.customerId, wish.replacesCardId)
  const now = deps.clock.now()
  const id = newId()
  const form = { ...EMPTY_FORM, customer: { kind: 'existing', customerId: wish.customerId } }
  await db
    .insertInto('checkout')
    .values({
      id,
      kind: 'order',
      purpose: 'card-on-file',
      replaces_card_id: wish.replacesCardId,
      status: 'editing',
      form: deps.box.seal(JSON.stringify(form)),
      form_version: FORM_VERSION,
      order_number: null,
      operator_id: actor.userId,
      seat: actor.seat,
      customer_id: wish.customerId,
      amount: null,
      authorized_at: null,
      created_at: now,
      updated_at: now,
      version: 1,
    })
    .execute()
  return viewOf(deps, id)
}

async function expectOnFile(deps: CheckoutDeps, customerId: string, cardId: string): Promise<void> {
  const card = await deps.database.db
    .selectFrom('card')
    .select('id')
    .where('id', '=', cardId)
    .where('customer_id', '=', customerId)
    .where('on_file', '=', 1)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!card) throw new Refusal('NOT_FOUND')
}

/** Yen of a check: nothing where the service can check a card without money, else 1 yen that is voided at once. */
export const amountOfCheck = (active: ActiveService): number => (active.capabilities.zeroAmountCheck ? 0 : 1)

/**
 * Checks the keyed card by an authorization like any other and puts it on file. A repeat after a lost answer or a
 * crash goes on where it stopped: a check that stands is not made again.
 */
export async function registerCard(
  deps: CheckoutDeps,
  actor: Actor,
  wish: { checkoutId: string; version: number; cardId: string },
): Promise<CheckoutView> {
  const [row, live] = await Promise.all([
    loadCheckout(deps, wish.checkoutId),
    currentPayment(deps, wish.checkoutId),
  ])
  if (row.purpose !== 'card-on-file') throw new Refusal('WRONG_STAGE')
  if (row.status === 'completed') return viewOf(deps, row.id)
  if (live?.status === 'unknown') return viewOf(deps, row.id, failureOf('result-unknown'))
  const choice = await deps.activeService()
  if (!choice.ready) return viewOf(deps, row.id, failureOf(choice.cause))
  if (live?.status === 'authorized') return finish(deps, choice.active, row, live)
  expectStage(row, wish.version, 'editing')
  const card = await deps.database.db
    .selectFrom('card')
    .selectAll()
    .where('id', '=', wish.cardId)
    .where('checkout_id', '=', row.id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!card) throw new Refusal('NOT_FOUND')
  if (card.service !== choice.active.service.id) {
    return viewOf(deps, row.id, failureOf('card-of-other-service'))
  }
  if (await isCardBlocked(deps, row)) return viewOf(deps, row.id, failureOf('card-blocked'))
  const amount = amountOfCheck(choice.active)
  const { active } = choice
  const { answer } = await authorize(deps, { row, card, amount, plan: ONE_TIME, active, actor })
  switch (answer.kind) {
    case 'declined':
      return viewOf(deps, row.id, declineOf(answer.code))
    case 'trouble':
      return viewOf(deps, row.id, failureOf(answer.sent ? 'result-unknown' : `service-${answer.cause}`))
    case 'approved':
      break
  }
  const [checked, payment] = await Promise.all([loadCheckout(deps, row.id), currentPayment(deps, row.id)])
  if (payment?.status !== 'authorized') return viewOf(deps, row.id)
  return finish(deps, choice.active, checked, payment)
}

/** The card goes on file and the one that it replaces comes off, in one transaction; then the 1 yen is released. */
async function finish(
  deps: CheckoutDeps,
  active: ActiveService,
  row: CheckoutRow,
  payment: PaymentRow,
): Promise<CheckoutView> {
  const { db } = deps.database
  const now = deps.clock.now()
  const close = db
    .updateTable('checkout')
    .set((eb) => ({ status: 'completed', updated_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', row.id)
    .where('status', '=', 'read-back')
  const keep = db
    .updateTable('card')
    .set((eb) => ({ on_file: 1, customer_id: row.customer_id, version: eb('version', '+', 1) }))
    .where('id', '=', payment.card_id ?? '')
  const replace = db
    .updateTable('card')
    .set((eb) => ({ on_file: 0, removed_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', row.replaces_card_id ?? '')
    .where('removed_at', 'is', null)
  const contracts = await contractsOfCard(deps, row.replaces_card_id, payment.card_id)
  deps.onStep?.('card-checked', row.id)
  await deps.database.batch([
    { query: close.compile(), expect: { changes: 1 } },
    { query: keep.compile(), expect: { changes: 1 } },
    ...(row.replaces_card_id === null ? [] : [{ query: replace.compile() }]),
    ...contracts.map((id) => ({
      query: takeCard(db, { id, cardId: payment.card_id, firstId: payment.service_transaction_id, now }),
    })),
    ...contracts.map((id) => cardReplaced(deps, id, row.operator_id, now)),
  ])
  deps.onStep?.('card-stored', row.id)
  await voidAuthorization(deps, active, payment)
  return viewOf(deps, row.id)
}

/** The check of the new card, made with the customer on the phone, is the first of its series of charges. */
const takeCard = prepared<'id' | 'cardId' | 'firstId' | 'now'>((db, slot) =>
  db
    .updateTable('subscription')
    .set((eb) => ({
      card_id: slot('cardId'),
      first_transaction_id: slot('firstId'),
      updated_at: slot('now'),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', slot('id')),
)

/** 定期 that the replaced card pays: they go on with the new one. */
async function contractsOfCard(
  { database: { db } }: CheckoutDeps,
  replaced: string | null,
  by: string | null,
): Promise<string[]> {
  if (replaced === null || by === null) return []
  const rows = await db
    .selectFrom('subscription')
    .select('id')
    .where('card_id', '=', replaced)
    .where('status', 'not in', ['cancelled', 'finished'])
    .execute()
  return rows.map(({ id }) => id)
}

const cardReplaced = (deps: CheckoutDeps, subscriptionId: string, by: string, at: number) =>
  subscriptionEvent(deps, {
    subscriptionId,
    kind: 'card-replaced',
    content: { text: 'お支払いのカードを登録し直しました' },
    at,
    by,
  })

/** Takes a card off the file. The service keeps its token; the desk never uses it again. */
export async function removeCard(deps: CheckoutDeps, cardId: string): Promise<void> {
  const removed = await deps.database.db
    .updateTable('card')
    .set((eb) => ({ on_file: 0, removed_at: deps.clock.now(), version: eb('version', '+', 1) }))
    .where('id', '=', cardId)
    .where('on_file', '=', 1)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (Number(removed.numUpdatedRows) !== 1) throw new Refusal('NOT_FOUND')
}
