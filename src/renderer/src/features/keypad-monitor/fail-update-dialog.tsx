import { Alert, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import { UPDATE_CODES, updateCodeOf } from '../../../../contract/update-codes'
import { client } from '../../lib/client'
import { DialogFoot, KeypadDialog } from './keypad-dialog'
import { PlanNow, type UpdateDialogProps } from './plan-now'
import { planOf, useKeypadChange } from './use-keypad-change'

/** What the chosen code means and what to do now. */
function Meaning({ code }: { code: string }) {
  const known = updateCodeOf(code)
  if (known === null) return null
  return (
    <Alert color="accent" py="xs" c="var(--mantine-color-text)" data-code={code}>
      <Text size="sm" fw={600}>
        {known.title}
      </Text>
      <Text size="sm">{known.meaning}</Text>
      <Text size="sm">{known.action}</Text>
    </Alert>
  )
}

function FailBody({ keypad, onClose }: { keypad: KeypadDetail; onClose: () => void }) {
  const { t } = useTranslation('keypadMonitor')
  const plan = keypad.updatePlan
  const [code, setCode] = useState<string | null>(null)
  const [asked, setAsked] = useState(false)
  const change = useKeypadChange({
    keypad,
    over: planOf,
    done: (saved) => t('update.failDone', { serial: saved.serial ?? t('unknown'), code: code ?? '' }),
    onClose,
  })
  const fail = () => {
    setAsked(true)
    if (code === null || plan === null) return
    const { version } = plan
    change.run(() => client.keypadMonitor.failUpdate({ id: keypad.id, version, code }))
  }
  return (
    <Stack gap="sm">
      <Text size="sm">{t('update.failLead')}</Text>
      <PlanNow keypad={keypad} />
      <Select
        label={t('update.code')}
        placeholder={t('update.codeHint')}
        data={Object.entries(UPDATE_CODES).map(([value, { title }]) => ({
          value,
          label: t('update.codeOf', { code: value, title }),
        }))}
        value={code}
        onChange={setCode}
        searchable
        clearable
        nothingFoundMessage={t('update.noCodeFound')}
        error={asked && code === null ? t('update.noCode') : null}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        data-autofocus
      />
      {code !== null && <Meaning code={code} />}
      <DialogFoot
        change={change}
        keypad={keypad}
        applies={plan !== null}
        gone={t('update.gone')}
        yes={t('update.failYes')}
        onYes={fail}
        onClose={onClose}
      />
    </Stack>
  )
}

/** 失敗を記録: one of the 28 codes, with its words before it is kept. */
export function FailUpdateDialog({ id, onClose }: UpdateDialogProps) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <KeypadDialog id={id} title={t('update.failTitle')} onClose={onClose}>
      {(keypad) => <FailBody keypad={keypad} onClose={onClose} />}
    </KeypadDialog>
  )
}
