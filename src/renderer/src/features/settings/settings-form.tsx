import {
  Alert,
  Button,
  Group,
  NumberInput,
  Radio,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { isDefinedError } from '@orpc/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportantSettings } from '../../../../contract/settings'
import { api, describeError } from '../../lib/client'
import { KeypadTest } from './keypad-test'
import { Stranded } from './stranded'

export interface StoredSettings {
  readonly version: number
  readonly values: ImportantSettings
  readonly defaults: ImportantSettings
  readonly services: { id: string; name: string; simulator: boolean }[]
}

function SettingsGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card">
      <Title order={2} mb="xs">
        {title}
      </Title>
      <Stack gap="sm">{children}</Stack>
    </section>
  )
}

type Change = <K extends keyof ImportantSettings>(key: K, value: ImportantSettings[K]) => void
interface PartProps {
  readonly values: ImportantSettings
  readonly change: Change
  readonly faults: ReadonlyMap<string, string>
  readonly disabled: boolean
}

function RelayFields({
  values,
  change,
  faults,
  disabled,
  defaults,
}: PartProps & { defaults: ImportantSettings }) {
  const { t } = useTranslation('settings')
  return (
    <>
      <Group gap="sm" align="start">
        <TextInput
          label={t('host')}
          w={220}
          disabled={disabled}
          value={values.relayHost}
          error={faults.get('relayHost')}
          onChange={(event) => change('relayHost', event.currentTarget.value)}
        />
        <NumberInput
          label={t('port')}
          w={130}
          min={1}
          max={65_535}
          hideControls
          disabled={disabled}
          value={values.relayPort}
          error={faults.get('relayPort')}
          onChange={(value) => change('relayPort', Number(value))}
        />
        <Button
          mt={24}
          variant="default"
          disabled={disabled}
          onClick={() => {
            change('relayHost', defaults.relayHost)
            change('relayPort', defaults.relayPort)
            change('relayFingerprint', defaults.relayFingerprint)
          }}
        >
          {t('defaults')}
        </Button>
      </Group>
      <Text size="sm" c="var(--mantine-color-dimmed)">
        {t('own', { port: defaults.relayPort })}
      </Text>
      <TextInput
        label={t('fingerprint')}
        description={t('fingerprintNote')}
        disabled={disabled}
        value={values.relayFingerprint}
        error={faults.get('relayFingerprint')}
        onChange={(event) => change('relayFingerprint', event.currentTarget.value)}
      />
    </>
  )
}

function KeypadFields(props: PartProps & { defaults: ImportantSettings }) {
  const { t } = useTranslation('settings')
  const { values, change, disabled } = props
  return (
    <>
      <Switch
        label={t('keypad')}
        description={t('keypadNote')}
        color="blue"
        size="md"
        disabled={disabled}
        checked={values.keypadEnabled}
        onChange={(event) => change('keypadEnabled', event.currentTarget.checked)}
      />
      <Radio.Group
        label={t('connection')}
        value={values.connection}
        onChange={(value) => change('connection', value === 'usb' ? 'usb' : 'relay')}
      >
        <Group mt={4}>
          <Radio value="usb" label={t('usb')} disabled={disabled} />
          <Radio value="relay" label={t('relay')} disabled={disabled} />
        </Group>
      </Radio.Group>
      {values.connection === 'relay' && <RelayFields {...props} />}
      <NumberInput
        label={t('timeout')}
        w={220}
        min={15}
        max={300}
        disabled={disabled}
        value={values.entryTimeoutSeconds}
        onChange={(value) => change('entryTimeoutSeconds', Number(value))}
      />
      <KeypadTest values={values} disabled={disabled} />
    </>
  )
}

function useSave(onFaults: (faults: ReadonlyMap<string, string>) => void) {
  const { t } = useTranslation('settings')
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: api.settings.getImportant.key() })
  return useMutation(
    api.settings.saveImportant.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: t('saved'), color: 'teal' })
        await again()
      },
      onError: async (error) => {
        if (isDefinedError(error) && error.code === 'INVALID_FIELDS') {
          return onFaults(new Map(error.data.fields.map((fault) => [fault.path, fault.message])))
        }
        if (isDefinedError(error) && error.code === 'STALE') {
          notifications.show({ message: t('stale'), color: 'yellow' })
          return again()
        }
        notifications.show({ message: describeError(error).message, color: 'red' })
        return undefined
      },
    }),
  )
}

/** The form of 重要項目設定; read-only for those who may not change it. */
export function SettingsForm({ stored, writable }: { stored: StoredSettings; writable: boolean }) {
  const { t } = useTranslation('settings')
  const [values, setValues] = useState(stored.values)
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  const save = useSave(setFaults)
  const change: Change = (key, value) => setValues((seen) => ({ ...seen, [key]: value }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setFaults(new Map())
    save.mutate({ version: stored.version, values })
  }
  const part = { values, change, faults, disabled: !writable }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {!writable && (
          <Alert color="gray" c="var(--mantine-color-text)">
            {t('readOnly')}
          </Alert>
        )}
        <SettingsGroup title={t('groups.card')}>
          <Select
            label={t('service')}
            description={stored.services.length === 0 ? t('noService') : t('serviceNote')}
            placeholder={t('none')}
            disabled={!writable}
            data={stored.services.map((service) => ({ value: service.id, label: service.name }))}
            value={values.serviceId}
            error={faults.get('serviceId')}
            onChange={(value) => change('serviceId', value)}
          />
          {values.serviceId !== null && values.serviceId !== stored.values.serviceId && (
            <Stranded serviceId={values.serviceId} />
          )}
        </SettingsGroup>
        <SettingsGroup title={t('groups.keypad')}>
          <KeypadFields {...part} defaults={stored.defaults} />
        </SettingsGroup>
        <SettingsGroup title={t('groups.desk')}>
          <NumberInput
            label={t('idle')}
            w={220}
            min={1}
            max={15}
            disabled={!writable}
            value={values.idleLockMinutes}
            onChange={(value) => change('idleLockMinutes', Number(value))}
          />
          <TextInput
            label={t('support')}
            disabled={!writable}
            value={values.supportContact}
            onChange={(event) => change('supportContact', event.currentTarget.value)}
          />
        </SettingsGroup>
        <Group justify="end">
          <Button type="submit" disabled={!writable} loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
