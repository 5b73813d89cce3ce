import type { Clock } from '../platform/clock'

/** Pause between two wrong proofs of one address. */
const PAUSE_MS = 1000
/** So many wrong proofs in a row are somebody's mistake; after them the address is locked. */
const FREE_ATTEMPTS = 5
const FIRST_LOCK_MS = 60_000
const MAX_LOCK_MS = 15 * 60_000
const MAX_ADDRESSES = 1024

interface Record {
  readonly wrong: number
  readonly nextAt: number
}

/** What may be done with a proof of this address now. */
export type ProofTurn =
  | { readonly kind: 'look'; readonly afterMs: number }
  | { readonly kind: 'locked'; readonly forMs: number }

/** Counts wrong pairing proofs of each address: a pause after each, a growing lock after five. */
export class ProofLimiter {
  readonly #clock: Clock
  readonly #records = new Map<string, Record>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  turn(address: string): ProofTurn {
    const record = this.#records.get(address)
    const waitMs = Math.max(0, (record?.nextAt ?? 0) - this.#clock.now())
    if (waitMs > 0 && record !== undefined && record.wrong >= FREE_ATTEMPTS)
      return { kind: 'locked', forMs: waitMs }
    return { kind: 'look', afterMs: waitMs }
  }

  wrong(address: string): void {
    const wrong = (this.#records.get(address)?.wrong ?? 0) + 1
    const lockMs = FIRST_LOCK_MS * 2 ** (wrong - FREE_ATTEMPTS)
    const pauseMs = wrong < FREE_ATTEMPTS ? PAUSE_MS : Math.min(lockMs, MAX_LOCK_MS)
    // Behind all others, so that the address that is forgotten first is the one that was wrong longest ago.
    this.#records.delete(address)
    this.#records.set(address, { wrong, nextAt: this.#clock.now() + pauseMs })
    const [oldest] = this.#records.keys()
    if (this.#records.size > MAX_ADDRESSES && oldest !== undefined) this.#records.delete(oldest)
  }

  right(address: string): void {
    this.#records.delete(address)
  }
}
