import { useTranslation } from 'react-i18next'
import type { ShownCard } from '../../../../../contract/keypad'
import { useDraft, useDraftState } from '../../draft/draft-context'
import { ChoiceCards } from '../../parts/choice-cards'
import styles from './payment.module.css'

/** The caller's cards on file: one of them is always chosen. */
export function OnFileCards({ cards, fault }: { cards: readonly ShownCard[]; fault: string | undefined }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { cardId } = useDraftState().form.payment
  return (
    <div className={styles.onFile}>
      <ChoiceCards
        legend={t('payment.chooseCard')}
        choices={cards.map((card) => ({
          value: card.cardId,
          label: t('payment.cardLine', { brand: card.brand, last3: card.last3 }),
          hint: t(card.validity === 'soon' ? 'payment.expirySoon' : 'payment.expiry', {
            month: card.expiryYYMM.slice(2),
            year: card.expiryYYMM.slice(0, 2),
          }),
        }))}
        value={cardId}
        onChange={(chosen) =>
          draft.edit((form) => ({ ...form, payment: { ...form.payment, cardId: chosen } }))
        }
        path="payment.cardId"
        error={fault}
      />
    </div>
  )
}
