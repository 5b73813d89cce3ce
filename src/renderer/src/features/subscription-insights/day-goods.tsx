import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DeliveryDay } from '../../../../contract/subscription-insights'
import { formatCount, formatDayOfYear } from '../../lib/format'
import styles from './subscription-insights.module.css'

/** What leaves on the day that is looked at. */
export function DayGoods({ day }: { day: DeliveryDay }) {
  const { t } = useTranslation('subscriptionInsights')
  const { parcels, goods } = day
  return (
    <section className={`card ${styles.goods}`} aria-labelledby="day-goods" tabIndex={0}>
      <div className={styles.monthHead}>
        <Title order={2} id="day-goods">
          {t('calendar.goods', { date: formatDayOfYear(day.date) })}
        </Title>
        {parcels !== null && (
          <Text size="sm" data-testid="day-parcels">
            {t('calendar.parcels', {
              ship: formatCount(parcels.ship),
              deliver: formatCount(parcels.deliver),
            })}
          </Text>
        )}
      </div>
      {goods.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('calendar.nothing')}
        </Text>
      ) : (
        <table className={styles.table} aria-labelledby="day-goods">
          <tbody>
            {goods.map(({ productId, code, name, quantity }) => (
              <tr key={productId}>
                <th scope="row">
                  <span className={styles.quiet}>{code}</span> {name}
                </th>
                <td className={styles.num}>{t('calendar.pieces', { shown: formatCount(quantity) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
