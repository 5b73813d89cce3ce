/** 支払区分 that a service takes besides 一括. */
export interface OfferedPlans {
  readonly installments: readonly number[]
  readonly revolving: boolean
  readonly bonus: boolean
}

/** One of the payment services that this process plays side by side. */
export interface ServiceProfile {
  readonly id: string
  readonly name: string
  readonly idempotency: 'key' | 'order-id' | 'none'
  readonly maxProcessingMs: number
  readonly holdMs: number
  /** How long after the payment a sale can be given back, milliseconds. */
  readonly refundMs: number
  readonly plans: OfferedPlans
}

const DAY = 86_400_000

/** Three services that differ in how they keep one request from becoming two charges. */
export const SERVICES: readonly ServiceProfile[] = [
  {
    id: 'sim-key',
    name: 'Simulated service (idempotency key)',
    idempotency: 'key',
    maxProcessingMs: 20_000,
    holdMs: 30 * DAY,
    refundMs: 180 * DAY,
    plans: { installments: [3, 5, 6, 10, 12, 15, 18, 20, 24], revolving: true, bonus: true },
  },
  {
    id: 'sim-order',
    name: 'Simulated service (unique order id)',
    idempotency: 'order-id',
    maxProcessingMs: 30_000,
    holdMs: 60 * DAY,
    refundMs: 365 * DAY,
    plans: { installments: [], revolving: false, bonus: false },
  },
  {
    id: 'sim-none',
    name: 'Simulated service (no protection)',
    idempotency: 'none',
    maxProcessingMs: 45_000,
    holdMs: 7 * DAY,
    refundMs: 90 * DAY,
    plans: { installments: [3, 6, 12], revolving: false, bonus: false },
  },
]

/** Codes that say why a sale cannot be given back: asked for by a total, they come with the refund. */
const isRefundCode = (code: number): boolean => code >= 500 && code <= 599

/** A total that asks for a code: 9,900,101 yen comes to 101 at the given step, and so on. */
export function codeOfAmount(amount: number, step: 'authorize' | 'refund'): string | null {
  const code = amount - 9_900_000
  if (code < 100 || code > 999) return null
  return isRefundCode(code) === (step === 'refund') ? String(code) : null
}
