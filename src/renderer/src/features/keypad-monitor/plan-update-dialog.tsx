import { NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import { DEFAULT_WINDOW_MINUTES } from '../../../../contract/keypad-updates'
import { client } from '../../lib/client'
import { useFieldFlow } from '../../lib/keyboard'
import { DialogFoot, KeypadDialog, KeypadNow } from './keypad-dialog'
import { useTimeSaid, type UpdateDialogProps } from './plan-now'
import { planOf, useKeypadChange } from './use-keypad-change'
import { tomorrowEvening, useWhen, WhenFields } from './when-fields'

const isWindow = (minutes: number | string): minutes is number =>
  typeof minutes === 'number' && Number.isInteger(minutes) && minutes >= 10 && minutes <= 720

/** A time that has passed is no proposal. */
const proposedFor = ({ updatePlan }: KeypadDetail): number =>
  updatePlan?.nextAt != null && updatePlan.nextAt > Date.now() ? updatePlan.nextAt : tomorrowEvening()

function PlanBody({ keypad, onClose }: { keypad: KeypadDetail; onClose: () => void }) {
  const { t } = useTranslation('keypadMonitor')
  const form = useRef<HTMLDivElement>(null)
  const [isNew] = useState(keypad.updatePlan === null)
  const [target, setTarget] = useState(keypad.updatePlan?.target ?? '')
  const [minutes, setMinutes] = useState<number | string>(
    keypad.updatePlan?.windowMinutes ?? DEFAULT_WINDOW_MINUTES,
  )
  const [note, setNote] = useState(keypad.updatePlan?.note ?? '')
  const [asked, setAsked] = useState(false)
  const when = useWhen(() => proposedFor(keypad))
  const done = useTimeSaid('update.planDone')
  const change = useKeypadChange({ keypad, over: planOf, done, onClose })
  useFieldFlow(form)
  const plan = () => {
    setAsked(true)
    const { at: nextAt } = when
    if (target.trim() === '' || nextAt === null || !isWindow(minutes)) return
    const version = keypad.updatePlan?.version ?? null
    const input = { id: keypad.id, version, target: target.trim(), nextAt, windowMinutes: minutes, note }
    change.run(() => client.keypadMonitor.planUpdate(input))
  }
  return (
    <Stack gap="sm" ref={form}>
      <Text size="sm">{t('update.vendor')}</Text>
      <Text size="sm">{t('update.planLead')}</Text>
      <KeypadNow keypad={keypad} />
      <TextInput
        label={t('update.target')}
        placeholder={t('update.targetHint')}
        maxLength={40}
        value={target}
        onChange={(event) => setTarget(event.currentTarget.value)}
        error={asked && target.trim() === '' ? t('update.noTarget') : null}
        data-autofocus
      />
      <WhenFields when={when} asked={asked} />
      <NumberInput
        label={t('update.minutes')}
        w={170}
        step={10}
        hideControls
        value={minutes}
        onChange={setMinutes}
        error={asked && !isWindow(minutes) ? t('update.minutesRange') : null}
      />
      <Textarea
        label={t('update.note')}
        placeholder={t('update.noteHint')}
        rows={2}
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <DialogFoot
        change={change}
        keypad={keypad}
        applies={keypad.state !== 'unregistered' && keypad.stopReason === null}
        yes={t(isNew ? 'update.planYes' : 'update.changeYes')}
        onYes={plan}
        onClose={onClose}
      />
    </Stack>
  )
}

/** 更新予定: which version, when, and for how long the desk waits for it. */
export function PlanUpdateDialog({ id, onClose }: UpdateDialogProps) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <KeypadDialog id={id} title={t('update.planTitle')} onClose={onClose}>
      {(keypad) => <PlanBody keypad={keypad} onClose={onClose} />}
    </KeypadDialog>
  )
}
