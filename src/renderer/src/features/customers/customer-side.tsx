import { Anchor, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { CustomerDetail } from '../../../../contract/customers'
import { OrderStatus } from '../../../../contract/orders'
import { formatDate, formatYen } from '../../lib/format'
import { OrderChip } from '../../ui/state-chips'
import styles from './customers.module.css'

function Status({ status }: { status: string }) {
  const known = OrderStatus.safeParse(status)
  if (!known.success) return status
  return <OrderChip status={known.data} />
}

/** The last orders of the customer. */
export function CustomerOrders({ orders }: { orders: CustomerDetail['orders'] }) {
  const { t } = useTranslation('customers')
  return (
    <section className="card" aria-labelledby="history">
      <Title order={2} mb={6} id="history">
        {t('detail.orders')}
      </Title>
      {orders.length === 0 ? (
        <Text size="sm">{t('detail.noOrders')}</Text>
      ) : (
        <table className={styles.history} aria-labelledby="history">
          <colgroup>
            <col style={{ width: 66 }} />
            <col style={{ width: 88 }} />
            <col />
            <col style={{ width: 106 }} />
            <col style={{ width: 80 }} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{t('history.number')}</th>
              <th scope="col">{t('history.date')}</th>
              <th scope="col">{t('history.items')}</th>
              <th scope="col">{t('history.status')}</th>
              <th scope="col" className={styles.num}>
                {t('history.total')}
              </th>
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => (
              <tr key={order.id}>
                <td>
                  <Anchor
                    component={Link}
                    href={`/orders/${order.id}`}
                    size="sm"
                    lh="24px"
                    display="inline-block"
                  >
                    {order.number}
                  </Anchor>
                </td>
                <td>{formatDate(order.orderedAt)}</td>
                <td title={order.items}>{order.items}</td>
                <td>
                  <Status status={order.status} />
                </td>
                <td className={styles.num}>{formatYen(order.total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
