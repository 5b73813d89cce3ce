import { useTranslation } from 'react-i18next'
import type { SubscriptionStatus } from '../../../../contract/subscription-form'
import { StatusChip, type Tone } from '../../ui/status-chip'

const TONE: Readonly<Record<SubscriptionStatus, Tone>> = {
  pending: 'wait',
  active: 'good',
  paused: 'wait',
  'payment-stopped': 'bad',
  cancelled: 'quiet',
  finished: 'quiet',
}

/** The state of a contract in words with its mark. */
export function SubscriptionChip({ status }: { status: SubscriptionStatus }) {
  const { t } = useTranslation('subscriptionDesk')
  return <StatusChip tone={TONE[status]}>{t(`status.${status}`)}</StatusChip>
}
