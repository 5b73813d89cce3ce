import type { CycleRule } from '../../../contract/cycle-rule'
import { ruleDate, type RuleDate } from './cycle-rule'
import { epochDay, plainDate, type EpochDay } from './epoch-day'
import { shipDay, type ShipShift } from './ship-day'

/** What a customer has asked for one turn, by the turn's index. */
export type TurnException = { readonly kind: 'skip' } | { readonly kind: 'move'; readonly to: string }

/** How the shop ships to this customer. */
export interface Shipping {
  /** False on closed days. */
  readonly isOpen: (date: string) => boolean
  /** Days on the road to the region of the ship-to. */
  readonly leadDays: number
  /** Where a ship date goes that falls on a closed day. */
  readonly prefer: 'earlier' | 'later'
  /** An order is made so many calendar days before its ship date. */
  readonly generateDaysBefore: number
  /** The customer may change a turn until so many calendar days before its ship date. */
  readonly changeDaysBefore: number
}

export interface PlanInput {
  readonly rule: CycleRule
  /** A date that the rule names: its index is 0. */
  readonly anchor: string
  readonly shipping: Shipping
  /** No turn ships before this date. */
  readonly today: string
  /** Where the plan goes on: index of the first turn, its number (回), and when the one before it shipped. */
  readonly from: { readonly index: number; readonly turn: number; readonly shippedOn: string | null }
  readonly exceptions: ReadonlyMap<number, TurnException>
  /** Rule dates from `from` on, and before `until`, are passed over; null: until further notice. */
  readonly pause: { readonly from: string; readonly until: string | null } | null
  /** Deliveries wanted. */
  readonly count: number
  /** The last turn of a contract that ends. */
  readonly lastTurn: number | null
}

export interface PlannedDelivery {
  readonly kind: 'delivery'
  readonly index: number
  /** 回: what the customer counts. */
  readonly turn: number
  readonly ruleDate: string
  readonly bent: RuleDate['bent']
  /** The day that was asked for instead of the rule's. */
  readonly movedTo: string | null
  readonly deliverOn: string
  readonly shipOn: string
  readonly shift: ShipShift | null
  readonly generateOn: string
  readonly changeUntil: string
}

/** A date of the rule on which nothing is delivered. */
export interface PlannedGap {
  readonly kind: 'skipped' | 'paused'
  readonly index: number
  readonly ruleDate: string
}

export type PlannedTurn = PlannedDelivery | PlannedGap

/** Dates of a rule that are looked at for one plan at most; a pause without end stops it earlier. */
const HORIZON = 3_000

/**
 * The next deliveries of a contract, with every shift. Turns ship in their order, each on its own open day: none is
 * lost, none is doubled, whatever the calendar says.
 */
export function planTurns(input: PlanInput): PlannedTurn[] {
  const { rule, shipping, from, pause } = input
  const anchor = epochDay(input.anchor)
  const wanted = (index: number): EpochDay | null => wantedDay(input, anchor, index)
  const planned: PlannedTurn[] = []
  let { turn } = from
  let before = from.shippedOn === null ? null : epochDay(from.shippedOn)
  let deliveries = 0
  for (let index = from.index; index < from.index + HORIZON && deliveries < input.count; index++) {
    if (input.lastTurn !== null && turn > input.lastTurn) break
    const named = ruleDate(rule, anchor, index)
    if (named === null) continue
    const date = plainDate(named.day)
    if (pause && date >= pause.from && (pause.until === null || date < pause.until)) {
      if (pause.until === null) break
      planned.push({ kind: 'paused', index, ruleDate: date })
      continue
    }
    const exception = input.exceptions.get(index)
    if (exception?.kind === 'skip') {
      planned.push({ kind: 'skipped', index, ruleDate: date })
      continue
    }
    const asked = exception ? epochDay(exception.to) : named.day
    const next = nextWanted(wanted, index)
    const ship = shipDay({
      ideal: asked - shipping.leadDays,
      notBefore: Math.max(epochDay(input.today), before === null ? -Infinity : before + 1),
      nextIdeal: next === null ? null : next - shipping.leadDays,
      prefer: shipping.prefer,
      isOpen: (day) => shipping.isOpen(plainDate(day)),
    })
    planned.push({
      kind: 'delivery',
      index,
      turn,
      ruleDate: date,
      bent: named.bent,
      movedTo: exception ? exception.to : null,
      // Sent earlier, it waits at the carrier for the day; sent later, it comes later.
      deliverOn: plainDate(Math.max(asked, ship.day + shipping.leadDays)),
      shipOn: plainDate(ship.day),
      shift: ship.shift,
      generateOn: plainDate(ship.day - shipping.generateDaysBefore),
      changeUntil: plainDate(ship.day - shipping.changeDaysBefore),
    })
    before = ship.day
    turn += 1
    deliveries += 1
  }
  return planned
}

/** The day on which the turn with this index is wanted; null when nothing is delivered then. */
function wantedDay(input: PlanInput, anchor: EpochDay, index: number): EpochDay | null {
  const exception = input.exceptions.get(index)
  if (exception?.kind === 'skip') return null
  const named = ruleDate(input.rule, anchor, index)
  if (named === null) return null
  return exception ? epochDay(exception.to) : named.day
}

/** Dates that are looked at for the turn behind this one: a long row of skipped turns hinders nobody. */
const LOOK_AHEAD = 4

function nextWanted(wanted: (index: number) => EpochDay | null, index: number): EpochDay | null {
  for (let ahead = 1; ahead <= LOOK_AHEAD; ahead++) {
    const day = wanted(index + ahead)
    if (day !== null) return day
  }
  return null
}
