import { z } from 'zod'
import { CycleRule } from '../../../contract/cycle-rule'
import { Gift } from '../../../contract/shipments'
import { CancelReason, type PastTurn, type SubscriptionForm } from '../../../contract/subscription-form'
import type { SubscriptionSettings } from '../../../contract/subscription-settings'
import type { SubscriptionAbilities, SubscriptionSummary } from '../../../contract/subscription-views'
import { yen } from '../../../contract/values'
import { NO_GIFT } from '../../checkout/stored-form'
import { statusOn } from '../../checkout/subscription-plan'
import { setsOf, type TurnGoods } from '../../checkout/subscription-price'
import { shownPayment } from '../../checkout/view'
import { cardIsOver } from '../../domain/subscriptions/retry'
import type { History } from './history.repository'
import type { Contract, goodsOf, ListedSubscription, troubledTurns } from './subscriptions.repository'

type Goods = Awaited<ReturnType<typeof goodsOf>>
type Troubled = Awaited<ReturnType<typeof troubledTurns>>

/** The first set in words, and how many more there are. */
function itemsText(goods: Goods): string {
  const sets = new Set(goods.map(({ set_no: set }) => set)).size
  const first = goods.filter(({ set_no: set }) => set === 0)
  const words = first.map(({ name, quantity }) => (quantity === 1 ? name : `${name} ×${quantity}`)).join('、')
  return sets > 1 ? `${words} ほか${sets - 1}セット` : words
}

const ruleOf = (rule: string): CycleRule => CycleRule.parse(JSON.parse(rule))

export function summaryOf(
  row: ListedSubscription,
  more: { readonly goods: Goods; readonly troubled: Troubled; readonly today: string },
): SubscriptionSummary {
  const own = more.troubled.filter(({ subscription_id: id }) => id === row.id)
  const card =
    row.card_brand === null || row.card_last3 === null || row.card_expiry === null
      ? null
      : { brand: row.card_brand, last3: row.card_last3, expiryYYMM: row.card_expiry }
  const { next_ship_on: shipOn } = row
  return {
    id: row.id,
    number: row.number,
    status: statusOn(row, more.today),
    customer: {
      id: row.customer_id,
      number: row.customer_number,
      name: `${row.family_name} ${row.given_name}`,
      phone: row.customer_phone,
    },
    items: itemsText(more.goods.filter(({ subscription_id: id }) => id === row.id)),
    rule: ruleOf(row.rule),
    nextTurn: row.next_turn,
    nextDeliverOn: row.next_deliver_on,
    nextShipOn: shipOn,
    changeUntil: row.change_until,
    paymentMethod: row.payment_method,
    card,
    cardExpires:
      row.payment_method === 'card' &&
      card !== null &&
      shipOn !== null &&
      cardIsOver(card.expiryYYMM, shipOn),
    failedTries: own.findLast(({ status }) => status === 'auth-failed')?.tries ?? 0,
    attention: own.findLast(({ attention }) => attention !== null)?.attention ?? missingCard(row),
    cancelReason: row.cancel_reason,
    createdAt: row.created_at,
  }
}

/** 要対応 before any turn: a card is to pay, and none is registered. */
const missingCard = (row: Pick<ListedSubscription, 'payment_method' | 'card_id' | 'status'>) =>
  row.payment_method === 'card' && row.card_id === null && row.status === 'active' ? 'no-card' : null

const Consent = z.object({
  given: z.boolean().default(false),
  at: z.number().nullable().default(null),
  by: z.string().nullable().default(null),
})
const NO_CONSENT = { given: false, at: null, by: null }

/** A JSON column, or what stands for one that an older program or an import has left empty. */
export function parsedOr<T>(schema: z.ZodType<T>, text: string, otherwise: T): T {
  const parsed = schema.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : otherwise
}

const sentencesOf = (text: string): string[] => z.array(z.string()).parse(JSON.parse(text))

export const consentOf = ({ consent }: Pick<Contract['row'], 'consent'>) =>
  parsedOr(Consent, consent, NO_CONSENT)

/** A contract as a form: what 変更 begins with. */
export function formOf({ row, items, steps }: Contract): SubscriptionForm {
  const sets = setsOf(items)
  return {
    customerId: row.customer_id,
    itemMode: row.item_mode,
    sets: sets.length === 0 ? [[]] : sets,
    priceSteps: steps.map(({ from_turn: fromTurn, to_turn: toTurn, kind, value, label }) => ({
      fromTurn,
      toTurn,
      kind,
      value,
      label,
    })),
    rule: ruleOf(row.rule),
    startOn: row.started_on,
    minTurns: row.min_turns,
    lastTurn: row.last_turn,
    shipTo: {
      kind: 'other',
      name: row.ship_name,
      phone: row.ship_phone,
      postalCode: row.ship_postal_code,
      prefecture: row.ship_prefecture,
      city: row.ship_city,
      address: row.ship_address,
      building: row.ship_building ?? '',
    },
    slotCode: row.slot_code,
    gift: parsedOr(Gift, row.gift, NO_GIFT),
    payment: { method: row.payment_method, cardId: row.card_id },
    channel: row.channel,
    offerCode: row.offer_code ?? '',
    medium: row.medium ?? '',
    note: row.note ?? '',
    consent: consentOf(row).given,
  }
}

/** What its turns are priced by. */
export function goodsOfContract(contract: Contract): TurnGoods & { readonly postalCode: string } {
  const { row } = contract
  const { itemMode, sets, priceSteps } = formOf(contract)
  return {
    itemMode,
    sets,
    priceSteps,
    method: row.payment_method,
    prefecture: row.ship_prefecture,
    postalCode: row.ship_postal_code,
  }
}

export const shownSets = (goods: Goods) => {
  const count = Math.max(0, ...goods.map(({ set_no: set }) => set + 1))
  return Array.from({ length: count }, (_, set) =>
    goods
      .filter((item) => item.set_no === set)
      .map(({ product_id: productId, quantity, unit_price: unitPrice, code, name }) => ({
        productId,
        quantity,
        unitPrice,
        code,
        name,
      })),
  )
}

export const readBackOfContract = (
  { read_at: at, read_sentences: sentences }: Contract['row'],
  by: string | null,
) => (at === null ? null : { at, by: by ?? '', sentences: sentencesOf(sentences) })

export const cancelledOf = (row: Contract['row']) =>
  row.cancelled_at === null
    ? null
    : {
        at: row.cancelled_at,
        reason: CancelReason.safeParse(row.cancel_reason).data ?? null,
        note: row.cancel_note ?? '',
      }

/** Turns that the customer has taken: those that nobody has paid are none of them, though they have their number. */
export const turnsTaken = ({ row, lost }: Contract): number => Math.max(0, row.next_turn - 1 - lost)

/** What may be done with a contract today. */
export function abilitiesOf(
  contract: Contract,
  settings: SubscriptionSettings,
  today: string,
): SubscriptionAbilities {
  const { row } = contract
  const status = statusOn(row, today)
  const { restart, underMinimum, retentionOffer } = settings
  const isPlanned = status === 'active' && row.pause_from !== null && row.pause_from > today
  const goesOn = status === 'active' || status === 'paused' || status === 'payment-stopped'
  return {
    change: goesOn,
    pause: status === 'active',
    // What the payment has stopped goes on as soon as it can be paid, whatever the shop says of 停止.
    resume:
      isPlanned ||
      status === 'payment-stopped' ||
      (status === 'paused' && (restart === 'paused' || restart === 'both')),
    restart: status === 'cancelled' && (restart === 'cancelled' || restart === 'both'),
    cancel: goesOn || status === 'pending',
    turnsUnderMinimum: Math.max(0, row.min_turns - turnsTaken(contract)),
    underMinimum,
    pastDeadline: row.change_until !== null && row.change_until < today,
    retentionOffer,
  }
}

export const shownTurns = ({ turns, payments }: History): PastTurn[] =>
  turns.map((turn) => {
    const payment = payments.findLast(({ checkout_id: checkout }) => checkout === turn.checkout_id)
    return {
      cycleId: turn.id,
      version: turn.version,
      ruleIndex: turn.rule_index,
      turn: turn.turn,
      status: turn.status,
      ruleDate: turn.rule_date,
      shipOn: turn.ship_on,
      deliverOn: turn.deliver_on,
      order:
        turn.order_id === null || turn.order_number === null
          ? null
          : { id: turn.order_id, number: turn.order_number, total: yen(turn.order_total ?? 0) },
      payment: payment ? shownPayment(payment) : null,
      tries: turn.tries,
      nextRetryOn: turn.next_retry_on,
      lastCode: turn.last_code,
      attention: turn.attention,
    }
  })
