import { z } from 'zod'

export const Operation = z.enum(['tokens', 'authorize', 'capture', 'void', 'refund', 'inquire', 'handshake'])
export type Operation = z.infer<typeof Operation>

/** Delay in milliseconds; without it the work waits for `POST /release`. */
const ms = z.int().min(0).max(3_600_000).optional()

/** What goes wrong with the next requests. `times`: how often, then all is well again. */
export const Fault = z.discriminatedUnion('kind', [
  /** The request is swallowed: no answer, nothing booked. */
  z.object({ kind: z.literal('hang') }),
  /** The line is cut, nothing booked. */
  z.object({ kind: z.literal('cut') }),
  /** Booked at once, answered later: by then the client has given up. */
  z.object({ kind: z.literal('answer-late'), ms }),
  /** Booked, then 500. */
  z.object({ kind: z.literal('commit-then-500') }),
  /** Booked, then the line is cut. */
  z.object({ kind: z.literal('commit-then-cut') }),
  /** Booked and answered, but late. */
  z.object({ kind: z.literal('slow'), ms }),
  /** An answer that nobody can read, nothing booked. */
  z.object({ kind: z.literal('garbage') }),
  /** Booked, then an answer that nobody can read. */
  z.object({ kind: z.literal('commit-then-garbage') }),
  /** 503, nothing booked. */
  z.object({ kind: z.literal('server-error') }),
  /** 429 with `Retry-After` in seconds, nothing booked. */
  z.object({ kind: z.literal('too-many'), seconds: z.int().min(0).max(3600) }),
  /** Queued over there: "not found" to every question, and booked later after all. Never answered. */
  z.object({ kind: z.literal('not-found-then-commit'), ms }),
  /** Refused with this transaction code. */
  z.object({ kind: z.literal('decline'), code: z.string().regex(/^\d{3}$/) }),
])
export type Fault = z.infer<typeof Fault>

export const FaultOrder = z.object({
  operation: Operation,
  fault: Fault,
  times: z.int().min(1).max(1000).default(1),
})

/** Faults that wait for their request, in the order in which they were set. */
export class FaultQueue {
  readonly #waiting: { operation: Operation; fault: Fault; times: number }[] = []

  add(order: z.infer<typeof FaultOrder>): void {
    this.#waiting.push({ ...order })
  }

  clear(): void {
    this.#waiting.length = 0
  }

  take(operation: Operation): Fault | null {
    const index = this.#waiting.findIndex((entry) => entry.operation === operation)
    const entry = this.#waiting[index]
    if (!entry) return null
    entry.times -= 1
    if (entry.times === 0) this.#waiting.splice(index, 1)
    return entry.fault
  }
}
