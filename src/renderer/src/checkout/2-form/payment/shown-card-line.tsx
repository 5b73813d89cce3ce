import { IconCreditCard } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ShownCard } from '../../../../../contract/keypad'
import styles from './payment.module.css'

/** Brand, last 3 digits and expiry: all that a screen may see of a card. */
export function ShownCardLine({ card }: { card: ShownCard }) {
  const { t } = useTranslation('checkout')
  return (
    <span className={styles.shown} data-testid="card">
      <IconCreditCard size={20} stroke={1.6} aria-hidden />
      <b>{t('payment.cardLine', { brand: card.brand, last3: card.last3 })}</b>
      <span>
        {t(card.validity === 'soon' ? 'payment.expirySoon' : 'payment.expiry', {
          month: card.expiryYYMM.slice(2),
          year: card.expiryYYMM.slice(0, 2),
        })}
      </span>
    </span>
  )
}
