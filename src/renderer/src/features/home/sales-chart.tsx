import { Button, Title } from '@mantine/core'
import { IconChartBar, IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount, formatPlainDate, formatShortYen, formatYen } from '../../lib/format'
import styles from './home.module.css'

interface Day {
  readonly date: string
  readonly orders: number
  readonly total: number
}

function Bars({ days, label }: { days: readonly Day[]; label: string }) {
  const highest = Math.max(1, ...days.map((day) => day.total))
  return (
    <div className={styles.chart} role="img" aria-label={label}>
      {days.map((day, position) => (
        <div key={day.date} title={`${formatPlainDate(day.date)} ${formatYen(day.total)}`}>
          <span>{day.total > 0 ? formatShortYen(day.total) : '0'}</span>
          <i
            data-today={position === days.length - 1}
            style={{ height: `calc((100% - 46px) * ${(day.total / highest).toFixed(3)})` }}
          />
          <span>{formatPlainDate(day.date)}</span>
        </div>
      ))}
    </div>
  )
}

function Table({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation('home')
  return (
    <div className={styles.tableBox} role="region" aria-label={t('chartTable')} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visuallyHidden">{t('chartTable')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('date')}</th>
            <th scope="col">{t('orders')}</th>
            <th scope="col">{t('total')}</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.date}>
              <th scope="row">{formatPlainDate(day.date)}</th>
              <td>{formatCount(day.orders)}</td>
              <td>{formatYen(day.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Yen by day: bars for the eye, or the same figures as a table. */
export function SalesChart({ days }: { days: readonly Day[] | undefined }) {
  const { t } = useTranslation('home')
  const [asTable, setAsTable] = useState(false)
  const sum = (days ?? []).reduce((total, day) => total + day.total, 0)
  return (
    <section className={`card ${styles.sales}`} aria-labelledby="sales">
      <div className={styles.sectionHead}>
        <Title order={2} id="sales">
          {t('chart')}
        </Title>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={
            asTable ? (
              <IconChartBar size={15} aria-hidden="true" />
            ) : (
              <IconTable size={15} aria-hidden="true" />
            )
          }
          onClick={() => setAsTable(!asTable)}
        >
          {t(asTable ? 'asChart' : 'asTable')}
        </Button>
      </div>
      {days && asTable && <Table days={days} />}
      {days && !asTable && <Bars days={days} label={t('chartLabel', { total: formatYen(sum) })} />}
    </section>
  )
}
