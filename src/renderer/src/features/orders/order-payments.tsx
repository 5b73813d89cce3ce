import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ShownPayment } from '../../../../contract/checkout'
import type { OrderDetail } from '../../../../contract/orders'
import { formatDateTime, formatYen } from '../../lib/format'
import { PaymentChip } from '../../ui/state-chips'
import { usePlanWords } from '../../ui/use-plan-words'
import styles from './orders.module.css'

function PaymentFacts({ payment }: { payment: ShownPayment }) {
  const { t } = useTranslation('orders')
  const planWords = usePlanWords()
  const rows = [
    [t('detail.paid'), formatYen(payment.amount)],
    [t('detail.plan'), planWords(payment.plan)],
    [t('detail.card'), [payment.brand, payment.masked ?? payment.last3].filter(Boolean).join(' ')],
    [t('detail.approval'), payment.approvalCode],
    [t('detail.resultCode'), payment.code],
    [t('detail.at'), formatDateTime(payment.createdAt)],
    [t('detail.holdUntil'), payment.holdUntil === null ? null : formatDateTime(payment.holdUntil)],
  ] as const
  return (
    <dl className="facts">
      <dt>{t('detail.paymentId')}</dt>
      <dd>{payment.number}</dd>
      <dt>{t('detail.state')}</dt>
      <dd>
        <PaymentChip state={payment.state} />
      </dd>
      {rows
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** How the order is paid; every transaction with its 取引ID and the masked number as the service returned it. */
export function OrderPayments({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const { t: common } = useTranslation('common')
  return (
    <section className="card" aria-labelledby="payment">
      <Title order={2} mb={8} id="payment">
        {t('detail.payment', { method: common(`method.${order.paymentMethod}`) })}
      </Title>
      {order.payments.length === 0 && <Text size="sm">{t('detail.noPayment')}</Text>}
      {order.payments.map((payment) => (
        <div key={payment.number} className={styles.payment}>
          <PaymentFacts payment={payment} />
        </div>
      ))}
    </section>
  )
}
