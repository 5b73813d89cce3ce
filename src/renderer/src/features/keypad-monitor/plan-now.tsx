import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import type { KeypadUpdatePlan } from '../../../../contract/keypad-updates'
import { formatDateTime } from '../../lib/format'

export interface UpdateDialogProps {
  /** Null while the dialog is closed. */
  readonly id: string | null
  readonly onClose: () => void
}

/** When the update is tried next, or that nobody has decided. */
export function useNext(): (plan: KeypadUpdatePlan) => string {
  const { t } = useTranslation('keypadMonitor')
  return ({ nextAt, windowMinutes }) =>
    nextAt === null
      ? t('update.stands')
      : t('update.span', { from: formatDateTime(nextAt), minutes: windowMinutes })
}

/** What is said once a plan has got its time. */
export function useTimeSaid(words: 'update.planDone' | 'update.postponeDone') {
  const { t } = useTranslation('keypadMonitor')
  return ({ serial, updatePlan }: KeypadDetail): string =>
    t(words, { serial: serial ?? t('unknown'), time: formatDateTime(updatePlan?.nextAt ?? 0) })
}

/** The plan as a dialog shows it before something is decided about it. */
export function PlanNow({ keypad }: { keypad: KeypadDetail }) {
  const { t } = useTranslation('keypadMonitor')
  const next = useNext()
  const plan = keypad.updatePlan
  if (plan === null) return null
  return (
    <dl className="facts">
      <dt>{t('detail.serial')}</dt>
      <dd>
        <Text fw={700} span>
          {keypad.serial ?? t('unknown')}
        </Text>
      </dd>
      <dt>{t('update.target')}</dt>
      <dd>{plan.target}</dd>
      <dt>{t('update.when')}</dt>
      <dd>{next(plan)}</dd>
    </dl>
  )
}
