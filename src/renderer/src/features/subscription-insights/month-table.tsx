import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MonthKpi } from '../../../../contract/subscription-insights'
import { formatCount } from '../../lib/format'
import { monthWords, percentWords, reasonWords } from './insight-words'
import styles from './subscription-insights.module.css'

const COLUMNS = ['atStart', 'started', 'cancelled', 'finished', 'atEnd'] as const

/** Month by month, the newest first; the running one is not over yet. */
export function MonthTable({ rows, chosen }: { rows: readonly MonthKpi[]; chosen: string }) {
  const { t } = useTranslation('subscriptionInsights')
  return (
    <section className={`card ${styles.scroll}`} aria-labelledby="kpi-months" tabIndex={0}>
      <Title order={2} id="kpi-months" mb={6}>
        {t('kpi.months')}
      </Title>
      <table className={styles.table} aria-labelledby="kpi-months">
        <thead>
          <tr>
            <th scope="col">{t('kpi.columns.month')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={styles.num}>
                {t(`kpi.columns.${column}`)}
              </th>
            ))}
            <th scope="col" className={styles.num}>
              {t('kpi.columns.churn')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.month} data-chosen={row.month === chosen}>
              <th scope="row">
                {monthWords(t, row.month)}
                {at === 0 && <span className={styles.quiet}> {t('kpi.running')}</span>}
              </th>
              {COLUMNS.map((column) => (
                <td key={column} className={styles.num}>
                  {formatCount(row[column])}
                </td>
              ))}
              <td className={styles.num}>{percentWords(row.churn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** 解約の理由 of a month, the most frequent first. */
export function ReasonBars({ month }: { month: MonthKpi }) {
  const { t } = useTranslation('subscriptionInsights')
  const most = Math.max(1, ...month.reasons.map(({ count }) => count))
  return (
    <section className={`card ${styles.scroll}`} aria-labelledby="kpi-reasons" tabIndex={0}>
      <Title order={2} id="kpi-reasons" mb={6}>
        {t('kpi.reasons', { month: monthWords(t, month.month) })}
      </Title>
      {month.reasons.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('kpi.noReasons')}
        </Text>
      ) : (
        <ul className={styles.bars}>
          {month.reasons.map(({ reason, count }) => (
            <li key={reason}>
              <span>{reasonWords(t, reason)}</span>
              <i style={{ width: `${((count / most) * 100).toFixed(1)}%` }} aria-hidden="true" />
              <b>{t('kpi.contracts', { shown: formatCount(count) })}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
