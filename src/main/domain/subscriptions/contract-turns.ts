import type { CycleRule } from '../../../contract/cycle-rule'
import type { ItemMode } from '../../../contract/subscription-form'
import { planTurns, type PlanInput, type TurnException } from './cycle-plan'
import { ruleDate } from './cycle-rule'
import { setOfTurn, type ComingDelivery, type ForecastItem } from './delivery-forecast'
import { epochDay } from './epoch-day'

/** What is known of a contract when its coming deliveries are asked for. */
export interface ForecastContract {
  readonly rule: CycleRule
  readonly anchor: string
  readonly from: PlanInput['from']
  readonly lastTurn: number | null
  readonly pause: PlanInput['pause']
  readonly exceptions: ReadonlyMap<number, TurnException>
  readonly itemMode: ItemMode
  readonly sets: readonly (readonly ForecastItem[])[]
  /** Items of one turn alone, by the index of its date. */
  readonly ownItems: ReadonlyMap<number, readonly ForecastItem[]>
}

/** A contract that was forgotten for years is not caught up day by day. */
const MOST_TURNS = 400

/** Days between two dates of a rule at the least. */
function shortestGap(rule: CycleRule): number {
  switch (rule.kind) {
    case 'days':
      return rule.every
    case 'weeks':
      return rule.every * 7
    case 'months':
    case 'month-weekday':
      return rule.every * 28
  }
}

/** So many turns, and the date behind `until` is among them. */
function turnsUntil(contract: ForecastContract, until: string): number {
  const first = ruleDate(contract.rule, epochDay(contract.anchor), contract.from.index)
  const days = first === null ? 366 : epochDay(until) - first.day
  // Two more: one that the road takes behind the end, one that was moved forward.
  return Math.min(MOST_TURNS, Math.max(0, Math.ceil(days / shortestGap(contract.rule))) + 2)
}

/** Deliveries that a contract has before it, those that ship by `until`. */
export function comingDeliveries(
  contract: ForecastContract,
  shipping: PlanInput['shipping'],
  span: { readonly today: string; readonly until: string },
): ComingDelivery[] {
  const plan = planTurns({
    rule: contract.rule,
    anchor: contract.anchor,
    shipping,
    today: span.today,
    from: contract.from,
    exceptions: contract.exceptions,
    pause: contract.pause,
    count: turnsUntil(contract, span.until),
    lastTurn: contract.lastTurn,
  })
  return plan.flatMap((turn) => {
    if (turn.kind !== 'delivery' || turn.shipOn > span.until) return []
    const set = setOfTurn(contract.itemMode, turn.turn, contract.sets.length)
    const items = contract.ownItems.get(turn.index) ?? contract.sets[set] ?? []
    return [{ shipOn: turn.shipOn, deliverOn: turn.deliverOn, items }]
  })
}
