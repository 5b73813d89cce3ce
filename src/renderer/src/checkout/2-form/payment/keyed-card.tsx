import { Button, Checkbox } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Key } from '../../../ui/states'
import type { ShownCard } from '../../../../../contract/keypad'
import { useDraft, useDraftState } from '../../draft/draft-context'
import { useFocusPlan } from '../../parts/focus-plan'
import { useKeypadOffReason } from '../use-keypad-off'
import styles from './payment.module.css'
import { ShownCardLine } from './shown-card-line'

interface KeyedCardProps {
  readonly card: ShownCard | null
  readonly keypadOff: boolean
  readonly fault: string | undefined
  readonly onKeypad: () => void
}

/** The keyed card as far as a screen may show it, or the button that opens the keypad. */
export function KeyedCard({ card, keypadOff, fault, onKeypad }: KeyedCardProps) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const reason = useKeypadOffReason() ?? 'off'
  const { payment, terms } = useDraftState().form
  return (
    <>
      <div className={styles.keyed}>
        {card ? <ShownCardLine card={card} /> : <span className={styles.none}>{t('payment.noCard')}</span>}
        {card && terms === undefined && (
          <span ref={plan.target('card-entered')}>
            <Checkbox
              size="md"
              label={t('payment.keep')}
              title={t('payment.keepHint')}
              checked={payment.keepCard}
              data-path="payment.keepCard"
              onChange={(event) => {
                const { checked } = event.currentTarget
                draft.edit((form) => ({ ...form, payment: { ...form.payment, keepCard: checked } }))
              }}
            />
          </span>
        )}
        <Button
          variant={card ? 'default' : 'filled'}
          size="sm"
          onClick={onKeypad}
          disabled={keypadOff}
          data-path="payment.cardId"
          data-flow
          aria-keyshortcuts="F8"
          rightSection={<Key>F8</Key>}
        >
          {t(card ? 'payment.enterOther' : 'payment.enter')}
        </Button>
      </div>
      {keypadOff && (
        <p className={styles.off} role="status">
          <IconAlertTriangle size={18} aria-hidden />
          <span>
            {t(`payment.keypadOff.${reason}`)}
            <br />
            {t(`payment.keypadOffAction.${reason}`)}
          </span>
        </p>
      )}
      {fault && <p className={styles.fault}>{fault}</p>}
    </>
  )
}
