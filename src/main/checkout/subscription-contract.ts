import type { Insertable } from 'kysely'
import type { SubscriptionTable } from '../db/subscription-tables.types'
import { customerInsert } from '../db/customer-write'
import type { Statement } from '../db/open-database'
import { newId } from '../platform/ids'
import { checkBlacklist } from './blacklist-check'
import { keepCard, orderStatements, type OrderToMake } from './4-order'
import type { Actor, CheckoutDeps } from './deps'
import type { CheckoutRow, PaymentRow } from './drafts'
import { nextCustomerNumber, nextSubscriptionNumber } from './numbers'
import type { CheckedSubscription } from './subscription-check'
import { subscriptionEvent } from './subscription-event'
import { nextPlanColumns } from './subscription-plan'
import type { subscriptionReadBack } from './subscription-read-back'
import { itemRows, stepRows } from './subscription-terms'

export interface ContractToMake {
  readonly row: CheckoutRow
  readonly checked: CheckedSubscription
  readonly readBack: ReturnType<typeof subscriptionReadBack>
  /** The hold or check of the card; null when none pays by card. */
  readonly payment: PaymentRow | null
  readonly actor: Actor
}

const placeColumns = ({ order, form, quote }: CheckedSubscription) => {
  const [{ shipTo, gift, slot }] = order.shipments
  return {
    ship_name: shipTo.name,
    ship_phone: shipTo.phone,
    ship_postal_code: shipTo.postalCode,
    ship_prefecture: shipTo.prefecture,
    ship_city: shipTo.city,
    ship_address: shipTo.address,
    ship_building: shipTo.building || null,
    slot_code: slot?.code ?? null,
    gift: JSON.stringify(gift),
    channel: form.channel,
    offer_code: form.offerCode.trim() || null,
    medium: order.medium || quote.legal.offer?.medium || null,
    note: form.note || null,
  }
}

/** The row of a contract as it begins: behind its first turn when that was ordered with it. */
function contractRow(
  making: ContractToMake,
  made: { id: string; number: number; customerId: string; now: number },
) {
  const { row, checked, readBack, payment, actor } = making
  const { form, anchor, shipping, first, due } = checked
  const { id, number, customerId, now } = made
  const columns = {
    id,
    number,
    status: form.lastTurn === 1 && due ? ('finished' as const) : ('active' as const),
    shop_id: actor.shopId,
    operator_id: actor.userId,
    customer_id: customerId,
    checkout_id: row.id,
    rule: JSON.stringify(form.rule),
    anchor,
    item_mode: form.itemMode,
    min_turns: form.minTurns,
    last_turn: form.lastTurn,
    payment_method: checked.method,
    card_id: checked.order.card?.id ?? null,
    first_transaction_id: payment?.service_transaction_id ?? null,
    ...placeColumns(checked),
    read_sentences: JSON.stringify(readBack.sentences.map(({ text }) => text)),
    read_at: now,
    read_by: actor.userId,
    consent: JSON.stringify({ given: form.consent, at: now, by: actor.userId }),
    next_index: due ? first.plan.index + 1 : 0,
    next_turn: due ? 2 : 1,
    last_shipped_on: due ? first.plan.shipOn : null,
    pause_from: null,
    pause_until: null,
    started_on: shipping.today,
    cancelled_at: null,
    cancel_reason: null,
    cancel_note: null,
    created_at: now,
    updated_at: now,
    version: 1,
  }
  const next = nextPlanColumns(shipping, columns, [], shipping.today)
  return { ...columns, ...next } satisfies Insertable<SubscriptionTable>
}

/** The draft is closed first: a second click or another seat fails here, and nothing of its batch is written. */
function closing({ database: { db } }: CheckoutDeps, row: CheckoutRow, now: number): Statement {
  const close = db
    .updateTable('checkout')
    .set({ status: 'completed', updated_at: now, version: row.version + 1 })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .where('status', '=', 'read-back')
  return { query: close.compile(), expect: { changes: 1 } }
}

/** The first turn as it stands once its order was made with the contract. */
const firstTurn = (making: ContractToMake, subscriptionId: string, orderId: string, now: number) => {
  const { checked, payment, row } = making
  const { plan, quote } = checked.first
  return {
    id: newId(),
    subscription_id: subscriptionId,
    rule_index: plan.index,
    turn: 1,
    status: payment !== null && quote.total > 0 ? ('authorized' as const) : ('ordered' as const),
    rule_date: plan.ruleDate,
    ship_on: plan.shipOn,
    deliver_on: plan.deliverOn,
    order_id: orderId,
    checkout_id: row.id,
    amount: quote.total,
    tries: 0,
    next_retry_on: null,
    last_code: null,
    last_raw_code: null,
    attention: null,
    called_at: null,
    run_id: null,
    created_at: now,
    updated_at: now,
    version: 1,
  }
}

/** With the order of a first turn that is due, or the end of the draft alone. */
async function beginning(deps: CheckoutDeps, making: ContractToMake, customerId: string, now: number) {
  const { row, checked, readBack, payment, actor } = making
  const { order: form, quote, due } = checked
  if (due) {
    // Only a hold of the turn's amount pays for it; a check without money is released.
    const paying = payment !== null && payment.amount === quote.total && quote.total > 0 ? payment : null
    const listed = await checkBlacklist(deps, form)
    const discountName = checked.first.discountLabel ?? undefined
    const parts = { row, form, quote, readBack, payment: paying, discountName, listed, actor }
    const order: OrderToMake = { ...parts, newCustomerId: customerId }
    return orderStatements(deps, order)
  }
  const { card, customer } = form
  const { database } = deps
  const caller =
    customer.id === null
      ? customerInsert(database, {
          id: customerId,
          number: await nextCustomerNumber(database.db),
          fields: customer.fields,
          now,
        })
      : []
  const onFile = card ? [{ query: keepCard(database.db, { id: card.id, customerId, onFile: 1 }) }] : []
  return { id: null, statements: [closing(deps, row, now), ...caller, ...onFile] }
}

/**
 * 確定 of a 定期: contract, goods, prices, first line of the history, the card on file, and the order of a first turn
 * that is due, in one transaction. A draft makes one contract.
 */
export async function makeContract(
  deps: CheckoutDeps,
  making: ContractToMake,
): Promise<{ readonly id: string; readonly number: number; readonly orderId: string | null }> {
  const { db } = deps.database
  const now = deps.clock.now()
  const customerId = making.checked.order.customer.id ?? newId()
  const [number, begun] = await Promise.all([
    nextSubscriptionNumber(db),
    beginning(deps, making, customerId, now),
  ])
  const id = newId()
  const { form } = making.checked
  const steps = stepRows(id, form.priceSteps)
  await deps.database.batch([
    ...begun.statements,
    {
      query: db
        .insertInto('subscription')
        .values(contractRow(making, { id, number, customerId, now }))
        .compile(),
    },
    { query: db.insertInto('subscription_item').values(itemRows(id, form.sets)).compile() },
    ...(steps.length === 0
      ? []
      : [{ query: db.insertInto('subscription_price_step').values(steps).compile() }]),
    ...(begun.id === null
      ? []
      : [
          {
            query: db
              .insertInto('subscription_cycle')
              .values(firstTurn(making, id, begun.id, now))
              .compile(),
          },
        ]),
    subscriptionEvent(deps, {
      subscriptionId: id,
      kind: 'created',
      content: { text: '定期を登録しました', firstOrdered: begun.id !== null },
      at: now,
      by: making.actor.userId,
    }),
  ])
  return { id, number, orderId: begun.id }
}
