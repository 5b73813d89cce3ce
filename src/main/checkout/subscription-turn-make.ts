import { Gift } from '../../contract/shipments'
import { ONE_TIME } from '../../contract/payment-plan'
import type { OrderStatus } from '../../contract/orders'
import type { Statement } from '../db/open-database'
import { preparedInsert } from '../db/prepared'
import { newId } from '../platform/ids'
import {
  insertOrder,
  lineStatements,
  orderContent,
  paidBefore,
  shipmentStatement,
  type OrderToMake,
} from './4-order'
import { intentStatements } from './3-authorization'
import { slotsOn } from './delivery'
import { EMPTY_FORM, type CheckoutDeps } from './deps'
import type { CheckoutRow } from './drafts'
import { fieldsOfCustomer, type CheckedForm } from './form-check'
import { nextTransactionNumber, takeOrderNumber, takenOrderNumber } from './numbers'
import { checkBlacklist } from './blacklist-check'
import { holdForNew } from './order-hold'
import { stockStatements } from './stock'
import { queueTurnMail } from './subscription-mail'
import { FORM_VERSION, NO_GIFT } from './stored-form'
import { legalOfContract } from './subscription-price'
import { cycleRow, gapRows } from './subscription-turn-rows'
import { advanceOf } from './subscription-turn-advance'
import type { TurnAttempt } from './subscription-turn-authorize'
import type { PlannedTurnOrder } from './subscription-turn-plan'
import { turnEvent } from './subscription-turn-event'

const insertCheckout = preparedInsert('checkout', { order_number: takenOrderNumber() })
const insertCycle = preparedInsert('subscription_cycle')

/** What the turns of one run have in common. */
export interface TurnMaker {
  readonly runId: string
  readonly seat: string
  readonly carrier: CheckedForm['shipments'][0]['carrier']
  /** The form of a checkout that nobody fills in, sealed. */
  readonly emptyForm: string
  /** False: nobody is on the blacklist by what they are called. */
  readonly blacklist: boolean
  slotLabel(date: string, code: string): Promise<string>
}

export async function turnMaker(deps: CheckoutDeps, run: Pick<TurnMaker, 'runId' | 'seat' | 'carrier'>) {
  const { db } = deps.database
  const key = await db.selectFrom('blacklist_key').select('key').limit(1).executeTakeFirst()
  const slots = new Map<string, ReadonlyMap<string, string>>()
  const maker: TurnMaker = {
    ...run,
    emptyForm: deps.box.seal(JSON.stringify(EMPTY_FORM)),
    blacklist: key !== undefined,
    async slotLabel(date, code) {
      const known =
        slots.get(date) ??
        new Map((await slotsOn(deps.database, run.carrier, date)).map((slot) => [slot.code, slot.label]))
      slots.set(date, known)
      return known.get(code) ?? code
    },
  }
  return maker
}

const giftOf = (stored: string): Gift => Gift.catch(NO_GIFT).parse(JSON.parse(stored))

async function formOf(maker: TurnMaker, { due, delivery, payment }: PlannedTurnOrder): Promise<CheckedForm> {
  const { row, customer } = due
  if (!customer) throw new Error('a turn without its customer')
  const code = row.slot_code
  const slot = code === null ? null : { code, label: await maker.slotLabel(delivery.deliverOn, code) }
  return {
    customer: { id: customer.id, number: customer.number, fields: fieldsOfCustomer(customer) },
    shipments: [
      {
        shipTo: {
          name: row.ship_name,
          phone: row.ship_phone,
          postalCode: row.ship_postal_code,
          prefecture: row.ship_prefecture,
          city: row.ship_city,
          address: row.ship_address,
          building: row.ship_building ?? '',
        },
        addressId: null,
        deliverOn: delivery.deliverOn,
        slot,
        carrier: maker.carrier,
        shipOn: delivery.shipOn,
        gift: giftOf(row.gift),
      },
    ],
    channel: row.channel,
    offerCode: row.offer_code ?? '',
    medium: row.medium ?? '',
    method: row.payment_method,
    card: payment.kind === 'now' ? payment.card.card : null,
    keepCard: false,
    note: row.note ?? '',
    plan: ONE_TIME,
    discount: null,
  }
}

/** The checkout of a turn is over from the start: its payments hang on it, and nobody fills it in. */
const checkoutOf = (
  maker: TurnMaker,
  plan: PlannedTurnOrder,
  now: number,
): Omit<CheckoutRow, 'order_number'> => ({
  id: newId(),
  kind: 'order',
  purpose: 'subscription-turn',
  status: 'completed',
  form: maker.emptyForm,
  form_version: FORM_VERSION,
  operator_id: plan.due.row.operator_id,
  seat: maker.seat,
  customer_id: plan.due.row.customer_id,
  amount: plan.price.quote.total,
  authorized_at: null,
  order_id: null,
  replaces_card_id: null,
  held_until: null,
  discount_by: null,
  created_at: now,
  updated_at: now,
  version: 1,
})

/** What a turn becomes: rows for the batch, and the attempt that follows when it stands. */
export interface MadeTurn {
  readonly statements: readonly Statement[]
  readonly attempt: TurnAttempt | null
}

/** The order of one turn with all that belongs to it; written by the same statements as 確定 of a phone order. */
export async function makeTurn(
  deps: CheckoutDeps,
  maker: TurnMaker,
  plan: PlannedTurnOrder,
): Promise<MadeTurn> {
  const { db } = deps.database
  const { row } = plan.due
  const { delivery, price, payment } = plan
  const now = deps.clock.now()
  const [cycleId, orderId] = [newId(), newId()]
  const checkout = checkoutOf(maker, plan, now)
  const form = await formOf(maker, plan)
  const watched = maker.blacklist || plan.due.customer?.blacklist !== 'none'
  const order: OrderToMake = {
    row: { ...checkout, order_number: null },
    form,
    quote: { ...price.quote, legal: legalOfContract('mail-order', null) },
    readBack: { sentences: [] },
    payment: null,
    discountName: price.discountLabel ?? undefined,
    listed: watched ? await checkBlacklist(deps, form) : null,
    actor: { userId: row.operator_id, userName: '', shopId: row.shop_id, seat: maker.seat },
  }
  const unpaid = payment.kind !== 'none' || paidBefore(row.payment_method)
  const held = holdForNew(deps, {
    decision: order.listed,
    orderId,
    now,
    status: unpaid ? 'waiting-payment' : 'new',
  })
  const intent = await intentOf(deps, plan, { checkoutId: checkout.id, orderId }, now)
  const ids = { cycleId, orderId, checkoutId: checkout.id, runId: maker.runId }
  const gaps = gapRows(plan, maker.runId, now)
  return {
    statements: [
      takeOrderNumber(db),
      { query: advanceOf(deps, plan, now), expect: { changes: 1 } },
      { query: insertCheckout(db, [checkout]) },
      { query: insertOrder(db, [orderRow(order, { orderId, status: held.status }, plan, now)]) },
      shipmentStatement(deps, order, orderId),
      ...lineStatements(deps, order, orderId),
      ...stockStatements(deps, order.quote),
      ...held.statements,
      { query: insertCycle(db, [cycleRow(plan, ids, now), ...gaps]) },
      ...(intent?.statements ?? []),
      turnEvent(
        deps,
        { subscriptionId: row.id, cycleId, turn: delivery.turn, now, runId: maker.runId },
        { kind: 'turn-ordered' },
      ),
      ...(payment.kind === 'attention'
        ? [queueTurnMail(deps, 'card-trouble', { subscriptionId: row.id, cycleId, turn: delivery.turn })]
        : []),
    ],
    attempt:
      intent && payment.kind === 'now'
        ? {
            ...ids,
            ...intent.intent,
            subscriptionId: row.id,
            turn: delivery.turn,
            amount: price.quote.total,
            token: payment.card.card.token,
            cardExpiry: payment.card.card.expiry_yymm,
            firstTransactionId: payment.card.firstTransactionId,
            tries: 0,
            nextGenerateOn: plan.next.next_generate_on,
            held: held.statements.length > 0,
            begunAt: now,
          }
        : null,
  }
}

/** The payment that is begun with the order: none when the turn is paid later or in another way. */
async function intentOf(
  deps: CheckoutDeps,
  { due: { row }, price, payment }: PlannedTurnOrder,
  of: { readonly checkoutId: string; readonly orderId: string },
  now: number,
) {
  if (payment.kind !== 'now') return null
  const { card } = payment.card
  return intentStatements(deps, {
    ...of,
    card,
    amount: price.quote.total,
    plan: ONE_TIME,
    service: card.service,
    operatorId: row.operator_id,
    number: await nextTransactionNumber(deps.database.db),
    now,
  })
}

function orderRow(
  order: OrderToMake,
  made: { orderId: string; status: OrderStatus },
  { due: { row }, price }: PlannedTurnOrder,
  now: number,
) {
  return {
    id: made.orderId,
    checkout_id: order.row.id,
    status: made.status,
    shop_id: row.shop_id,
    operator_id: row.operator_id,
    customer_id: row.customer_id,
    ...orderContent(order, now),
    discount_reason: price.discountLabel,
    // What was read to the customer was read when the contract was made.
    read_back_at: row.read_at,
    read_back_by: row.read_by,
    ordered_at: now,
    updated_at: now,
    version: 1,
  }
}
