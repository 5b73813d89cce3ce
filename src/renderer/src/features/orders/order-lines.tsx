import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OrderDetail } from '../../../../contract/orders'
import { formatYen } from '../../lib/format'

/** The lines of an order with its tax per rate; goods at the reduced rate are marked. */
export function OrderLines({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  return (
    <section className="card">
      <Title order={2} mb={6}>
        {t('detail.lines')}
      </Title>
      <table className="grid" aria-label={t('detail.lines')}>
        <thead>
          <tr>
            <th scope="col">{t('detail.code')}</th>
            <th scope="col">{t('detail.name')}</th>
            <th scope="col" className="num">
              {t('detail.unitPrice')}
            </th>
            <th scope="col" className="num">
              {t('detail.quantity')}
            </th>
            <th scope="col" className="num">
              {t('detail.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={`${line.kind} ${line.name}`}>
              <td>{line.code}</td>
              <td>
                {line.name}
                {line.kind === 'product' && line.ratePercent < 10 ? ` ※${t('detail.reduced')}` : ''}
              </td>
              <td className="num">{formatYen(line.unitPrice)}</td>
              <td className="num">{line.quantity}</td>
              <td className="num">{formatYen(line.amount)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4} className="num">
              {t('detail.total')}
            </th>
            <td className="num" style={{ fontWeight: 700, fontSize: 16 }}>
              {formatYen(order.total)}
            </td>
          </tr>
        </tfoot>
      </table>
      {order.taxes.map((row) => (
        <Text key={row.ratePercent} size="sm" ta="right" mt={4}>
          {t('detail.tax', {
            rate: row.ratePercent,
            taxable: formatYen(row.taxable),
            tax: formatYen(row.tax),
          })}
        </Text>
      ))}
    </section>
  )
}
