import { Button } from '@mantine/core'
import { IconAlertTriangle, IconDeviceMobileCog } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { helpTopicOf } from '../../../../contract/help-texts'
import { openDiagnosis } from '../../features/diagnosis/diagnosis-store'
import { openHelp, useHelpTopic } from '../../features/help/help-store'
import { Key } from '../../ui/states'
import { Dialog } from '../parts/dialog'
import { FailureWords } from '../parts/failure-words'
import { ShownCardLine } from '../2-form/payment/shown-card-line'
import { Countdown } from './countdown'
import { isOver, type EntryState, type EntryStep } from './entry-state'
import { EntrySteps } from './entry-steps'
import styles from './popup.module.css'
import type { CardEntry } from './use-card-entry'

/**
 * The keypad popup. キャンセル and Esc close it and end the entry; a click on the grey backdrop does not. The focus
 * rests on the dialog itself, so that a stray Enter neither cancels nor does anything else.
 */
export function KeypadPopup({ entry }: { entry: CardEntry }) {
  const { t } = useTranslation('checkout')
  const { state } = entry
  const failure = state?.failure ?? null
  useHelpTopic(failure && helpTopicOf(failure))
  return (
    <Dialog
      opened={state !== null}
      onClose={entry.cancel}
      returnFocus={false}
      focusOf={state && isOver(state.step) ? 'over' : 'going'}
      size={560}
      title={t('popup.title')}
    >
      {state &&
        (isOver(state.step) ? <Over state={state} entry={entry} /> : <Going state={state} entry={entry} />)}
    </Dialog>
  )
}

function Going({ state, entry }: { state: EntryState; entry: CardEntry }) {
  const { t } = useTranslation('checkout')
  const misread = state.step === 'misread' ? state.failure : null
  return (
    <div className={styles.body} tabIndex={-1} data-autofocus data-step={state.step}>
      <p className={styles.lead}>{t('popup.lead')}</p>
      <div className={styles.middle}>
        <Countdown
          deadline={
            state.step === 'waiting' || state.step === 'misread' || state.step === 'receiving'
              ? state.deadline
              : null
          }
          timeoutMs={state.timeoutMs}
        />
        <div className={styles.facts}>
          <p className={styles.serial}>
            <IconDeviceMobileCog size={18} stroke={1.6} aria-hidden />
            {state.serial === null ? t('popup.serialUnknown') : t('popup.serial', { serial: state.serial })}
          </p>
          <p className={styles.now} aria-live="polite">
            {state.card ? <ShownCardLine card={state.card} /> : nowWords(state.step, t)}
          </p>
        </div>
      </div>
      <EntrySteps step={state.step} />
      <div className={styles.misread} aria-live="assertive">
        {misread && (
          <>
            <p className={styles.misreadHead}>
              <IconAlertTriangle size={18} aria-hidden />
              {misread.message}
            </p>
            <p className={styles.misreadSay}>
              {misread.action}
              {misread.say !== null && <q>{misread.say}</q>}
            </p>
          </>
        )}
      </div>
      <div className={styles.footer}>
        <Button variant="default" onClick={entry.cancel} rightSection={<Key>Esc</Key>}>
          {t('popup.cancel')}
        </Button>
      </div>
    </div>
  )
}

type Translate = ReturnType<typeof useTranslation<'checkout'>>['t']

function nowWords(step: EntryStep, t: Translate): string {
  switch (step) {
    case 'connecting':
    case 'waiting':
    case 'receiving':
    case 'tokenizing':
    case 'done':
    case 'cancelled':
      return t(`popup.now.${step}`)
    case 'misread':
      return t('popup.now.waiting')
    case 'timed-out':
    case 'failed':
    case 'lost':
      return ''
  }
}

function Over({ state, entry }: { state: EntryState; entry: CardEntry }) {
  const { t } = useTranslation('checkout')
  return (
    <div className={styles.body} data-step={state.step}>
      <div role="alert">
        <p className={styles.overHead}>
          <IconAlertTriangle size={20} aria-hidden />
          {t(state.step === 'timed-out' ? 'popup.timedOut' : 'popup.failed')}
        </p>
        <p className={styles.overMessage}>{state.failure?.message ?? t('popup.lost')}</p>
        {state.failure && <FailureWords failure={state.failure} />}
      </div>
      <div className={styles.footer}>
        <Button variant="subtle" onClick={openHelp} rightSection={<Key>F1</Key>} px="xs">
          {t('popup.explain')}
        </Button>
        <Button variant="subtle" onClick={openDiagnosis} px="xs" mr="auto">
          {t('popup.diagnosis')}
        </Button>
        <Button variant="default" onClick={entry.cancel} rightSection={<Key>Esc</Key>}>
          {t('popup.close')}
        </Button>
        <Button data-autofocus onClick={entry.start} rightSection={<Key>Enter</Key>}>
          {t('popup.again')}
        </Button>
      </div>
    </div>
  )
}
