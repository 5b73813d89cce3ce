import { useTranslation } from 'react-i18next'
import type { PaymentPlan } from '../../../contract/payment-plan'

/** 支払区分 in words. */
export function usePlanWords(): (plan: PaymentPlan) => string {
  const { t } = useTranslation('common')
  return (plan) =>
    plan.kind === 'installments' ? t('plan.installments', { times: plan.count }) : t(`plan.${plan.kind}`)
}
