import type { AttentionReason, RunProblem } from '../../contract/subscription-run-views'
import { addDays, startOfBusinessDate } from '../domain/calendar/tokyo'
import type { PlannedDelivery, PlannedGap } from '../domain/subscriptions/cycle-plan'
import { cardIsOver, holdLasts } from '../domain/subscriptions/retry'
import { NoOpenDay } from '../domain/subscriptions/ship-day'
import type { ActiveService } from './deps'
import type { ContractCard, DueContract, SubscriptionRow } from './subscription-turn-due'
import { isDelivery, planOf, type LoadedShipping, type NextPlan } from './subscription-plan'
import {
  itemsOfTurn,
  priceOfTurn,
  type LoadedPrices,
  type TurnGoods,
  type TurnPrice,
} from './subscription-price'

/** What is done about the money of a turn. */
export type TurnPayment =
  /** No card pays, or nothing is to be paid. */
  | { readonly kind: 'none' }
  | { readonly kind: 'now'; readonly card: ContractCard }
  /** 再与信: the hold would end before the turn ships, or no service can be used now. */
  | { readonly kind: 'later'; readonly on: string }
  /** 要対応, without asking the service. */
  | { readonly kind: 'attention'; readonly why: AttentionReason }

/** What a run does about one contract that is due. */
export type DuePlan =
  | {
      readonly kind: 'turn'
      readonly due: DueContract
      /** Dates before the delivery on which nothing is sent. */
      readonly gaps: readonly PlannedGap[]
      readonly delivery: PlannedDelivery
      readonly price: TurnPrice
      readonly payment: TurnPayment
      readonly next: NextPlan
      readonly finished: boolean
    }
  /** Its next order is not due any more, as the calendar stands today: only what is kept of the plan changes. */
  | { readonly kind: 'not-due'; readonly due: DueContract; readonly next: NextPlan }
  | { readonly kind: 'problem'; readonly due: DueContract; readonly why: RunProblem }

export type PlannedTurnOrder = Extract<DuePlan, { readonly kind: 'turn' }>

/** What plans of a run follow from. */
export interface RunGround {
  readonly shipping: LoadedShipping
  readonly prices: LoadedPrices
  /** 対象日. */
  readonly date: string
  /** Epoch ms. */
  readonly now: number
  /** Null: no card can be charged now. */
  readonly service: ActiveService | null
}

const planColumns = (delivery: PlannedDelivery | undefined): NextPlan => ({
  next_ship_on: delivery?.shipOn ?? null,
  next_deliver_on: delivery?.deliverOn ?? null,
  next_generate_on: delivery?.generateOn ?? null,
  change_until: delivery?.changeUntil ?? null,
})

/** How a turn that ships on `shipOn` is paid for today; also for turns whose order stands already. */
export function paymentOfTurn(
  ground: Pick<RunGround, 'date' | 'now' | 'service'>,
  turn: {
    readonly method: string
    readonly total: number
    readonly shipOn: string
    readonly card: ContractCard | null
    readonly blocked: boolean
  },
): TurnPayment {
  const { date, now, service } = ground
  if (turn.method !== 'card' || turn.total === 0) return { kind: 'none' }
  if (turn.card === null) return { kind: 'attention', why: 'no-card' }
  if (cardIsOver(turn.card.card.expiry_yymm, date)) return { kind: 'attention', why: 'card-expired' }
  if (turn.blocked) return { kind: 'attention', why: 'card-blocked' }
  if (service === null) return { kind: 'later', on: date }
  if (turn.card.card.service !== service.service.id) return { kind: 'attention', why: 'no-card' }
  const shipEndsAt = startOfBusinessDate(addDays(turn.shipOn, 1))
  const { holdMs } = service.capabilities
  if (holdLasts(now, holdMs, shipEndsAt)) return { kind: 'now', card: turn.card }
  let on = addDays(date, 1)
  while (on < turn.shipOn && !holdLasts(startOfBusinessDate(on), holdMs, shipEndsAt)) on = addDays(on, 1)
  return { kind: 'later', on }
}

export const goodsOf = ({
  row,
  sets,
  priceSteps,
}: Pick<DueContract, 'sets' | 'priceSteps'> & {
  readonly row: Pick<SubscriptionRow, 'item_mode' | 'payment_method' | 'ship_prefecture'>
}): TurnGoods => ({
  itemMode: row.item_mode,
  sets,
  priceSteps,
  method: row.payment_method,
  prefecture: row.ship_prefecture,
})

/** Decides about one contract, without asking anybody. */
export function planDue(ground: RunGround, due: DueContract): DuePlan {
  const { row, changes, customer } = due
  let planned
  try {
    planned = planOf(ground.shipping, row, changes, { today: ground.date, count: 2 })
  } catch (error) {
    if (error instanceof NoOpenDay) return { kind: 'problem', due, why: 'no-open-day' }
    throw error
  }
  const [delivery, following] = planned.filter(isDelivery)
  if (!delivery || delivery.generateOn > ground.date)
    return { kind: 'not-due', due, next: planColumns(delivery) }
  if (customer === null) return { kind: 'problem', due, why: 'no-customer' }
  const goods = goodsOf(due)
  const items = itemsOfTurn(goods, changes, delivery.turn, delivery.index)
  const { turn, shipOn } = delivery
  const price = priceOfTurn(ground.prices, goods, { items, turn, shipOn })
  if (price.quote.lines.length === 0) return { kind: 'problem', due, why: 'no-items' }
  return {
    kind: 'turn',
    due,
    gaps: planned.flatMap((one) => (one.kind !== 'delivery' && one.index < delivery.index ? [one] : [])),
    delivery,
    price,
    payment: paymentOfTurn(ground, {
      method: row.payment_method,
      total: price.quote.total,
      shipOn,
      card: due.card,
      blocked: customer.card_blocked_at !== null,
    }),
    next: planColumns(following),
    finished: row.last_turn !== null && turn >= row.last_turn,
  }
}
