import { Badge, Button, Loader } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ReactNode } from 'react'
import { helpTopicOf } from '../../../../contract/help-texts'
import { useHelpTopic } from '../../features/help/help-store'
import { Key } from '../../ui/states'
import type { Failure } from '../../../../contract/failures'
import { useDraft, useDraftState } from '../draft/draft-context'
import { FailureWords } from '../parts/failure-words'
import { useFocusPlan } from '../parts/focus-plan'
import { minutesAndSeconds, useNow } from '../parts/use-now'
import styles from './form.module.css'

interface FailurePanelProps {
  readonly failure: Failure
  readonly keypadOff: boolean
  readonly onKeypad: () => void
  readonly onProceed: () => void
}

/** Why the order could not go on, what was kept, what to say, and the button for the next step. */
export function FailurePanel(props: FailurePanelProps) {
  const { t } = useTranslation('checkout')
  const plan = useFocusPlan()
  const draft = useDraft()
  const { failure } = props
  const { view } = useDraftState()
  useHelpTopic(helpTopicOf(failure))
  const waits = failure.next === 'wait-and-inquire'
  return (
    <section className={styles.failure} role="alert" aria-label={t('failure.region')}>
      <header className={styles.failureHead}>
        <IconAlertTriangle size={20} aria-hidden />
        {failure.code !== null && (
          <Badge color="red.9" variant="filled" size="lg" tt="none">
            {t('failure.code', { code: failure.code })}
          </Badge>
        )}
        <h2>{failure.message}</h2>
        {view.payment && waits && (
          <span className={styles.transaction}>
            {t('failure.transaction', { number: view.payment.number })}
          </span>
        )}
      </header>
      <FailureWords failure={failure} />
      <div className={styles.failureActions} ref={plan.target('failure')}>
        <NextStepButtons {...props} />
        {waits && view.payment && <Elapsed since={view.payment.createdAt} />}
        {!waits && (
          <Button variant="subtle" size="sm" onClick={draft.hideFailure}>
            {t('failure.hide')}
          </Button>
        )}
      </div>
    </section>
  )
}

function NextStepButtons({ failure, keypadOff, onKeypad, onProceed }: FailurePanelProps): ReactNode {
  const { t } = useTranslation('checkout')
  const plan = useFocusPlan()
  const keypad = (label: string) => (
    <Button size="sm" onClick={onKeypad} disabled={keypadOff} rightSection={<Key>F8</Key>}>
      {label}
    </Button>
  )
  const other = (
    <Button size="sm" variant="default" onClick={() => plan.go('payment')}>
      {t('failure.otherMethod')}
    </Button>
  )
  switch (failure.next) {
    case 'key-again':
    case 'check-keypad':
      return [<span key="keypad">{keypad(t('failure.enterAgain'))}</span>, <span key="other">{other}</span>]
    case 'other-card-or-method':
      return [<span key="keypad">{keypad(t('failure.enterOther'))}</span>, <span key="other">{other}</span>]
    case 'ask-admin':
      return other
    case 'try-again':
      return [
        <Button key="retry" size="sm" onClick={onProceed} rightSection={<Key>F12</Key>}>
          {t('failure.retry')}
        </Button>,
        <span key="other">{other}</span>,
      ]
    case 'wait-and-inquire':
      return <InquireButton />
  }
}

function InquireButton() {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const runs = useDraftState().running === 'inquire'
  return (
    <Button
      size="sm"
      aria-disabled={runs}
      aria-busy={runs}
      onClick={() => void draft.inquire()}
      leftSection={runs ? <Loader size={14} color="currentColor" aria-hidden /> : undefined}
    >
      {t(runs ? 'failure.inquiring' : 'failure.inquire')}
    </Button>
  )
}

function Elapsed({ since }: { since: number }) {
  const { t } = useTranslation('checkout')
  const now = useNow(1000, true)
  return (
    <span role="timer" aria-live="off">
      {t('failure.elapsed', { time: minutesAndSeconds(now - since) })}
    </span>
  )
}
