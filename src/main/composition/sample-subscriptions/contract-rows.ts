import type { PriceStep, SubscriptionForm } from '../../../contract/subscription-form'
import { nextPlanColumns, shippingFor } from '../../checkout/subscription-plan'
import type { TurnGoods } from '../../checkout/subscription-price'
import { NO_GIFT } from '../../checkout/stored-form'
import { itemRows, stepRows } from '../../checkout/subscription-terms'
import { addDays, startOfBusinessDate } from '../../domain/calendar/tokyo'
import { planTurns, type PlannedDelivery, type TurnException } from '../../domain/subscriptions/cycle-plan'
import { anchorOf } from '../../domain/subscriptions/cycle-rule'
import { newId } from '../../platform/ids'
import {
  cardOf,
  eventsOf,
  gapRow,
  HOUR,
  pauseFrom,
  sentencesOf,
  standingOf,
  type Card,
  type Ground,
  type SampleCustomer,
  type Wish,
} from './contract-parts'
import { endOf, isRecovered, methodOf, type SampleEnd, type SampleOffer } from './contracts'
import type { SampleRows } from './sample-rows'
import { runTime, type MadeTurn } from './turn-rows'

/** The oldest contract began so many days ago, the newest one so many. */
const [OLDEST, NEWEST] = [420, 8]
/** Turns that are planned of a contract at most. */
const MOST_TURNS = 60

type TurnOutcome = Pick<MadeTurn, 'delivery' | 'refusals' | 'state' | 'retryOn' | 'code' | 'attention'>

export interface SampleContract {
  readonly row: SampleRows['subscription'][number]
  readonly customer: SampleCustomer
  readonly names: MadeTurn['customer']
  readonly card: Card | null
  readonly goods: TurnGoods
  readonly items: SampleRows['subscription_item']
  readonly steps: SampleRows['subscription_price_step']
  readonly changes: SampleRows['subscription_turn_change']
  readonly gaps: SampleRows['subscription_cycle']
  readonly events: SampleRows['subscription_event']
  readonly made: readonly TurnOutcome[]
}

/** More contracts begin as time goes by. */
const daysBack = ({ at, count }: Wish): number =>
  NEWEST + Math.round((OLDEST - NEWEST) * (1 - at / (count - 1)) ** 1.2)

/** Days since the turn that is in trouble was ordered; null: none is. */
function troubleAge(end: SampleEnd): number | null {
  switch (end.kind) {
    case 'retrying':
      return end.tries * 2
    case 'attention':
      return 3
    case 'payment-stopped':
      return 18
    default:
      return null
  }
}

/** Contracts in trouble go by days, so that their last turn was ordered when their story needs it. */
function calendarOf(wish: Wish, { shipping }: Ground, end: SampleEnd) {
  const { offer, customer } = wish
  const startedOn = addDays(shipping.today, -daysBack(wish))
  const age = troubleAge(end)
  if (age === null)
    return { startedOn, rule: offer.rule, anchor: anchorOf(offer.rule, addDays(startedOn, 6)) }
  const to = { prefecture: customer.prefecture, postalCode: customer.postal_code }
  const ahead = shippingFor(shipping, to).leadDays + shipping.settings.generateDaysBefore
  const turns = Math.max(0, Math.floor((daysBack(wish) - age - ahead) / 30))
  const anchor = addDays(shipping.today, ahead - age - turns * 30)
  return { startedOn, rule: { kind: 'days' as const, every: 30 }, anchor }
}

/** What became of the turns that the runs have made by today. */
function outcomesOf(
  wish: Wish,
  made: readonly PlannedDelivery[],
  end: SampleEnd,
  today: string,
): TurnOutcome[] {
  const last = made.length - 1
  return made.map((delivery, index): TurnOutcome => {
    const paid = {
      delivery,
      refusals: 0,
      state: 'paid',
      retryOn: null,
      code: '102',
      attention: null,
    } as const
    if (index !== last)
      return isRecovered(wish.at) && index === Math.floor(last / 2) ? { ...paid, refusals: 1 } : paid
    switch (end.kind) {
      case 'retrying':
        return { ...paid, state: 'refused', refusals: end.tries, retryOn: addDays(today, 1) }
      case 'payment-stopped':
        return { ...paid, state: 'given-up', refusals: 5, attention: 'given-up' }
      case 'attention':
        return end.why === 'card-refused'
          ? { ...paid, state: 'refused', refusals: 1, code: '101', attention: end.why }
          : { ...paid, state: 'no-card', attention: end.why }
      default:
        return paid
    }
  })
}

const formSets = (offer: SampleOffer, goods: Ground['goods']): SubscriptionForm['sets'] =>
  offer.sets.map((set) =>
    set.map(([code, quantity]) => {
      const product = goods.get(code)
      if (!product) throw new Error(`the sample shop does not sell ${code}`)
      return { productId: product.id, quantity, unitPrice: null }
    }),
  )

function columnsOf(
  wish: Wish,
  ground: Ground,
  of: {
    readonly id: string
    readonly rule: SampleOffer['rule']
    readonly anchor: string
    readonly startedOn: string
    readonly createdAt: number
    readonly card: Card | null
    readonly last: PlannedDelivery | undefined
    readonly standing: ReturnType<typeof standingOf>
  },
) {
  const { at, number, offer, customer } = wish
  const { id, rule, anchor, startedOn, createdAt, card, last, standing } = of
  const by = ground.operatorId
  const method = methodOf(at)
  return {
    id,
    number,
    shop_id: ground.shopId,
    operator_id: by,
    customer_id: customer.id,
    checkout_id: null,
    rule: JSON.stringify(rule),
    anchor,
    item_mode: offer.itemMode,
    min_turns: offer.minTurns,
    last_turn: offer.lastTurn,
    payment_method: method,
    card_id: card?.id ?? null,
    first_transaction_id: card === null ? null : `sample-first-${number}`,
    ship_name: `${customer.family_name} ${customer.given_name}`,
    ship_phone: customer.phone,
    ship_postal_code: customer.postal_code,
    ship_prefecture: customer.prefecture,
    ship_city: customer.city,
    ship_address: customer.address,
    ship_building: null,
    slot_code: null,
    gift: JSON.stringify(NO_GIFT),
    channel: at % 7 === 3 ? ('postcard' as const) : ('phone' as const),
    offer_code: null,
    note: at % 10 === 4 ? '不在のときは宅配ボックスへ' : null,
    read_sentences: JSON.stringify(sentencesOf(wish, ground, rule, method)),
    read_at: createdAt,
    read_by: by,
    consent: JSON.stringify({ given: true, at: createdAt, by }),
    next_index: last === undefined ? 0 : last.index + 1,
    next_turn: (last?.turn ?? 0) + 1,
    last_shipped_on: last?.shipOn ?? null,
    started_on: startedOn,
    created_at: createdAt,
    updated_at: standing.cancelled_at ?? (last === undefined ? createdAt : runTime(last.generateOn)),
    version: 1,
    ...standing,
  }
}

/** One contract of the sample shop with all that hangs on it but its orders. */
export function sampleContract(wish: Wish, ground: Ground): SampleContract {
  const { at, offer, customer } = wish
  const { shipping } = ground
  const { today } = shipping
  const end = endOf(at)
  const { startedOn, rule, anchor } = calendarOf(wish, ground, end)
  const to = { prefecture: customer.prefecture, postalCode: customer.postal_code }
  const exceptions = new Map<number, TurnException>(at % 8 === 6 ? [[2, { kind: 'skip' }]] : [])
  const plan = planTurns({
    rule,
    anchor,
    shipping: shippingFor(shipping, to),
    today: addDays(startedOn, 1),
    from: { index: 0, turn: 1, shippedOn: null },
    exceptions,
    pause: null,
    count: MOST_TURNS,
    lastTurn: offer.lastTurn,
  })
  const made = plan
    .filter((turn) => turn.kind === 'delivery')
    .filter(({ generateOn }) => generateOn < today)
    .filter(({ ruleDate }) => end.kind !== 'paused' || ruleDate < pauseFrom(today))
    .slice(0, end.kind === 'cancelled' ? end.after : MOST_TURNS)
  const last = made.at(-1)
  const nextIndex = last === undefined ? 0 : last.index + 1
  const createdAt = startOfBusinessDate(startedOn) + 10 * HOUR + ((at * 37) % 400) * 60_000
  const method = methodOf(at)
  const card = cardOf(wish, end, createdAt, today)
  const standing = standingOf(end, made, offer, today)
  const sets = formSets(offer, ground.goods)
  const priceSteps: PriceStep[] = [...offer.steps]
  const id = newId()
  const by = ground.operatorId
  const skips = plan.filter((turn) => turn.kind === 'skipped').slice(0, 1)
  const columns = columnsOf(wish, ground, { id, rule, anchor, startedOn, createdAt, card, last, standing })
  const changes = skips.map((skip) => ({
    subscription_id: id,
    rule_index: skip.index,
    kind: 'skip' as const,
    move_to: null,
    items: null,
    by_person: by,
    at: createdAt + HOUR,
  }))
  const next = nextPlanColumns(shipping, columns, changes, today)
  return {
    row: { ...columns, ...next },
    customer,
    names: {
      name: `${customer.family_name} ${customer.given_name}`,
      kana: `${customer.family_kana} ${customer.given_kana}`,
    },
    card,
    goods: { itemMode: offer.itemMode, sets, priceSteps, method, prefecture: customer.prefecture },
    items: itemRows(id, sets),
    steps: stepRows(id, priceSteps),
    changes,
    gaps: skips
      .filter(({ index }) => index < nextIndex)
      .map((skip) => gapRow(id, skip, runTime(skip.ruleDate))),
    events: eventsOf(ground, { id, createdAt, end, standing, skips }),
    made: outcomesOf(wish, made, end, today),
  }
}
