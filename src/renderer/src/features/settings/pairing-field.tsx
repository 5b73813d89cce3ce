import { Button, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FieldsProps } from './keypad-fields'
import styles from './settings.module.css'

/** The relay's pairing code: typed in, never shown again. */
export function PairingField({ values, change, faults, disabled, isPaired }: FieldsProps) {
  const { t } = useTranslation('settings')
  const code = values.relayPairingCode
  const removing = code === ''
  const note = removing ? 'pairingRemoved' : isPaired ? 'pairingSet' : 'pairingNone'
  return (
    <div className={styles.pairing}>
      <TextInput
        label={t('pairing')}
        description={t(note)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={isPaired && !removing ? '•••••-•••••-•••••-•••••-•••••' : ''}
        maxLength={80}
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        value={code ?? ''}
        error={faults.get('relayPairingCode')}
        onChange={(event) => change('relayPairingCode', event.currentTarget.value || null)}
      />
      {isPaired && (
        <Button
          variant="default"
          disabled={disabled}
          onClick={() => change('relayPairingCode', removing ? null : '')}
        >
          {t(removing ? 'pairingKeep' : 'pairingRemove')}
        </Button>
      )}
    </div>
  )
}
