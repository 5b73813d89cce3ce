import { Radio, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StopReason, type KeypadDetail } from '../../../../contract/keypad-monitor'
import { client } from '../../lib/client'
import { DialogFoot, KeypadDialog, KeypadNow } from './keypad-dialog'
import styles from './keypads.module.css'
import { useKeypadChange } from './use-keypad-change'

interface BodyProps {
  readonly keypad: KeypadDetail
  readonly onClose: () => void
}

/** What follows, before it is done; for tampering also that there is no way back. */
function Effects({ reason }: { reason: StopReason | null }) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <div className={styles.effects}>
      <Text size="sm" fw={600}>
        {t('stop.effects')}
      </Text>
      <ul>
        <li>{t('stop.effect.refused')}</li>
        <li>{t('stop.effect.kept')}</li>
        {reason === 'tampered' ? (
          <li>
            <strong>{t('stop.effect.never')}</strong>
          </li>
        ) : (
          <li>{t('stop.effect.later')}</li>
        )}
      </ul>
    </div>
  )
}

function StopBody({ keypad, onClose }: BodyProps) {
  const { t } = useTranslation('keypadMonitor')
  const [reason, setReason] = useState<StopReason | null>(null)
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const change = useKeypadChange({
    keypad,
    done: (saved) => t('stop.done', { serial: saved.serial ?? t('unknown') }),
    onClose,
  })
  const stop = () => {
    setAsked(true)
    if (reason === null) return
    const { id, version } = keypad
    change.run(() => client.keypadMonitor.stop({ id, version, reason, note: note.trim() }))
  }
  const isStopped = keypad.state === 'stopped' || keypad.state === 'tampered'
  return (
    <Stack gap="sm">
      <KeypadNow keypad={keypad} />
      <Radio.Group
        label={t('stop.reason')}
        value={reason}
        onChange={(value) => setReason(StopReason.parse(value))}
        error={asked && reason === null ? t('stop.noReason') : null}
      >
        <Stack gap={6} mt={4} mb={4}>
          {StopReason.options.map((value, index) => (
            <Radio
              key={value}
              value={value}
              label={
                <>
                  {t(`reason.${value}`)}
                  <Text span size="xs" c="dimmed" ml={10}>
                    {t(`stop.about.${value}`)}
                  </Text>
                </>
              }
              {...(index === 0 ? { 'data-autofocus': true } : {})}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={t('stop.note')}
        placeholder={t('stop.noteHint')}
        rows={2}
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Effects reason={reason} />
      <DialogFoot
        change={change}
        keypad={keypad}
        applies={!isStopped}
        yes={t('stop.yes')}
        isGrave
        onYes={stop}
        onClose={onClose}
      />
    </Stack>
  )
}

interface StopDialogProps {
  readonly id: string | null
  readonly onClose: () => void
}

/** 使用停止: asks why, and says what happens. */
export function StopDialog({ id, onClose }: StopDialogProps) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <KeypadDialog id={id} title={t('stop.title')} onClose={onClose}>
      {(keypad) => <StopBody keypad={keypad} onClose={onClose} />}
    </KeypadDialog>
  )
}
