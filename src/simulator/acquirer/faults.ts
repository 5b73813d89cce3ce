import { z } from 'zod'

export const Operation = z.enum(['tokens', 'authorize', 'capture', 'void', 'refund', 'inquire', 'handshake'])
export type Operation = z.infer<typeof Operation>

/** What goes wrong with the next requests. `times`: how often, then all is well again. */
export const Fault = z.discriminatedUnion('kind', [
  /** The request is swallowed: no answer, nothing booked. */
  z.object({ kind: z.literal('hang') }),
  /** Booked at once, answered after `ms`: by then the client has given up. */
  z.object({ kind: z.literal('answer-late'), ms: z.int().min(0) }),
  /** Booked, then 500. */
  z.object({ kind: z.literal('commit-then-500') }),
  /** Booked, then the line is cut. */
  z.object({ kind: z.literal('commit-then-cut') }),
  /** All is well, but slow. */
  z.object({ kind: z.literal('slow'), ms: z.int().min(0) }),
  z.object({ kind: z.literal('garbage') }),
  z.object({ kind: z.literal('server-error') }),
  /** Swallowed, "not found" to every question, and booked `ms` later after all. */
  z.object({ kind: z.literal('not-found-then-commit'), ms: z.int().min(0) }),
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
