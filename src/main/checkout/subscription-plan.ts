import type { Selectable } from 'kysely'
import { CycleRule } from '../../contract/cycle-rule'
import type { SubscriptionForm, TurnNote } from '../../contract/subscription-form'
import type { SubscriptionSettings } from '../../contract/subscription-settings'
import { normalizePostalCode } from '../../contract/text'
import type { SubscriptionTable, SubscriptionTurnChangeTable } from '../db/subscription-tables.types'
import { deliveryWindow, roadDaysTo, type ShipTo } from '../domain/calendar/delivery'
import { closedReason } from '../domain/calendar/shop-calendar'
import { addDays, businessDate } from '../domain/calendar/tokyo'
import {
  planTurns,
  type PlanInput,
  type PlannedDelivery,
  type PlannedTurn,
  type Shipping,
  type TurnException,
} from '../domain/subscriptions/cycle-plan'
import { anchorOf } from '../domain/subscriptions/cycle-rule'
import { readDelivery, type KeptDelivery } from './delivery'
import type { CheckoutDeps } from './deps'

/** What every plan follows from: calendar, days on the road, 設定 > 定期; read once for many contracts. */
export interface LoadedShipping {
  readonly delivery: KeptDelivery
  readonly settings: SubscriptionSettings
  /** The business date of today. */
  readonly today: string
  /** Epoch ms. */
  readonly now: number
  /** Whether the shop ships on a date; what the calendar says of a day is looked up once. */
  readonly isOpen: (date: string) => boolean
}

/** The columns of a contract that its plan follows from. */
export type PlanRow = Pick<
  Selectable<SubscriptionTable>,
  | 'status'
  | 'rule'
  | 'anchor'
  | 'next_index'
  | 'next_turn'
  | 'last_shipped_on'
  | 'last_turn'
  | 'pause_from'
  | 'pause_until'
  | 'ship_prefecture'
  | 'ship_postal_code'
>

export type TurnChange = Pick<
  Selectable<SubscriptionTurnChangeTable>,
  'rule_index' | 'kind' | 'move_to' | 'items'
>

/** The next delivery as a contract keeps it, so that lists and the run need not plan. */
export type NextPlan = Pick<
  Selectable<SubscriptionTable>,
  'next_ship_on' | 'next_deliver_on' | 'next_generate_on' | 'change_until'
>

export async function loadShipping(
  deps: Pick<CheckoutDeps, 'database' | 'clock' | 'subscriptionSettings'>,
): Promise<LoadedShipping> {
  const [delivery, settings] = await Promise.all([readDelivery(deps.database), deps.subscriptionSettings()])
  const known = new Map<string, boolean>()
  const isOpen = (date: string): boolean => {
    const found = known.get(date) ?? closedReason(delivery.rules.calendar, date) === null
    known.set(date, found)
    return found
  }
  const now = deps.clock.now()
  return { delivery, settings, today: businessDate(now), now, isOpen }
}

/** How the shop ships to an address. */
export function shippingFor(loaded: LoadedShipping, to: ShipTo): Shipping {
  const { settings, isOpen, delivery } = loaded
  return {
    isOpen,
    leadDays: roadDaysTo(delivery.rules, { ...to, postalCode: normalizePostalCode(to.postalCode) }),
    prefer: settings.shipOnClosedDay,
    generateDaysBefore: settings.generateDaysBefore,
    changeDaysBefore: settings.changeDaysBefore,
  }
}

/** The first days on which something taken now can ship, and arrive. Plain dates. */
export function earliestFor({ delivery, now }: LoadedShipping, to: ShipTo) {
  const place = { ...to, postalCode: normalizePostalCode(to.postalCode) }
  const { shipOn, earliest } = deliveryWindow(delivery.rules, now, place)
  return { shipOn, deliverOn: earliest }
}

/** The dates of a form that is not a contract yet, and the anchor that it will have. */
export function planOfForm(
  loaded: LoadedShipping,
  form: Pick<SubscriptionForm, 'rule' | 'startOn' | 'lastTurn'>,
  to: ShipTo,
  count: number,
  exceptions: ReadonlyMap<number, TurnException> = new Map(),
): { readonly anchor: string; readonly plan: PlannedTurn[] } {
  const earliest = earliestFor(loaded, to)
  const start = form.startOn !== null && form.startOn > earliest.deliverOn ? form.startOn : earliest.deliverOn
  const anchor = anchorOf(form.rule, start)
  const plan = planTurns({
    rule: form.rule,
    anchor,
    shipping: shippingFor(loaded, to),
    today: earliest.shipOn,
    from: { index: 0, turn: 1, shippedOn: null },
    exceptions,
    pause: null,
    count,
    lastTurn: form.lastTurn,
  })
  return { anchor, plan }
}

/** Skips and moves by the index of their date; a date that is skipped is not moved. */
export function exceptionsOf(changes: readonly TurnChange[]): Map<number, TurnException> {
  const exceptions = new Map<number, TurnException>()
  for (const { rule_index: index, kind, move_to: to } of changes) {
    if (kind === 'skip') exceptions.set(index, { kind: 'skip' })
    else if (kind === 'move' && to !== null && !exceptions.has(index))
      exceptions.set(index, { kind: 'move', to })
  }
  return exceptions
}

const pauseOf = (row: PlanRow): PlanInput['pause'] =>
  row.pause_from === null ? null : { from: row.pause_from, until: row.pause_until }

/** The next dates of a contract with every shift; none of one that has ended. Throws NoOpenDay. */
export function planOf(
  loaded: LoadedShipping,
  row: PlanRow,
  changes: readonly TurnChange[],
  wish: { readonly today: string; readonly count: number },
): PlannedTurn[] {
  if (row.status === 'cancelled' || row.status === 'finished') return []
  return planTurns({
    rule: CycleRule.parse(JSON.parse(row.rule)),
    anchor: row.anchor,
    shipping: shippingFor(loaded, { prefecture: row.ship_prefecture, postalCode: row.ship_postal_code }),
    today: wish.today,
    from: { index: row.next_index, turn: row.next_turn, shippedOn: row.last_shipped_on },
    exceptions: exceptionsOf(changes),
    pause: pauseOf(row),
    count: wish.count,
    lastTurn: row.last_turn,
  })
}

const NO_PLAN: NextPlan = {
  next_ship_on: null,
  next_deliver_on: null,
  next_generate_on: null,
  change_until: null,
}

export const isDelivery = (turn: PlannedTurn): turn is PlannedDelivery => turn.kind === 'delivery'

/**
 * What a contract keeps of its next delivery. Nothing unless it is 有効: then nobody makes an order of it. A pause with
 * an end needs nobody to end it: the contract stays 有効, and its next delivery lies behind the pause.
 */
export function nextPlanColumns(
  loaded: LoadedShipping,
  row: PlanRow,
  changes: readonly TurnChange[],
  today: string,
): NextPlan {
  if (row.status !== 'active') return NO_PLAN
  const next = planOf(loaded, row, changes, { today, count: 1 }).find(isDelivery)
  if (!next) return NO_PLAN
  return {
    next_ship_on: next.shipOn,
    next_deliver_on: next.deliverOn,
    next_generate_on: next.generateOn,
    change_until: next.changeUntil,
  }
}

/** What a contract is called today: 停止 while a pause lasts, although its row needs no change for it to end. */
export const statusOn = (
  row: Pick<PlanRow, 'status' | 'pause_from' | 'pause_until'>,
  today: string,
): PlanRow['status'] =>
  row.status === 'active' &&
  row.pause_from !== null &&
  row.pause_from <= today &&
  (row.pause_until === null || today < row.pause_until)
    ? 'paused'
    : row.status

/** Why a delivery is not on the very date of the rule, or ships on another day than it would. */
export function notesOf(loaded: LoadedShipping, turn: PlannedDelivery, leadDays: number): TurnNote[] {
  const notes: TurnNote[] = []
  if (turn.bent !== null)
    notes.push({ kind: 'bent', why: turn.bent === 'missing-fifth' ? 'no-fifth' : 'short-month' })
  if (turn.movedTo !== null) notes.push({ kind: 'moved', from: turn.ruleDate })
  notes.push({ kind: 'road', days: leadDays })
  const { shift } = turn
  if (shift === null) return notes
  const ideal = addDays(turn.shipOn, -shift.days)
  const { calendar } = loaded.delivery.rules
  const closed = shift.reason === 'past' ? null : closedReason(calendar, ideal)
  notes.push({
    kind: shift.days < 0 ? 'shipped-earlier' : 'shipped-later',
    days: Math.abs(shift.days),
    closed,
  })
  return notes
}
