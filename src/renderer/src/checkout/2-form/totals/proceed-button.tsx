import { Button, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Key } from '../../../ui/states'
import { useDraftState } from '../../draft/draft-context'
import { useFocusPlan } from '../../parts/focus-plan'
import { minutesAndSeconds, useNow } from '../../parts/use-now'
import styles from './totals.module.css'

const LONG_MS = 3_000

interface ProceedButtonProps {
  readonly onProceed: () => void
  /** What a press does with the card, when it does not always do the same. */
  readonly cardWords?: string | undefined
}

/** 確認画面に進む F12. It keeps the focus while it runs, and a second press does nothing. */
export function ProceedButton({ onProceed, cardWords }: ProceedButtonProps) {
  const { t } = useTranslation('checkout')
  const plan = useFocusPlan()
  const { form, running, runningSince, view } = useDraftState()
  const runs = running === 'proceed'
  const now = useNow(1000, runs)
  const passed = runningSince === null ? 0 : now - runningSince
  const words = () => {
    if (!runs) return t('proceed.button')
    if (form.payment.method !== 'card') return t('proceed.runningPlain')
    return passed < LONG_MS
      ? t('proceed.running')
      : t('proceed.runningLong', { time: minutesAndSeconds(passed) })
  }
  const shut = running !== null || view.stage !== 'editing'
  return (
    <div className={styles.proceed}>
      <Button
        ref={plan.target('proceed')}
        fullWidth
        size="md"
        aria-disabled={shut}
        data-disabled={shut && !runs}
        aria-keyshortcuts="F12"
        aria-busy={runs}
        onClick={onProceed}
        leftSection={runs ? <Loader size={16} color="currentColor" aria-hidden /> : undefined}
        rightSection={runs ? undefined : <Key>F12</Key>}
      >
        {words()}
      </Button>
      <p className={styles.hint} role="status">
        {view.stage === 'authorizing'
          ? t('proceed.locked')
          : form.payment.method === 'card' && (cardWords ?? t('proceed.hint'))}
      </p>
    </div>
  )
}
