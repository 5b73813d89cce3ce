import { Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownCard } from '../../../../contract/keypad'
import { dialogIsOpen, useFieldFlow, useHotkey } from '../../lib/keyboard'
import { KeypadPopup } from '../1-keypad-entry/keypad-popup'
import { useCardEntry } from '../1-keypad-entry/use-card-entry'
import { useDraft, useDraftState } from '../draft/draft-context'
import { useFocusPlan } from '../parts/focus-plan'
import { ChannelFields } from './channel-fields'
import { CustomerSection } from './customer/customer-section'
import { DeliverySection } from './delivery/delivery-section'
import { FailurePanel } from './failure-panel'
import { useFaultFocus } from './fault-focus'
import { firstPlace } from './first-place'
import styles from './form.module.css'
import { LinesSection } from './lines/lines-section'
import { PaymentSection } from './payment/payment-section'
import { ProceedButton } from './totals/proceed-button'
import { TotalsPanel } from './totals/totals-panel'
import { useKeypadOff } from './use-keypad-off'

/**
 * Step 2: the form. While a dialog is open no key of its own acts; a locked screen ends a card entry.
 * F8 opens the keypad from anywhere in it, F12 goes on.
 */
export function FormStage({ locked }: { locked: boolean }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const { view, form, faults, failure, running } = useDraftState()
  const fields = useRef<HTMLFieldSetElement>(null)
  const [since, setSince] = useState<number | null>(null)
  const keypadOff = useKeypadOff()
  const { keyed, entry, openKeypad } = useKeyedCard(keypadOff)
  const editable = view.stage === 'editing' && running === null

  const proceed = () => {
    const { running: step, view: shown } = draft.state()
    if ((step !== null && step !== 'hold') || shown.stage !== 'editing') return
    setSince(Date.now())
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
    <div className={styles.stage} data-testid="checkout-stage-editing">
      {failure && (
        <FailurePanel failure={failure} keypadOff={keypadOff} onKeypad={openKeypad} onProceed={proceed} />
      )}
      {faults.length > 0 && (
        <p className={styles.faults} role="alert">
          {t('proceed.faults', { count: faults.length })}
        </p>
      )}
      <fieldset ref={fields} className={styles.form} disabled={!editable} aria-label={t('title')}>
        <CustomerSection />
        <LinesSection />
        <DeliverySection />
        <PaymentSection keyed={keyed} keypadOff={keypadOff} onKeypad={openKeypad} />
        <ChannelFields />
        <div className={styles.note}>
          <Textarea
            label={t('note.label')}
            placeholder={t('note.hint')}
            rows={1}
            autosize
            maxRows={4}
            maxLength={500}
            value={form.note}
            data-path="note"
            onChange={(event) => {
              const { value } = event.currentTarget
              draft.edit((before) => ({ ...before, note: value }))
            }}
            onBlur={() => void draft.flush()}
          />
        </div>
      </fieldset>
      <TotalsPanel>
        <ProceedButton since={since} onProceed={proceed} />
      </TotalsPanel>
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
    { menu: view.changes === null ? 'order-entry' : 'order-list', checkoutId: view.checkoutId },
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
    void draft.flush()
    entry.start()
  }
  return { keyed: entered ?? kept, entry, openKeypad }
}
