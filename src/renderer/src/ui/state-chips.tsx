import { useTranslation } from 'react-i18next'
import type { PaymentState } from '../../../contract/checkout'
import type { OrderStatus } from '../../../contract/orders'
import { StatusChip, type Tone } from './status-chip'

const ORDER_TONE: Readonly<Record<OrderStatus, Tone>> = {
  new: 'good',
  'waiting-check': 'wait',
  'waiting-payment': 'wait',
  'waiting-ship-date': 'wait',
  'ship-instructed': 'good',
  shipped: 'quiet',
  returned: 'bad',
  cancelled: 'quiet',
}

const PAYMENT_TONE: Readonly<Record<PaymentState, Tone>> = {
  unknown: 'bad',
  authorized: 'good',
  captured: 'good',
  'partially-refunded': 'quiet',
  refunded: 'quiet',
  voided: 'quiet',
  failed: 'bad',
}

/** 受注ステータス in words with its mark. */
export function OrderChip({ status }: { status: OrderStatus }) {
  const { t } = useTranslation('common')
  return <StatusChip tone={ORDER_TONE[status]}>{t(`status.${status}`)}</StatusChip>
}

/** The state of a payment in words with its mark, and what follows from it. */
export function PaymentChip({ state, more = '' }: { state: PaymentState; more?: string }) {
  const { t } = useTranslation('common')
  return <StatusChip tone={PAYMENT_TONE[state]}>{`${t(`payment.${state}`)} ${more}`.trim()}</StatusChip>
}
