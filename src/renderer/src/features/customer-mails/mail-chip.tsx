import { useTranslation } from 'react-i18next'
import type { CustomerMailState } from '../../../../contract/customer-mails'
import { StatusChip, type Tone } from '../../ui/status-chip'

const TONE: Readonly<Record<CustomerMailState, Tone>> = {
  waiting: 'wait',
  sending: 'wait',
  sent: 'good',
  unknown: 'bad',
  failed: 'bad',
  cancelled: 'quiet',
  phone: 'bad',
  called: 'quiet',
}

/** How a mail stands. */
export function MailChip({ state }: { state: CustomerMailState }) {
  const { t } = useTranslation('customerMails')
  return <StatusChip tone={TONE[state]}>{t(`states.${state}`)}</StatusChip>
}
