import { Stack, Text, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import { client } from '../../lib/client'
import { useFieldFlow } from '../../lib/keyboard'
import { DialogFoot, KeypadDialog } from './keypad-dialog'
import { PlanNow, useTimeSaid, type UpdateDialogProps } from './plan-now'
import { planOf, useKeypadChange } from './use-keypad-change'
import { tomorrowEvening, useWhen, WhenFields } from './when-fields'

const DAY_MS = 86_400_000

function PostponeBody({ keypad, onClose }: { keypad: KeypadDetail; onClose: () => void }) {
  const { t } = useTranslation('keypadMonitor')
  const form = useRef<HTMLDivElement>(null)
  const plan = keypad.updatePlan
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const when = useWhen(() => Math.max(tomorrowEvening(), (plan?.nextAt ?? 0) + DAY_MS))
  const done = useTimeSaid('update.postponeDone')
  const change = useKeypadChange({ keypad, over: planOf, done, onClose })
  useFieldFlow(form)
  const postpone = () => {
    setAsked(true)
    const { at: nextAt } = when
    if (nextAt === null || plan === null) return
    const { version } = plan
    change.run(() => client.keypadMonitor.postponeUpdate({ id: keypad.id, version, nextAt, note }))
  }
  return (
    <Stack gap="sm" ref={form}>
      <Text size="sm">{t('update.postponeLead')}</Text>
      <PlanNow keypad={keypad} />
      <WhenFields when={when} asked={asked} takesFocus />
      <Textarea
        label={t('update.postponeNote')}
        rows={2}
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <DialogFoot
        change={change}
        keypad={keypad}
        applies={plan !== null}
        gone={t('update.gone')}
        yes={t('update.postponeYes')}
        onYes={postpone}
        onClose={onClose}
      />
    </Stack>
  )
}

/** 延期 by an operator who needs the keypad at that time. */
export function PostponeDialog({ id, onClose }: UpdateDialogProps) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <KeypadDialog id={id} title={t('update.postponeTitle')} onClose={onClose}>
      {(keypad) => <PostponeBody keypad={keypad} onClose={onClose} />}
    </KeypadDialog>
  )
}
