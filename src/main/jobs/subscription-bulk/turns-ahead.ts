import type { PlannedDelivery } from '../../domain/subscriptions/cycle-plan'

/** Deliveries that are looked at for the first one that changes. */
export const REACH = 60

/** How many are planned at first, and then when these have not told; most contracts are decided by the first ones. */
const STEPS = [3, 12, REACH]

/** The deliveries ahead of a contract, planned only as far as somebody looks. */
export class TurnsAhead {
  readonly #plan: (count: number) => readonly PlannedDelivery[]
  #known: readonly PlannedDelivery[] = []
  #step = 0

  /** `plan` gives the first so many deliveries, fewer when there are no more. */
  constructor(plan: (count: number) => readonly PlannedDelivery[]) {
    this.#plan = plan
  }

  /** The delivery at this place, from 0; undefined behind the last one. */
  at(place: number): PlannedDelivery | undefined {
    while (place >= this.#known.length) {
      const count = STEPS[this.#step]
      if (count === undefined) return undefined
      this.#known = this.#plan(count)
      // Fewer than were asked for: these are all.
      this.#step = this.#known.length < count ? STEPS.length : this.#step + 1
    }
    return this.#known[place]
  }

  /** The deliveries from this place on, as often as they are gone through. */
  from(place: number): Iterable<PlannedDelivery> {
    const at = (one: number) => this.at(one)
    return {
      *[Symbol.iterator]() {
        let one = place
        for (let turn = at(one); turn !== undefined; turn = at(++one)) yield turn
      },
    }
  }
}
