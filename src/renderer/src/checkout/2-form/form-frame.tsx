import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeypadIntent, ShownCard } from '../../../../contract/keypad'
import { dialogIsOpen, useFieldFlow, useHotkey } from '../../lib/keyboard'
import { KeypadPopup } from '../1-keypad-entry/keypad-popup'
import { useCardEntry } from '../1-keypad-entry/use-card-entry'
import { useDraft, useDraftState } from '../draft/draft-context'
import type { DeskView } from '../draft/state'
import { useFocusPlan } from '../parts/focus-plan'
import { FailurePanel } from './failure-panel'
import { useFaultFocus } from './fault-focus'
import { firstPlace } from './first-place'
import styles from './form.module.css'
import { ProceedButton } from './totals/proceed-button'
import { useKeypadOff } from './use-keypad-off'

/** The card that is keyed for a form, and the way to the keypad. */
export interface CardKeying {
  readonly keyed: ShownCard | null
  readonly keypadOff: boolean
  readonly onKeypad: () => void
}

interface FormFrameProps {
  readonly locked: boolean
  readonly label: string
  /** The sections of the form. */
  readonly renderSections: (card: CardKeying) => ReactNode
  /** What stands beside it, with the way forward. */
  readonly renderAside: (proceed: ReactNode) => ReactNode
  /** The page beside the form takes more room. */
  readonly isWide?: boolean
  /** What 確認画面に進む does with the card, when it does not always do the same. */
  readonly cardWords?: string
}

/**
 * A form with its way to the keypad and forward. While a dialog is open no key of its own acts; a locked screen ends a
 * card entry. F8 opens the keypad from anywhere in it, F12 goes on.
 */
export function FormFrame(props: FormFrameProps) {
  const { locked, label, renderSections, renderAside, isWide = false, cardWords } = props
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const { view, faults, failure, running } = useDraftState()
  const fields = useRef<HTMLFieldSetElement>(null)
  const keypadOff = useKeypadOff()
  const { keyed, entry, openKeypad } = useKeyedCard(keypadOff)
  const editable = view.stage === 'editing' && running === null

  const proceed = () => {
    const { running: step, view: shown } = draft.state()
    if ((step !== null && step !== 'hold') || shown.stage !== 'editing' || entry.isGoing()) return
    plan.go('proceed')
    void draft.proceed()
  }
  // Asked at the press: a key right after a dialog has closed must not be lost.
  useHotkey('F8', () => !dialogIsOpen() && openKeypad())
  useHotkey('F12', () => !dialogIsOpen() && proceed())
  const { cancel } = entry
  useEffect(() => {
    if (locked) cancel()
  }, [locked, cancel])
  useFieldFlow(fields)
  useFaultFocus(fields)
  useEffect(() => plan.go(firstPlace(draft.state())), [draft, plan])
  useEffect(() => {
    if (failure) plan.go('failure')
  }, [failure, plan])

  return (
    <div className={styles.stage} data-wide={isWide || undefined} data-testid="checkout-stage-editing">
      {failure && (
        <FailurePanel failure={failure} keypadOff={keypadOff} onKeypad={openKeypad} onProceed={proceed} />
      )}
      {faults.length > 0 && (
        <p className={styles.faults} role="alert">
          {t('proceed.faults', { count: faults.length })}
        </p>
      )}
      <fieldset ref={fields} className={styles.form} disabled={!editable} aria-label={label}>
        {renderSections({ keyed, keypadOff, onKeypad: openKeypad })}
      </fieldset>
      {renderAside(<ProceedButton onProceed={proceed} cardWords={cardWords} />)}
      <KeypadPopup entry={entry} />
    </div>
  )
}

/** The keyed card of this order and the popup that brings it. */
function useKeyedCard(keypadOff: boolean) {
  const draft = useDraft()
  const plan = useFocusPlan()
  const { view, form } = useDraftState()
  const [entered, setEntered] = useState<ShownCard | null>(null)
  const before = useRef<Element | null>(null)
  const entry = useCardEntry(
    { menu: menuOf(view), checkoutId: view.checkoutId },
    (card) => {
      setEntered(card)
      draft.hideFailure()
      draft.edit((now) => ({
        ...now,
        payment: { method: 'card', cardId: card.cardId, keepCard: now.payment.keepCard },
      }))
      void draft.flush()
    },
    (card) => {
      if (card) return plan.go('card-entered')
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
      else plan.go('payment')
    },
  )
  const kept = view.card && !view.card.onFile && view.card.cardId === form.payment.cardId ? view.card : null
  const openKeypad = () => {
    if (draft.state().view.stage !== 'editing' || draft.state().running) return
    draft.edit((now) => ({
      ...now,
      payment:
        now.payment.method === 'card' ? now.payment : { method: 'card', cardId: null, keepCard: false },
    }))
    if (keypadOff) return plan.go('payment')
    before.current = document.activeElement
    // The keypad first: the caller waits for it, the form is kept beside it.
    entry.start()
    void draft.flush()
  }
  return { keyed: entered ?? kept, entry, openKeypad }
}

/** From which menu a card is keyed. */
function menuOf({ purpose, changes }: DeskView): KeypadIntent['menu'] {
  if (purpose === 'subscription') return 'subscription-master'
  return changes === null ? 'order-entry' : 'order-list'
}
