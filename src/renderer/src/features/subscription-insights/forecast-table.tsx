import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ProductForecast } from '../../../../contract/subscription-insights'
import { formatCount, formatPlainDate } from '../../lib/format'
import styles from './subscription-insights.module.css'

interface ForecastProps {
  readonly forecast: {
    readonly from: string
    readonly until: string
    readonly parcels: number
    readonly products: readonly ProductForecast[]
  }
}

const DAYS = ['in30', 'in60', 'in90'] as const

/** 90日の出荷予測: what the deliveries need of each product, and until when the stock lasts. */
export function ForecastTable({ forecast }: ForecastProps) {
  const { t } = useTranslation('subscriptionInsights')
  const { from, until, parcels, products } = forecast
  return (
    <section className={`card ${styles.scroll}`} aria-labelledby="forecast" tabIndex={0}>
      <Title order={2} id="forecast">
        {t('forecast.title')}
      </Title>
      <Text size="sm" c="dimmed" mb={6}>
        {t('forecast.span', {
          from: formatPlainDate(from),
          until: formatPlainDate(until),
          shown: formatCount(parcels),
        })}
      </Text>
      {products.length === 0 ? (
        <Text size="sm">{t('forecast.none')}</Text>
      ) : (
        <table className={styles.table} aria-labelledby="forecast">
          <thead>
            <tr>
              <th scope="col">{t('forecast.product')}</th>
              <th scope="col" className={styles.num}>
                {t('forecast.stock')}
              </th>
              {DAYS.map((days) => (
                <th key={days} scope="col" className={styles.num}>
                  {t(`forecast.${days}`)}
                </th>
              ))}
              <th scope="col">{t('forecast.short')}</th>
            </tr>
          </thead>
          <tbody>
            {products.map((product) => (
              <tr key={product.productId}>
                <th scope="row">
                  <span className={styles.quiet}>{product.code}</span> {product.name}
                </th>
                <td className={styles.num}>
                  {product.stock === null ? t('forecast.uncounted') : formatCount(product.stock)}
                </td>
                {DAYS.map((days) => (
                  <td key={days} className={styles.num}>
                    {formatCount(product[days])}
                  </td>
                ))}
                <td className={product.shortOn === null ? undefined : styles.short}>
                  {product.shortOn === null
                    ? product.stock !== null && t('forecast.lasts')
                    : t('forecast.shortOn', { date: formatPlainDate(product.shortOn) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
