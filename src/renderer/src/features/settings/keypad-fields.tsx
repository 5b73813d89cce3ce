import { Button, Group, NumberInput, Radio, Switch, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportantSettings } from '../../../../contract/settings'
import { KeypadTest } from './keypad-test'
import styles from './settings.module.css'
import { PairingField } from './pairing-field'
import type { Change, Faults, FormValues } from './use-settings-form'

/** What every group of fields gets from the form. */
export interface FieldsProps {
  readonly values: FormValues
  readonly defaults: ImportantSettings
  readonly change: Change
  readonly faults: Faults
  readonly disabled: boolean
  /** As it is kept, whatever stands in the form. */
  readonly keptConnection: FormValues['connection']
  /** A pairing code of the relay is registered at this PC. */
  readonly isPaired: boolean
}

/** A whole number as typed; an empty field is out of every range and so is refused at saving. */
const wholeNumber = (value: string | number): number => (value === '' ? Number.NaN : Number(value))

interface NumberFieldProps extends FieldsProps {
  readonly name: 'relayPort' | 'entryTimeoutSeconds' | 'idleLockMinutes'
  readonly label: string
  readonly min: number
  readonly max: number
}

/** A number setting with its range and its default. */
export function NumberField({ name, label, min, max, ...form }: NumberFieldProps) {
  const { t } = useTranslation('settings')
  const value = form.values[name]
  return (
    <NumberInput
      label={label}
      description={t(name === 'relayPort' ? 'defaultOnly' : 'range', {
        min,
        max,
        value: form.defaults[name],
      })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      maw={name === 'relayPort' ? undefined : 260}
      min={min}
      max={max}
      hideControls
      allowDecimal={false}
      allowNegative={false}
      disabled={form.disabled}
      value={Number.isNaN(value) ? '' : value}
      error={form.faults.get(name)}
      onChange={(typed) => form.change(name, wholeNumber(typed))}
    />
  )
}

function RelayFields(form: FieldsProps) {
  const { t } = useTranslation('settings')
  const { values, change, faults, disabled, defaults } = form
  const takeDefaults = () => {
    change('relayHost', defaults.relayHost)
    change('relayPort', defaults.relayPort)
    change('relayFingerprint', defaults.relayFingerprint)
  }
  return (
    <div className={styles.inset}>
      <div className={styles.line}>
        <TextInput
          label={t('host')}
          description={t('defaultOnly', { value: defaults.relayHost })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={45}
          disabled={disabled}
          value={values.relayHost}
          error={faults.get('relayHost')}
          onChange={(event) => change('relayHost', event.currentTarget.value)}
        />
        <NumberField {...form} name="relayPort" label={t('port')} min={1} max={65_535} />
        <Button variant="default" disabled={disabled} onClick={takeDefaults}>
          {t('takeDefaults')}
        </Button>
      </div>
      <Text size="sm" c="dimmed">
        {t('own')}
      </Text>
      <TextInput
        label={t('fingerprint')}
        description={t('fingerprintNote')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={100}
        disabled={disabled}
        value={values.relayFingerprint}
        error={faults.get('relayFingerprint')}
        onChange={(event) => change('relayFingerprint', event.currentTarget.value)}
      />
      <PairingField {...form} />
    </div>
  )
}

/** テンキーパッド入力, how the keypad is connected, and the test of it. */
export function KeypadFields(form: FieldsProps) {
  const { t } = useTranslation('settings')
  const { values, change, disabled } = form
  return (
    <div className={styles.fields}>
      <Switch
        label={t('keypad')}
        description={t('keypadNote')}
        color="blue.8"
        size="lg"
        classNames={{ root: styles.switch ?? '', trackLabel: styles.switchWord ?? '' }}
        onLabel="ON"
        offLabel="OFF"
        disabled={disabled}
        checked={values.keypadEnabled}
        onChange={(event) => change('keypadEnabled', event.currentTarget.checked)}
      />
      <Radio.Group
        label={t('connection')}
        value={values.connection}
        onChange={(value) => change('connection', value === 'usb' ? 'usb' : 'relay')}
      >
        <Group mt={4} gap="lg">
          <Radio value="usb" label={t('usb')} disabled={disabled} />
          <Radio value="relay" label={t('relay')} disabled={disabled} />
        </Group>
      </Radio.Group>
      {values.connection === 'relay' && <RelayFields {...form} />}
      <NumberField {...form} name="entryTimeoutSeconds" label={t('timeout')} min={15} max={300} />
      <KeypadTest
        values={values}
        keptConnection={form.keptConnection}
        disabled={disabled}
        onTakeFingerprint={(fingerprint) => change('relayFingerprint', fingerprint)}
      />
    </div>
  )
}
