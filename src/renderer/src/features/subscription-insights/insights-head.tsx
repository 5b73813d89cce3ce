import { Select, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { InsightState } from '../../../../contract/subscription-insights'
import pageHead from '../../ui/page-head.module.css'
import { SubscriptionTabs } from '../subscriptions/subscription-tabs'
import subscriptions from '../subscriptions/subscriptions.module.css'
import { Reckoned } from './reckoned'
import { SPANS, type useMonths } from './use-months'

interface InsightsHeadProps {
  readonly title: string
  readonly state: InsightState | undefined
  readonly children: ReactNode
}

/** Title, how fresh the figures are, what can be done with them, and the neighbouring pages. */
export function InsightsHead({ title, state, children }: InsightsHeadProps) {
  const { t } = useTranslation('subscriptions')
  return (
    <>
      <div className={pageHead.head}>
        <Title order={1}>
          <span className={subscriptions.crumb}>{t('crumb')}</span>
          {title}
        </Title>
        <Reckoned state={state} />
        <div className={pageHead.rest} />
        {children}
      </div>
      <SubscriptionTabs />
    </>
  )
}

/** How many months back. */
export function SpanChoice({ months }: { months: ReturnType<typeof useMonths> }) {
  const { t } = useTranslation('subscriptionInsights')
  return (
    <Select
      aria-label={t('span.label')}
      w={150}
      data={SPANS.map((span) => ({ value: String(span), label: t('span.months', { count: span }) }))}
      value={String(months.span)}
      onChange={(value) => value !== null && months.showSpan(Number(value))}
    />
  )
}
