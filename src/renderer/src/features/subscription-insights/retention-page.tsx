import { SegmentedControl, Skeleton, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, client } from '../../lib/client'
import { ErrorPanel } from '../../ui/states'
import { CsvButton } from './csv-button'
import { InsightsHead, SpanChoice } from './insights-head'
import { figures } from './reckoned'
import { RetentionChart } from './retention-chart'
import { RetentionTable } from './retention-table'
import styles from './subscription-insights.module.css'
import { useMonths } from './use-months'

const UNITS = ['percent', 'count'] as const

/** 定期注文マスター > 継続率: how many of those that began together still go on, month by month. */
export function RetentionPage() {
  const { t } = useTranslation('subscriptionInsights')
  const months = useMonths()
  const [unit, setUnit] = useState<(typeof UNITS)[number]>('percent')
  const shown = useQuery({
    ...api.subscriptionInsights.retention.queryOptions({
      input: { months: months.span },
      placeholderData: keepPreviousData,
    }),
    ...figures,
  })
  const { state, cohorts = [] } = shown.data ?? {}
  const isReady = state !== undefined && state.reckonedAt !== null
  const chosen = cohorts.find(({ month }) => month === months.month) ?? null
  return (
    <div className="listPage">
      <InsightsHead title={t('retention.title')} state={state}>
        <SegmentedControl
          aria-label={t('retention.unit')}
          data={UNITS.map((value) => ({ value, label: t(`retention.units.${value}`) }))}
          value={unit}
          onChange={(value) => setUnit(value === 'count' ? 'count' : 'percent')}
        />
        <SpanChoice months={months} />
        <CsvButton
          disabled={!isReady || cohorts.length === 0}
          save={() => client.subscriptionInsights.retentionCsv({ months: months.span })}
        />
      </InsightsHead>
      {shown.isError && <ErrorPanel error={shown.error} onRetry={() => void shown.refetch()} />}
      {!isReady && !shown.isError && <Skeleton height={420} aria-hidden="true" />}
      {isReady && cohorts.length === 0 && <Text>{t('retention.none')}</Text>}
      {isReady && cohorts.length > 0 && (
        <div className={styles.retention}>
          <RetentionChart cohorts={cohorts} chosen={chosen} />
          <RetentionTable
            cohorts={cohorts}
            unit={unit}
            chosen={chosen?.month ?? null}
            onChoose={months.showMonth}
          />
        </div>
      )}
    </div>
  )
}
