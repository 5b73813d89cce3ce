import { openDayFrom, type ClosedDay, type ShopCalendar } from './shop-calendar'
import { addDays, businessDate, tokyoMinutes } from './tokyo'

/** What the shop has set up for its deliveries. */
export interface DeliveryRules {
  readonly calendar: ShopCalendar
  /** Orders from this minute of the day on count as taken on the next open day. */
  readonly cutOffMinutes: number
  /** Open days between the order and its shipment; 0 ships on the day of the order. */
  readonly preparationDays: number
  /** How far ahead a delivery may be promised, days from today. */
  readonly latestDays: number
  /** Days on the road by prefecture. */
  readonly leadDays: ReadonlyMap<string, number>
  /** Islands and other places that take longer, by the beginning of their postal codes. */
  readonly remoteAreas: readonly RemoteArea[]
}

export interface RemoteArea {
  readonly prefix: string
  readonly name: string
  /** Days more than the prefecture's. */
  readonly days: number
}

export interface ShipTo {
  readonly prefecture: string
  /** Digits; may be empty while nothing is known. */
  readonly postalCode: string
}

/** Why the earliest delivery is when it is, in the order of reckoning. */
export type DeliveryStep =
  | { readonly kind: 'after-cut-off'; readonly date: string; readonly cutOffMinutes: number }
  | { readonly kind: 'closed'; readonly days: readonly ClosedDay[] }
  | { readonly kind: 'ship'; readonly date: string; readonly preparationDays: number }
  | { readonly kind: 'road'; readonly prefecture: string; readonly days: number }
  | { readonly kind: 'remote'; readonly name: string; readonly days: number }

export interface DeliveryWindow {
  /** Plain dates. */
  readonly earliest: string
  readonly latest: string
  /** The day on which the earliest delivery ships. */
  readonly shipOn: string
  /** Days on the road, islands included. */
  readonly roadDays: number
  readonly remote: RemoteArea | null
  readonly steps: readonly DeliveryStep[]
}

/** Most of the country is reached on the next day; holds while the prefecture is not known yet. */
const USUAL_ROAD_DAYS = 1

/** The area with the longest beginning that a postal code has, or null. */
export function remoteAreaOf(areas: readonly RemoteArea[], postalCode: string): RemoteArea | null {
  let found: RemoteArea | null = null
  for (const area of areas) {
    if (!postalCode.startsWith(area.prefix)) continue
    if (found === null || area.prefix.length > found.prefix.length) found = area
  }
  return found
}

/** Days on the road to an address, islands included. */
export const roadDaysTo = (rules: DeliveryRules, to: ShipTo): number =>
  (rules.leadDays.get(to.prefecture) ?? USUAL_ROAD_DAYS) +
  (remoteAreaOf(rules.remoteAreas, to.postalCode)?.days ?? 0)

/** The day on which an order ships that was taken at this instant, with what moved it. */
function firstShipDay(rules: DeliveryRules, atMs: number): { date: string; steps: DeliveryStep[] } {
  const steps: DeliveryStep[] = []
  const closed = (days: readonly ClosedDay[]) => {
    if (days.length > 0) steps.push({ kind: 'closed', days })
  }
  const today = businessDate(atMs)
  let day = openDayFrom(rules.calendar, today)
  if (day.date === today && tokyoMinutes(atMs) >= rules.cutOffMinutes) {
    steps.push({ kind: 'after-cut-off', date: today, cutOffMinutes: rules.cutOffMinutes })
    day = openDayFrom(rules.calendar, addDays(today, 1))
  }
  closed(day.closed)
  for (let left = rules.preparationDays; left > 0; left--) {
    day = openDayFrom(rules.calendar, addDays(day.date, 1))
    closed(day.closed)
  }
  steps.push({ kind: 'ship', date: day.date, preparationDays: rules.preparationDays })
  return { date: day.date, steps }
}

/**
 * The delivery dates that may be promised for an order taken at this instant (epoch ms). Carriers are on the road every
 * day; only shipping waits for an open day. Throws NoOpenDay.
 */
export function deliveryWindow(rules: DeliveryRules, atMs: number, to: ShipTo): DeliveryWindow {
  const ship = firstShipDay(rules, atMs)
  const road = rules.leadDays.get(to.prefecture) ?? USUAL_ROAD_DAYS
  const remote = remoteAreaOf(rules.remoteAreas, to.postalCode)
  const roadDays = road + (remote?.days ?? 0)
  const earliest = addDays(ship.date, roadDays)
  const latest = addDays(businessDate(atMs), rules.latestDays)
  const steps: DeliveryStep[] = [...ship.steps, { kind: 'road', prefecture: to.prefecture, days: road }]
  if (remote) steps.push({ kind: 'remote', name: remote.name, days: remote.days })
  return {
    earliest,
    latest: latest < earliest ? earliest : latest,
    shipOn: ship.date,
    roadDays,
    remote,
    steps,
  }
}

/**
 * The day on which an order ships so that it arrives on the chosen date: never on a closed day, rather earlier, and not
 * before the first possible day. Null when the date is too early.
 */
export function shipDayFor(
  rules: DeliveryRules,
  window: DeliveryWindow,
  deliverOn: string,
): { date: string; closed: readonly ClosedDay[] } | null {
  if (deliverOn < window.earliest) return null
  const day = openDayFrom(rules.calendar, addDays(deliverOn, -window.roadDays), -1)
  return day.date < window.shipOn ? { ...day, date: window.shipOn } : day
}
