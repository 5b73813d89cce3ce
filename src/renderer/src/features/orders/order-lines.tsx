import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OrderDetail } from '../../../../contract/orders'
import { formatYen } from '../../lib/format'
import styles from './orders.module.css'

/** The lines of an order with the rate of each and the tax per rate. */
export function OrderLines({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  return (
    <section className="card" aria-labelledby="lines">
      <Title order={2} mb={8} id="lines">
        {t('detail.lines')}
      </Title>
      <table className={styles.lines} aria-labelledby="lines">
        <thead>
          <tr>
            <th scope="col">{t('detail.code')}</th>
            <th scope="col">{t('detail.name')}</th>
            <th scope="col" className={styles.num}>
              {t('detail.rate')}
            </th>
            <th scope="col" className={styles.num}>
              {t('detail.unitPrice')}
            </th>
            <th scope="col" className={styles.num}>
              {t('detail.quantity')}
            </th>
            <th scope="col" className={styles.num}>
              {t('detail.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={`${line.kind} ${line.code} ${line.name} ${line.unitPrice} ${line.shipment}`}>
              <td>{line.code}</td>
              <td>
                {line.name}
                {order.shipments.length > 1 &&
                  line.kind === 'product' &&
                  ` ${t('detail.toNth', { number: line.shipment })}`}
              </td>
              <td className={styles.num}>{t('detail.ratePercent', { rate: line.ratePercent })}</td>
              <td className={styles.num}>{formatYen(line.unitPrice)}</td>
              <td className={styles.num}>{line.quantity}</td>
              <td className={styles.num}>
                {line.priceKind === 'net' && `${t('detail.net')} `}
                {formatYen(line.amount)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className={styles.total}>
            <th scope="row" colSpan={5}>
              {t('detail.total')}
            </th>
            <td data-testid="total">{formatYen(order.total)}</td>
          </tr>
          {order.taxes.map((row) => (
            <tr key={row.ratePercent} className={styles.tax}>
              <th scope="row" colSpan={5}>
                {t('detail.taxable', { rate: row.ratePercent, taxable: formatYen(row.taxable) })}
              </th>
              <td>{t('detail.taxIn', { tax: formatYen(row.tax) })}</td>
            </tr>
          ))}
        </tfoot>
      </table>
      {order.discount !== null && order.discount.reason !== '' && (
        <Text size="sm" mt={6}>
          {t(order.discount.by === '' ? 'detail.agreedPrice' : 'detail.discount', {
            ...order.discount,
            amount: formatYen(order.discount.amount),
          })}
        </Text>
      )}
    </section>
  )
}
