import type { ItemMode } from '../../../contract/subscription-form'

/** What goes into a parcel. */
export interface ForecastItem {
  readonly productId: string
  readonly quantity: number
}

/** One parcel that is planned or already ordered. */
export interface ComingDelivery {
  readonly shipOn: string | null
  readonly deliverOn: string | null
  readonly items: readonly ForecastItem[]
}

export interface DayOfForecast {
  readonly ship: number
  readonly deliver: number
  /** Quantities by product that leave on this day. */
  readonly goods: ReadonlyMap<string, number>
}

const EMPTY: DayOfForecast = { ship: 0, deliver: 0, goods: new Map() }

/** Parcels and goods by day, of the days from `from` until `until`, both included. */
export class DeliveryForecast {
  readonly from: string
  readonly until: string
  readonly #days = new Map<string, { ship: number; deliver: number; goods: Map<string, number> }>()

  constructor(from: string, until: string) {
    this.from = from
    this.until = until
  }

  #day(date: string) {
    const found = this.#days.get(date)
    if (found) return found
    const made = { ship: 0, deliver: 0, goods: new Map<string, number>() }
    this.#days.set(date, made)
    return made
  }

  #holds = (date: string | null): date is string => date !== null && date >= this.from && date <= this.until

  add({ shipOn, deliverOn, items }: ComingDelivery): void {
    if (this.#holds(deliverOn)) this.#day(deliverOn).deliver += 1
    if (!this.#holds(shipOn)) return
    const day = this.#day(shipOn)
    day.ship += 1
    for (const { productId, quantity } of items) {
      day.goods.set(productId, (day.goods.get(productId) ?? 0) + quantity)
    }
  }

  /** Null for a day that was not looked at. */
  on(date: string): DayOfForecast | null {
    if (!this.#holds(date)) return null
    return this.#days.get(date) ?? EMPTY
  }

  /** The days on which anything leaves or arrives, in their order. */
  days(): [string, DayOfForecast][] {
    return [...this.#days].toSorted(([one], [other]) => (one < other ? -1 : 1))
  }
}

/** The set of items of a turn (回, from 1): alternating sets go round, a course stays at its last one. */
export function setOfTurn(mode: ItemMode, turn: number, sets: number): number {
  if (mode === 'fixed' || sets <= 1) return 0
  return mode === 'alternating' ? (turn - 1) % sets : Math.min(turn, sets) - 1
}
