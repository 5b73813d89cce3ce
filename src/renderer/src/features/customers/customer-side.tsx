import { Anchor, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { CustomerDetail } from '../../../../contract/customers'
import { OrderStatus } from '../../../../contract/orders'
import { formatDate, formatExpiry, formatYen } from '../../lib/format'
import { OrderChip } from '../../ui/state-chips'
import { StatusChip } from '../../ui/status-chip'
import styles from './customers.module.css'

/** Cards on file: brand, last 3 digits, expiry, and whether they can be charged now. */
export function CustomerCards({ cards }: { cards: CustomerDetail['cards'] }) {
  const { t } = useTranslation('customers')
  return (
    <section className="card" aria-labelledby="cards">
      <Title order={2} mb={6} id="cards">
        {t('detail.cards')}
      </Title>
      {cards.length === 0 && <Text size="sm">{t('detail.noCards')}</Text>}
      {cards.map((card) => (
        <div key={card.cardId} className={styles.card}>
          <Text size="sm" fw={600}>
            {t('detail.card', { brand: card.brand, last3: card.last3 })}
          </Text>
          <Text size="sm">{t('detail.expiry', { expiry: formatExpiry(card.expiryYYMM) })}</Text>
          <StatusChip tone={card.usable ? 'good' : 'bad'}>
            {t(card.usable ? 'detail.usable' : 'detail.unusable')}
          </StatusChip>
        </div>
      ))}
    </section>
  )
}

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
