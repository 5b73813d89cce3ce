/** One of the payment services that this process plays side by side. */
export interface ServiceProfile {
  readonly id: string
  readonly idempotency: 'key' | 'order-id' | 'none'
  readonly maxProcessingMs: number
  readonly holdMs: number
}

const DAY = 86_400_000

/** Three services that differ in how they keep one request from becoming two charges. */
export const SERVICES: readonly ServiceProfile[] = [
  { id: 'sim-key', idempotency: 'key', maxProcessingMs: 20_000, holdMs: 30 * DAY },
  { id: 'sim-order', idempotency: 'order-id', maxProcessingMs: 30_000, holdMs: 60 * DAY },
  { id: 'sim-none', idempotency: 'none', maxProcessingMs: 45_000, holdMs: 7 * DAY },
]

/** A total that asks for a code: 9,900,101 yen comes to 101, and so on. */
export function codeOfAmount(amount: number): string | null {
  const code = amount - 9_900_000
  return code >= 100 && code <= 999 ? String(code) : null
}
