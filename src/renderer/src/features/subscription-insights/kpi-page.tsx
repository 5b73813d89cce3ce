import { Select, Skeleton, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Kpis, MonthKpi } from '../../../../contract/subscription-insights'
import { api, client } from '../../lib/client'
import { formatCount, formatYen } from '../../lib/format'
import { ErrorPanel } from '../../ui/states'
import { CsvButton } from './csv-button'
import { monthWords, percentWords } from './insight-words'
import { InsightsHead, SpanChoice } from './insights-head'
import { MonthTable, ReasonBars } from './month-table'
import { figures } from './reckoned'
import styles from './subscription-insights.module.css'
import { useMonths } from './use-months'

interface TileProps {
  readonly name: string
  readonly value: string
  /** How the figure is reckoned. */
  readonly formula: string
  /** The same with the numbers of the day. */
  readonly figures: string
}

function Tile({ name, value, formula, figures }: TileProps) {
  return (
    <section className={`card ${styles.tile}`} aria-label={name}>
      <Text size="sm">{name}</Text>
      <strong>{value}</strong>
      <p>{formula}</p>
      <p className={styles.figures}>{figures}</p>
    </section>
  )
}

const perTurn = (value: number | null): string => (value === null ? '—' : value.toFixed(1))

function Tiles({ kpis, month }: { kpis: Kpis; month: MonthKpi }) {
  const { t } = useTranslation('subscriptionInsights')
  const { now, turns, ltv } = kpis
  const of = monthWords(t, month.month)
  return (
    <div className={styles.tiles}>
      <Tile
        name={t('kpi.active')}
        value={t('kpi.contracts', { shown: formatCount(now.active) })}
        formula={t('kpi.activeFormula')}
        figures={t('kpi.activeFigures', {
          paused: formatCount(now.paused),
          stopped: formatCount(now.paymentStopped),
        })}
      />
      <Tile
        name={t('kpi.started', { month: of })}
        value={t('kpi.contracts', { shown: formatCount(month.started) })}
        formula={t('kpi.startedFormula')}
        figures={t('kpi.startedFigures', { shown: formatCount(month.atEnd) })}
      />
      <Tile
        name={t('kpi.cancelled', { month: of })}
        value={t('kpi.contracts', { shown: formatCount(month.cancelled) })}
        formula={t('kpi.cancelledFormula')}
        figures={t('kpi.cancelledFigures', { shown: formatCount(month.finished) })}
      />
      <Tile
        name={t('kpi.churn', { month: of })}
        value={percentWords(month.churn)}
        formula={t('kpi.churnFormula')}
        figures={`${formatCount(month.cancelled)} ÷ ${formatCount(month.atStart)}`}
      />
      <Tile
        name={t('kpi.turns')}
        value={t('kpi.nth', { shown: perTurn(turns.average) })}
        formula={t('kpi.turnsFormula')}
        figures={t('kpi.turnsFigures', { shown: perTurn(turns.cancelled) })}
      />
      <Tile
        name={t('kpi.ltv')}
        value={ltv.average === null ? '—' : formatYen(ltv.average)}
        formula={t('kpi.ltvFormula')}
        figures={`(${formatYen(ltv.captured)} − ${formatYen(ltv.refunded)}) ÷ ${formatCount(ltv.contracts)}`}
      />
    </div>
  )
}

/** 定期注文マスター > 指標: how many go on and why others do not, each figure with its formula. */
export function KpiPage() {
  const { t } = useTranslation('subscriptionInsights')
  const months = useMonths()
  const shown = useQuery({
    ...api.subscriptionInsights.kpis.queryOptions({
      input: { months: months.span },
      placeholderData: keepPreviousData,
    }),
    ...figures,
  })
  const kpis = shown.data?.kpis ?? null
  const rows = kpis?.months.toReversed() ?? []
  const month = rows.find((one) => one.month === months.month) ?? rows[0]
  return (
    <div className="listPage">
      <InsightsHead title={t('kpi.title')} state={shown.data?.state}>
        {month && (
          <Select
            aria-label={t('kpi.month')}
            w={140}
            data={rows.map((row) => ({ value: row.month, label: monthWords(t, row.month) }))}
            value={month.month}
            onChange={(value) => value !== null && months.showMonth(value)}
          />
        )}
        <SpanChoice months={months} />
        <CsvButton
          disabled={kpis === null}
          save={() => client.subscriptionInsights.kpisCsv({ months: months.span })}
        />
      </InsightsHead>
      {shown.isError && <ErrorPanel error={shown.error} onRetry={() => void shown.refetch()} />}
      {!kpis && !shown.isError && <Skeleton height={420} aria-hidden="true" />}
      {kpis && month && (
        <>
          <Tiles kpis={kpis} month={month} />
          <div className={styles.under}>
            <MonthTable rows={rows} chosen={month.month} />
            <ReasonBars month={month} />
          </div>
        </>
      )}
    </div>
  )
}
