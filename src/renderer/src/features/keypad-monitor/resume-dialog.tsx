import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import { client } from '../../lib/client'
import { DialogFoot, KeypadDialog, KeypadNow } from './keypad-dialog'
import { useKeypadChange } from './use-keypad-change'

function ResumeBody({ keypad, onClose }: { keypad: KeypadDetail; onClose: () => void }) {
  const { t } = useTranslation('keypadMonitor')
  const change = useKeypadChange({
    keypad,
    done: (saved) => t('resume.done', { serial: saved.serial ?? t('unknown') }),
    onClose,
  })
  const { id, version } = keypad
  return (
    <Stack gap="md">
      <Text size="sm">{t('resume.lead')}</Text>
      <KeypadNow keypad={keypad} />
      <Text size="sm">{t('resume.check')}</Text>
      <Text size="sm">{t('resume.after')}</Text>
      <DialogFoot
        change={change}
        keypad={keypad}
        applies={keypad.state === 'stopped' && keypad.stopReason !== 'tampered'}
        yes={t('resume.yes')}
        onYes={() => change.run(() => client.keypadMonitor.resume({ id, version }))}
        onClose={onClose}
      />
    </Stack>
  )
}

interface ResumeDialogProps {
  readonly id: string | null
  readonly onClose: () => void
}

/** 使用再開: back to 未登録, to be registered anew. */
export function ResumeDialog({ id, onClose }: ResumeDialogProps) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <KeypadDialog id={id} title={t('resume.title')} onClose={onClose}>
      {(keypad) => <ResumeBody keypad={keypad} onClose={onClose} />}
    </KeypadDialog>
  )
}
