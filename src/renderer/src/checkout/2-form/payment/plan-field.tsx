import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ONE_TIME, ONLY_ONE_TIME, type PaymentPlan } from '../../../../../contract/payment-plan'
import { api } from '../../../lib/client'
import { usePlanWords } from '../../../ui/use-plan-words'
import { useDraft, useDraftState, useFault } from '../../draft/draft-context'
import styles from './payment.module.css'

const keyOf = (plan: PaymentPlan): string =>
  plan.kind === 'installments' ? `${plan.kind}-${plan.count}` : plan.kind

/** 支払区分 of a card; nothing at all while the service takes 一括 alone. */
export function PlanField() {
  const { t } = useTranslation('checkout')
  const words = usePlanWords()
  const draft = useDraft()
  const { plan, payment, terms } = useDraftState().form
  const fault = useFault('plan')
  // Asked before a card is chosen, so that nothing on the page moves a moment after the choice.
  const offered = useQuery(api.checkout.plans.queryOptions()).data ?? ONLY_ONE_TIME
  const plans: PaymentPlan[] = [
    ONE_TIME,
    ...offered.installments.map((count) => ({ kind: 'installments' as const, count })),
    ...(offered.revolving ? [{ kind: 'revolving' as const }] : []),
    ...(offered.bonus ? [{ kind: 'bonus' as const }] : []),
  ]
  const known = plans.some((one) => keyOf(one) === keyOf(plan)) ? plans : [...plans, plan]
  // A 定期 is always 一括.
  if (payment.method !== 'card' || known.length === 1 || terms !== undefined) return null
  return (
    <NativeSelect
      classNames={{ root: styles.plan ?? '', wrapper: styles.planChoice ?? '' }}
      label={t('payment.plan')}
      value={keyOf(plan)}
      data={known.map((one) => ({ value: keyOf(one), label: words(one) }))}
      error={fault}
      data-path="plan"
      onChange={(event) => {
        const chosen = known.find((one) => keyOf(one) === event.currentTarget.value) ?? ONE_TIME
        draft.edit((form) => ({ ...form, plan: chosen }))
      }}
      onBlur={() => void draft.flush()}
    />
  )
}
