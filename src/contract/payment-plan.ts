import { z } from 'zod'

/** 支払区分 in which a card pays: 一括, 分割 in so many times, リボ or ボーナス一括. */
export const PaymentPlan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('one-time') }),
  z.object({ kind: z.literal('installments'), count: z.int().min(2).max(99) }),
  z.object({ kind: z.literal('revolving') }),
  z.object({ kind: z.literal('bonus') }),
])
export type PaymentPlan = z.infer<typeof PaymentPlan>

/** What a payment service takes besides 一括, which every one takes. */
export const OfferedPlans = z.object({
  /** 分割の回数, each in so many times. */
  installments: z.array(z.int().min(2).max(99)).max(40),
  revolving: z.boolean(),
  bonus: z.boolean(),
})
export type OfferedPlans = z.infer<typeof OfferedPlans>

export const ONE_TIME: PaymentPlan = { kind: 'one-time' }
export const ONLY_ONE_TIME: OfferedPlans = { installments: [], revolving: false, bonus: false }

export function isOffered(plan: PaymentPlan, offered: OfferedPlans): boolean {
  switch (plan.kind) {
    case 'one-time':
      return true
    case 'installments':
      return offered.installments.includes(plan.count)
    case 'revolving':
      return offered.revolving
    case 'bonus':
      return offered.bonus
  }
}

/** 分割の回数; null for every other plan. */
export const countOf = (plan: PaymentPlan): number | null =>
  plan.kind === 'installments' ? plan.count : null
