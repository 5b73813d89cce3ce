import { Button, NumberInput, PasswordInput, Select, Skeleton, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { MailTls } from '../../../../contract/options'
import { api } from '../../lib/client'
import { ErrorPanel } from '../../ui/states'
import { MailTest } from './mail-test'
import styles from './options.module.css'
import { useMailForm, type SavedMail } from './use-mail-form'

const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']

type Form = ReturnType<typeof useMailForm>

function Addresses({ form }: { form: Form }) {
  const { t } = useTranslation('options')
  const { values, change, faults } = form
  return (
    <>
      <TextInput
        label={t('settings.provider')}
        description={t('settings.providerNote')}
        inputWrapperOrder={ORDER}
        maxLength={254}
        value={values.providerAddress}
        error={faults.get('providerAddress')}
        onChange={(event) => change({ providerAddress: event.currentTarget.value })}
      />
      <TextInput
        label={t('settings.sender')}
        maxLength={254}
        value={values.senderAddress}
        error={faults.get('senderAddress')}
        onChange={(event) => change({ senderAddress: event.currentTarget.value })}
      />
    </>
  )
}

function Server({ form }: { form: Form }) {
  const { t } = useTranslation('options')
  const { values, change, faults } = form
  return (
    <>
      <TextInput
        label={t('settings.host')}
        placeholder={t('settings.hostHint')}
        maxLength={253}
        value={values.host}
        error={faults.get('host')}
        onChange={(event) => change({ host: event.currentTarget.value })}
      />
      <div className={styles.two}>
        <Select
          label={t('settings.tls')}
          data={MailTls.options.map((value) => ({ value, label: t(`settings.tlsOf.${value}`) }))}
          value={values.tls}
          error={faults.get('tls')}
          onChange={(value) => {
            const tls = MailTls.safeParse(value)
            if (tls.success) change({ tls: tls.data })
          }}
        />
        <NumberInput
          label={t('settings.port')}
          min={1}
          max={65_535}
          hideControls
          allowDecimal={false}
          allowNegative={false}
          value={Number.isNaN(values.port) ? '' : values.port}
          error={faults.get('port')}
          onChange={(typed) => change({ port: typed === '' ? Number.NaN : Number(typed) })}
        />
      </div>
    </>
  )
}

function SignIn({ form, hasPassword }: { form: Form; hasPassword: boolean }) {
  const { t } = useTranslation('options')
  const { values, change, faults, password, setPassword } = form
  const words =
    password === '' && hasPassword
      ? t('settings.passwordCleared')
      : t(hasPassword ? 'settings.passwordKept' : 'settings.passwordNone')
  return (
    <>
      <div className={styles.halves}>
        <TextInput
          label={t('settings.user')}
          description={t('settings.userNote')}
          inputWrapperOrder={ORDER}
          maxLength={254}
          autoComplete="off"
          value={values.user}
          error={faults.get('user')}
          onChange={(event) => change({ user: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('settings.password')}
          description={words}
          inputWrapperOrder={ORDER}
          maxLength={256}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-hidden': true }}
          value={password ?? ''}
          error={faults.get('password')}
          onChange={(event) =>
            setPassword(event.currentTarget.value === '' ? null : event.currentTarget.value)
          }
        />
      </div>
      {hasPassword && password === null && (
        <Button
          variant="subtle"
          size="compact-sm"
          style={{ justifySelf: 'start' }}
          onClick={() => setPassword('')}
        >
          {t('settings.passwordClear')}
        </Button>
      )}
    </>
  )
}

function MailSettingsForm({ stored }: { stored: SavedMail }) {
  const { t } = useTranslation('options')
  const { t: settings } = useTranslation('settings')
  const form = useMailForm(stored)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    form.save()
  }
  return (
    <form onSubmit={submit} noValidate className={styles.fields}>
      <Addresses form={form} />
      <Server form={form} />
      <SignIn form={form} hasPassword={form.hasPassword} />
      <MailTest values={form.values} password={form.password} onFaults={form.setFaults} />
      <div className={styles.actions}>
        <Button variant="default" disabled={!form.isChanged} onClick={form.undo}>
          {settings('undo')}
        </Button>
        <Button type="submit" disabled={!form.isChanged} loading={form.isSaving}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  )
}

/** 申込メールの設定: where applications go and the server that takes them. */
export function MailSettingsCard() {
  const { t } = useTranslation('options')
  const stored = useQuery(api.options.getMail.queryOptions())
  return (
    <section className="card" aria-labelledby="mail-settings">
      <Title order={2} mb="xs" id="mail-settings">
        {t('settings.title')}
      </Title>
      {stored.isError && <ErrorPanel error={stored.error} onRetry={() => void stored.refetch()} />}
      {stored.isPending && <Skeleton height={380} />}
      {stored.data && <MailSettingsForm stored={stored.data} />}
    </section>
  )
}
