import { Alert, Button, Select, Text, TextInput, Title } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeypadFields, NumberField, type FieldsProps } from './keypad-fields'
import styles from './settings.module.css'
import { Stranded } from './stranded'
import { useSettingsForm, type StoredSettings } from './use-settings-form'

function SettingsGroup({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="card" aria-labelledby={id}>
      <Title order={2} mb="xs" id={id}>
        {title}
      </Title>
      {children}
    </section>
  )
}

interface ServiceFieldsProps extends FieldsProps {
  readonly services: StoredSettings['services']
  /** The service as it is kept; another one strands cards. */
  readonly keptServiceId: string | null
}

function ServiceFields({ values, change, faults, disabled, services, keptServiceId }: ServiceFieldsProps) {
  const { t } = useTranslation('settings')
  const nameOf = (service: StoredSettings['services'][number]) =>
    service.simulator ? t('simulated', { name: service.name }) : service.name
  return (
    <div className={styles.fields}>
      <Select
        label={t('service')}
        description={services.length === 0 ? t('noService') : t('serviceNote')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={t('none')}
        disabled={disabled || services.length === 0}
        data={services.map((service) => ({ value: service.id, label: nameOf(service) }))}
        value={values.serviceId}
        error={faults.get('serviceId')}
        onChange={(value) => change('serviceId', value)}
      />
      {values.serviceId !== null && values.serviceId !== keptServiceId && (
        <Stranded serviceId={values.serviceId} />
      )}
    </div>
  )
}

function DeskFields(form: FieldsProps & { defaultSeatName: string }) {
  const { t } = useTranslation('settings')
  return (
    <div className={styles.fields}>
      <TextInput
        label={t('seat')}
        description={t('seatNote', { name: form.defaultSeatName })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={form.defaultSeatName}
        maxLength={60}
        disabled={form.disabled}
        value={form.values.seatName}
        error={form.faults.get('seatName')}
        onChange={(event) => form.change('seatName', event.currentTarget.value)}
      />
      <NumberField {...form} name="idleLockMinutes" label={t('idle')} min={1} max={15} />
      <TextInput
        label={t('support')}
        description={t('supportNote')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={200}
        disabled={form.disabled}
        value={form.values.supportContact}
        error={form.faults.get('supportContact')}
        onChange={(event) => form.change('supportContact', event.currentTarget.value)}
      />
    </div>
  )
}

/** Says that another screen was faster, and which settings both have changed. */
function StaleNote({ fields }: { fields: readonly string[] }) {
  const { t } = useTranslation('settings')
  return (
    <Alert color="yellow" role="alert" title={t('stale')} mb={14} c="var(--mantine-color-text)">
      {fields.length === 0 ? t('staleMerged') : t('staleClash', { fields: fields.join('、') })}
    </Alert>
  )
}

/** The form of 重要項目設定; read-only for those who may not change it. */
export function SettingsForm({ stored, writable }: { stored: StoredSettings; writable: boolean }) {
  const { t } = useTranslation('settings')
  const form = useSettingsForm(stored)
  const { values, change, faults, kept, isPaired, isChanged, isSaving, stale } = form
  const keptConnection = kept.connection
  const disabled = !writable
  const fields = { values, change, faults, isPaired, keptConnection, defaults: stored.defaults, disabled }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    form.save()
  }
  return (
    <form onSubmit={submit} noValidate>
      {!writable && (
        <Alert color="gray" role="note" mb={14} c="var(--mantine-color-text)">
          {t('readOnly')}
        </Alert>
      )}
      {stale !== null && <StaleNote fields={stale.map((name) => t(`names.${name}`))} />}
      <div className={styles.columns}>
        <SettingsGroup id="keypad-settings" title={t('groups.keypad')}>
          <KeypadFields {...fields} />
        </SettingsGroup>
        <div className={styles.column}>
          <SettingsGroup id="card-settings" title={t('groups.card')}>
            <ServiceFields {...fields} services={stored.services} keptServiceId={kept.serviceId} />
          </SettingsGroup>
          <SettingsGroup id="desk-settings" title={t('groups.desk')}>
            <DeskFields {...fields} defaultSeatName={stored.seat.defaultSeatName} />
          </SettingsGroup>
        </div>
      </div>
      {writable && (
        <div className={styles.save}>
          <Text size="sm" c="dimmed" role="status">
            {t(isChanged ? 'changed' : 'unchanged')}
          </Text>
          <Button variant="default" disabled={!isChanged} onClick={form.undo}>
            {t('undo')}
          </Button>
          <Button type="submit" disabled={!isChanged} loading={isSaving}>
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  )
}
