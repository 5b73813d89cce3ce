import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OrderLegal } from '../../../../contract/checkout'
import { formatPlainDate } from '../../lib/format'
import styles from './form.module.css'

/** 通信販売 or 電話勧誘販売, with what follows of it for this call. */
export function LegalBadge({ legal }: { legal: OrderLegal }) {
  const { t } = useTranslation('checkout')
  const strict = legal.mode === 'telemarketing'
  const offer =
    legal.offer &&
    [
      legal.offer.name,
      legal.offer.validTo === null ? null : t('legal.until', { date: formatPlainDate(legal.offer.validTo) }),
    ]
      .filter(Boolean)
      .join(' ')
  const reason = legal.reason && t(`legal.reason.${legal.reason}`, { goods: legal.outside.join('、') })
  return (
    <div className={styles.legal} role="status" data-testid="legal-mode">
      <Badge variant={strict ? 'filled' : 'light'} color={strict ? '#a63c00' : 'gray'} tt="none">
        {t(`legal.mode.${legal.mode}`)}
      </Badge>
      {(legal.unknown || offer) && <p>{legal.unknown ? t('legal.unknown') : offer}</p>}
      {strict && (
        <p>
          <strong>{reason}</strong> {t('legal.documents')}
        </p>
      )}
    </div>
  )
}
