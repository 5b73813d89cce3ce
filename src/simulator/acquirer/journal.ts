import type { Operation } from './faults'

/** `arrived`: read as a whole. `booked`: stands in the books, or was refused. `answered`: handed to the line. */
export type Stage = 'arrived' | 'booked' | 'answered'

export interface JournalEntry {
  readonly seq: number
  readonly operation: Operation
  readonly stage: Stage
}

const KEPT = 10_000

/** What happened to requests, in order, so that tests wait for events and never for time. Kept in memory only. */
export class Journal {
  readonly #entries: JournalEntry[] = []
  #waiting: (() => void)[] = []
  #seq = 0

  get seq(): number {
    return this.#seq
  }

  note(operation: Operation, stage: Stage): void {
    this.#seq += 1
    this.#entries.push({ seq: this.#seq, operation, stage })
    if (this.#entries.length > KEPT) this.#entries.shift()
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }

  /** Resolves with the first such event later than `after`. */
  async next(operation: Operation, stage: Stage, after: number): Promise<number> {
    for (;;) {
      const found = this.#entries.find(
        (entry) => entry.seq > after && entry.operation === operation && entry.stage === stage,
      )
      if (found) return found.seq
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    }
  }
}
