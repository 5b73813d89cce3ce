/** What one chunk may take of the writing thread; the aim leaves room for the slowest one. */
const ALLOWED = { aimMs: 10, mostMs: 20 }

/** Finds how many rows fit into a chunk: more while it is quick, at once fewer when it was slow. */
export class Pace {
  #size: number
  readonly #least: number
  readonly #most: number

  readonly #allowed: typeof ALLOWED

  constructor(sizes: { first: number; least: number; most: number }, allowed = ALLOWED) {
    this.#allowed = allowed
    this.#size = sizes.first
    this.#least = sizes.least
    this.#most = sizes.most
  }

  get size(): number {
    return Math.floor(this.#size)
  }

  /** Tells how long a chunk of the present size took. */
  took(ms: number): void {
    const { aimMs, mostMs } = this.#allowed
    const factor = ms > mostMs ? 0.7 : ms > aimMs ? 0.95 : 1.05
    this.#size = Math.min(this.#most, Math.max(this.#least, this.#size * factor))
  }
}
