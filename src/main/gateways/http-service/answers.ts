import { z } from 'zod'
import { OfferedPlans, ONLY_ONE_TIME } from '../../../contract/payment-plan'

const code = z.string().max(20)
const rawCode = z.string().max(100)
const reference = z.string().min(1).max(100)
const yen = z.int().min(0).max(999_999_999)

/** Told in any order, perhaps twice: offered in theirs, once. */
const Plans = OfferedPlans.transform((plans) => ({
  ...plans,
  installments: [...new Set(plans.installments)].toSorted((one, other) => one - other),
}))

export const Handshake = z.object({
  service: z.string().max(40),
  capabilities: z.object({
    idempotency: z.enum(['key', 'order-id', 'none']),
    maxProcessingMs: z.int().min(0).max(86_400_000),
    holdMs: z
      .int()
      .min(0)
      .max(90 * 86_400_000),
    zeroAmountCheck: z.boolean(),
    partialRefund: z.boolean(),
    /** A service that says nothing of them takes 一括 alone. */
    plans: Plans.default(ONLY_ONE_TIME),
    requestsPerSecond: z.number().min(0.1).max(10_000).optional(),
  }),
})

export const Declined = z.object({ kind: z.literal('declined'), code, rawCode })

/** A masked number as a service may return it: at most first 6 and last 4 digits in clear (PCI DSS 3.4.1). */
const Masked = z
  .string()
  .max(25)
  .regex(/^\d{0,6}[^0-9]+\d{0,4}$/)
  .refine((masked) => /\d{3}$/.test(masked))

export const Tokenized = z.object({
  kind: z.literal('tokenized'),
  token: z.string().min(8).max(200),
  brand: z.string().min(1).max(30),
  masked: Masked,
  expiryYYMM: z.string().regex(/^\d{2}(0[1-9]|1[0-2])$/),
})

export const Approved = z.object({
  kind: z.literal('approved'),
  serviceTransactionId: reference,
  approvalCode: z.string().max(20),
  holdUntil: z.int().nullable(),
})

export const Found = z.object({
  kind: z.literal('found'),
  state: z.enum(['authorized', 'captured', 'voided', 'partially-refunded', 'refunded', 'declined']),
  serviceTransactionId: reference,
  approvalCode: z.string().max(20),
  holdUntil: z.int().nullable(),
  capturedAmount: yen,
  refundedAmount: yen,
  operationKeys: z.array(z.string().max(100)).max(200),
  code: code.nullable(),
  rawCode: rawCode.nullable(),
})

export const NotFound = z.object({ kind: z.literal('not-found') })
