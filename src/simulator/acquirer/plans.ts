import { z } from 'zod'
import type { ServiceProfile } from './services'

/** 支払区分 of an authorization. */
export const Plan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('one-time') }),
  z.object({ kind: z.literal('installments'), count: z.int().min(2).max(99) }),
  z.object({ kind: z.literal('revolving') }),
  z.object({ kind: z.literal('bonus') }),
])
export type Plan = z.infer<typeof Plan>

export const ONE_TIME: Plan = { kind: 'one-time' }

/** 一括 is taken everywhere, the others as the service offers them. */
export function takesPlan({ plans }: ServiceProfile, plan: Plan): boolean {
  if (plan.kind === 'one-time') return true
  return plan.kind === 'installments' ? plans.installments.includes(plan.count) : plans[plan.kind]
}
