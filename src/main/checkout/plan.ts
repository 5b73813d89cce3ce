import type { CheckoutForm } from '../../contract/checkout'
import {
  countOf,
  isOffered,
  ONE_TIME,
  ONLY_ONE_TIME,
  type OfferedPlans,
  type PaymentPlan,
} from '../../contract/payment-plan'
import type { FieldFault } from '../domain/people/contact-fields'
import type { CheckoutDeps } from './deps'
import type { PaymentRow } from './drafts'

/** 支払区分 that the service takes; 一括 alone while it cannot be asked. */
export async function offeredPlans(deps: CheckoutDeps): Promise<OfferedPlans> {
  const choice = await deps.activeService()
  return choice.ready ? choice.active.capabilities.plans : ONLY_ONE_TIME
}

/** A plan is of cards alone. */
export const planOfForm = ({ payment, plan }: CheckoutForm): PaymentPlan =>
  payment.method === 'card' ? plan : ONE_TIME

/** 支払区分 in the words of a sentence. */
export function planWords(plan: PaymentPlan): string {
  switch (plan.kind) {
    case 'one-time':
      return '一括払い'
    case 'installments':
      return `${plan.count}回の分割払い`
    case 'revolving':
      return 'リボ払い'
    case 'bonus':
      return 'ボーナス一括払い'
  }
}

/** What stands against the plan: a service is never asked for one that it does not offer. */
export async function planFaults(deps: CheckoutDeps, form: CheckoutForm): Promise<FieldFault[]> {
  const plan = planOfForm(form)
  if (plan.kind === 'one-time') return []
  const choice = await deps.activeService()
  // No service: 与信 says why, in words that help more.
  if (!choice.ready || isOffered(plan, choice.active.capabilities.plans)) return []
  const message = `ご利用の決済サービスでは${planWords(plan)}をお取り扱いできません。ほかの支払区分を選択してください。`
  return [{ path: 'plan', message }]
}

export function planOfPayment({
  plan,
  installments,
}: Pick<PaymentRow, 'plan' | 'installments'>): PaymentPlan {
  return plan === 'installments' ? { kind: plan, count: installments ?? 2 } : { kind: plan }
}

/** The columns of `payment` that say the plan. */
export const planColumns = (plan: PaymentPlan) => ({ plan: plan.kind, installments: countOf(plan) })

export const samePlan = (payment: Pick<PaymentRow, 'plan' | 'installments'>, plan: PaymentPlan): boolean =>
  payment.plan === plan.kind && payment.installments === countOf(plan)
