import { useTranslation } from 'react-i18next'
import { formatCount, formatPlainDate, formatYen } from '../../lib/format'

interface Day {
  readonly date: string
  readonly orders: number
  readonly total: number
}

/** Yen by day as bars for the eye, and as a table for everybody else. */
export function SalesChart({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation('home')
  const highest = Math.max(1, ...days.map((day) => day.total))
  return (
    <>
      <div className="chart" aria-hidden="true">
        {days.map((day) => (
          <div key={day.date} title={`${formatPlainDate(day.date)} ${formatYen(day.total)}`}>
            <span>{day.total > 0 ? formatCount(Math.round(day.total / 1000)) + 'k' : ''}</span>
            <i style={{ height: `${(day.total / highest) * 70}%` }} />
            <span>{formatPlainDate(day.date).replace(/\(.*/, '')}</span>
          </div>
        ))}
      </div>
      <table className="visuallyHidden">
        <caption>{t('chartTable')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('date')}</th>
            <th scope="col">{t('orders')}</th>
            <th scope="col">{t('total')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.date}>
              <td>{day.date}</td>
              <td>{day.orders}</td>
              <td>{formatYen(day.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
