import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Cohort, Month } from '../../../../contract/subscription-insights'
import { formatCount } from '../../lib/format'
import { monthWords } from './insight-words'
import styles from './subscription-insights.module.css'

interface TableProps {
  readonly cohorts: readonly Cohort[]
  readonly unit: 'percent' | 'count'
  readonly chosen: Month | null
  readonly onChoose: (month: Month) => void
}

/** The darkest cell still leaves its number at 4.5:1. */
const DEEPEST = 38

/** The same figures as numbers, one row a month of start; a row's button shows its curve. */
export function RetentionTable({ cohorts, unit, chosen, onChoose }: TableProps) {
  const { t } = useTranslation('subscriptionInsights')
  const longest = Math.max(0, ...cohorts.map(({ left }) => left.length))
  const steps = Array.from({ length: longest }, (_, step) => step)
  return (
    <section className={`card ${styles.scroll}`} aria-labelledby="retention-table" tabIndex={0}>
      <Title order={2} id="retention-table">
        {t('retention.table')}
      </Title>
      <Text size="sm" c="dimmed" mb={6}>
        {t('retention.formula')}
      </Text>
      <table className={`${styles.table} ${styles.heat}`} aria-labelledby="retention-table">
        <thead>
          <tr>
            <th scope="col">{t('retention.start')}</th>
            <th scope="col" className={styles.num}>
              {t('retention.started')}
            </th>
            {steps.map((step) => (
              <th key={step} scope="col" className={styles.num}>
                {t('retention.step', { step })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cohorts.map(({ month, started, left }) => (
            <tr key={month} data-chosen={month === chosen}>
              <th scope="row">
                <button
                  type="button"
                  className={styles.row}
                  aria-pressed={month === chosen}
                  onClick={() => onChoose(month)}
                >
                  {monthWords(t, month)}
                </button>
              </th>
              <td className={styles.num}>{formatCount(started)}</td>
              {steps.map((step) => {
                const still = left[step]
                if (still === undefined) return <td key={step} />
                const rate = still / started
                const depth = Math.round(rate * DEEPEST)
                return (
                  <td
                    key={step}
                    className={styles.num}
                    style={{ background: `color-mix(in srgb, var(--heat) ${depth}%, var(--sheet))` }}
                  >
                    {unit === 'percent' ? `${Math.round(rate * 100)}%` : formatCount(still)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
