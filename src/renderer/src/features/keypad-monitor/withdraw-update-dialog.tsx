import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import { client } from '../../lib/client'
import { DialogFoot, KeypadDialog } from './keypad-dialog'
import { PlanNow, type UpdateDialogProps } from './plan-now'
import { planOf, useKeypadChange } from './use-keypad-change'

function WithdrawBody({ keypad, onClose }: { keypad: KeypadDetail; onClose: () => void }) {
  const { t } = useTranslation('keypadMonitor')
  const plan = keypad.updatePlan
  const change = useKeypadChange({
    keypad,
    over: planOf,
    done: (saved) => t('update.withdrawDone', { serial: saved.serial ?? t('unknown') }),
    onClose,
  })
  const withdraw = () => {
    if (plan === null) return
    const { version } = plan
    change.run(() => client.keypadMonitor.withdrawUpdate({ id: keypad.id, version }))
  }
  return (
    <Stack gap="md">
      {plan && <Text size="sm">{t('update.withdrawLead', { target: plan.target })}</Text>}
      <PlanNow keypad={keypad} />
      <DialogFoot
        change={change}
        keypad={keypad}
        applies={plan !== null}
        gone={t('update.gone')}
        yes={t('update.withdrawYes')}
        onYes={withdraw}
        onClose={onClose}
      />
    </Stack>
  )
}

/** 予定の取消 */
export function WithdrawUpdateDialog({ id, onClose }: UpdateDialogProps) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <KeypadDialog id={id} title={t('update.withdrawTitle')} onClose={onClose}>
      {(keypad) => <WithdrawBody keypad={keypad} onClose={onClose} />}
    </KeypadDialog>
  )
}
