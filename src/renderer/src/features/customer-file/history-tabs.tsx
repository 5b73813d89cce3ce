import { Anchor, Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { api } from '../../lib/client'
import { formatDateTime, formatYen } from '../../lib/format'
import { ListFoot } from '../../ui/list-foot'
import { OrderChip, PaymentChip } from '../../ui/state-chips'
import { ErrorPanel } from '../../ui/states'
import { usePaged } from '../../ui/use-paged'
import { usePlanWords } from '../../ui/use-plan-words'
import styles from './customer-file.module.css'

const PAGE = 20

function OrderLink({ id, number }: { id: string; number: number }) {
  return (
    <Anchor component={Link} href={`/orders/${id}`} size="sm" lh="24px" display="inline-block">
      {number}
    </Anchor>
  )
}

/** All orders of a customer, newest first. */
export function OrdersTab({ customerId }: { customerId: string }) {
  const { t } = useTranslation('customerFile')
  const list = useInfiniteQuery(
    api.customerFile.orders.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, customerId }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, foot } = usePaged(list)
  return (
    <section className="card" aria-labelledby="all-orders">
      <Title order={2} id="all-orders">
        {t('orders.title')}
      </Title>
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      {rows?.length === 0 && <Text size="sm">{t('orders.none')}</Text>}
      {rows && rows.length > 0 && (
        <table className={styles.table} aria-labelledby="all-orders">
          <thead>
            <tr>
              <th scope="col">{t('orders.number')}</th>
              <th scope="col">{t('orders.at')}</th>
              <th scope="col">{t('orders.items')}</th>
              <th scope="col">{t('orders.status')}</th>
              <th scope="col" className={styles.num}>
                {t('orders.total')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((order) => (
              <tr key={order.id}>
                <td>
                  <OrderLink {...order} />
                </td>
                <td>{formatDateTime(order.orderedAt)}</td>
                <td>{order.items}</td>
                <td>
                  <OrderChip status={order.status} />
                </td>
                <td className={styles.num}>{formatYen(order.total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={styles.foot}>{rows && rows.length > 0 && <ListFoot {...foot} />}</div>
    </section>
  )
}

/** 取引 of a customer, newest first. */
export function PaymentsTab({ customerId }: { customerId: string }) {
  const { t } = useTranslation('customerFile')
  const planWords = usePlanWords()
  const list = useInfiniteQuery(
    api.customerFile.payments.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, customerId }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, foot } = usePaged(list)
  return (
    <section className="card" aria-labelledby="payments">
      <Title order={2} id="payments">
        {t('payments.title')}
      </Title>
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      {rows?.length === 0 && <Text size="sm">{t('payments.none')}</Text>}
      {rows && rows.length > 0 && (
        <table className={styles.table} aria-labelledby="payments">
          <thead>
            <tr>
              <th scope="col">{t('payments.number')}</th>
              <th scope="col">{t('payments.at')}</th>
              <th scope="col">{t('payments.card')}</th>
              <th scope="col">{t('payments.plan')}</th>
              <th scope="col">{t('payments.state')}</th>
              <th scope="col">{t('payments.order')}</th>
              <th scope="col" className={styles.num}>
                {t('payments.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((payment) => (
              <tr key={payment.id}>
                <td>{payment.number}</td>
                <td>{formatDateTime(payment.createdAt)}</td>
                <td>
                  {payment.last3 && t('payments.last3', { brand: payment.brand, last3: payment.last3 })}
                </td>
                <td>{planWords(payment.plan)}</td>
                <td>
                  <PaymentChip state={payment.state} more={payment.code ?? ''} />
                </td>
                <td>
                  {payment.orderId !== null && payment.orderNumber !== null && (
                    <OrderLink id={payment.orderId} number={payment.orderNumber} />
                  )}
                </td>
                <td className={styles.num}>{formatYen(payment.amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={styles.foot}>{rows && rows.length > 0 && <ListFoot {...foot} />}</div>
    </section>
  )
}

/** 定期注文 of a customer: they are not taken at this desk yet. */
export function SubscriptionsTab() {
  const { t } = useTranslation('customerFile')
  return (
    <section className="card" aria-labelledby="subscriptions">
      <Title order={2} id="subscriptions">
        {t('subscriptions.title')}
      </Title>
      <Text size="sm">{t('subscriptions.none')}</Text>
    </section>
  )
}
