import { Button, Switch, Text, Textarea, TextInput, Title } from '@mantine/core'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailTemplateView } from '../../../../contract/customer-mails'
import { api, client } from '../../lib/client'
import { ClashNote } from '../../ui/clash-note'
import { useDebounced } from '../../ui/use-debounced'
import { useVersionedForm, type Kept } from '../../ui/use-versioned-form'
import settings from '../settings/settings.module.css'
import styles from './customer-mails.module.css'

interface Draft {
  subject: string
  body: string
  active: boolean
}

const keptOf = ({ version, subject, body, active }: MailTemplateView): Kept<Draft> => ({
  version,
  values: { subject, body, active },
})

function useTemplateForm(stored: MailTemplateView) {
  const { t } = useTranslation('customerMails')
  const queries = useQueryClient()
  const { kind } = stored
  const form = useVersionedForm<Draft>({
    stored: keptOf(stored),
    save: async (values, base) =>
      keptOf(await client.customerMails.saveTemplate({ ...values, kind, version: base.version ?? 1 })),
    latest: async () => {
      const found = (await client.customerMails.templates()).find((one) => one.kind === kind)
      return keptOf(found ?? stored)
    },
    onSaved: () => void queries.invalidateQueries({ queryKey: api.customerMails.key() }),
    said: t('settings.saved'),
  })
  return {
    ...form,
    // What was refused is another text now.
    change: (part: Partial<Draft>) => {
      form.refuse(new Map())
      form.change(part)
    },
  }
}

type Form = ReturnType<typeof useTemplateForm>

interface PartProps {
  readonly stored: MailTemplateView
  readonly form: Form
  readonly writable: boolean
}

/** Subject and body, and the names that a press puts where the cursor stands. */
function Fields({ stored, form, writable }: PartProps) {
  const { t } = useTranslation('customerMails')
  const { values, faults, change } = form
  const body = useRef<HTMLTextAreaElement>(null)
  const insert = (name: string) => {
    const at = body.current?.selectionStart ?? values.body.length
    const until = body.current?.selectionEnd ?? at
    const put = `{${name}}`
    change({ body: values.body.slice(0, at) + put + values.body.slice(until) })
    requestAnimationFrame(() => {
      body.current?.focus()
      body.current?.setSelectionRange(at + put.length, at + put.length)
    })
  }
  return (
    <div className={styles.fields}>
      <TextInput
        label={t('settings.subject')}
        maxLength={120}
        readOnly={!writable}
        value={values.subject}
        error={faults.get('subject')}
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <div role="group" aria-labelledby="mail-names">
        <Text size="sm" fw={600} id="mail-names">
          {t('settings.names')}
        </Text>
        <Text size="xs" c="dimmed" mb={6}>
          {t('settings.namesNote')}
        </Text>
        <div className={styles.names}>
          {stored.placeholders.map(({ name, sample }) => (
            <Button
              key={name}
              size="compact-sm"
              variant="default"
              disabled={!writable}
              title={t('settings.insert', { name, sample })}
              onClick={() => insert(name)}
            >
              {`{${name}}`}
            </Button>
          ))}
        </div>
      </div>
      <Textarea
        ref={body}
        label={t('settings.body')}
        rows={16}
        maxLength={3000}
        readOnly={!writable}
        value={values.body}
        error={faults.get('body')}
        onChange={(event) => change({ body: event.currentTarget.value })}
      />
    </div>
  )
}

/** The mail as a customer would read it, with the sample in the place of the names. */
function Preview({ stored, form }: Pick<PartProps, 'stored' | 'form'>) {
  const { t } = useTranslation('customerMails')
  const subject = useDebounced(form.values.subject)
  const body = useDebounced(form.values.body)
  const preview = useQuery(
    api.customerMails.preview.queryOptions({
      input: { kind: stored.kind, subject, body },
      placeholderData: keepPreviousData,
    }),
  )
  const unknown = preview.data?.unknown ?? []
  return (
    <div className={styles.preview} role="group" aria-labelledby="mail-preview" data-testid="mail-preview">
      <Text size="sm" fw={600} id="mail-preview">
        {t('settings.preview')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('settings.previewNote')}
      </Text>
      {unknown.length > 0 && (
        <Text size="sm" c="var(--bad)" role="alert">
          {t('settings.unknown', { names: unknown.map((name) => `{${name}}`).join('、') })}
        </Text>
      )}
      <Text size="sm" fw={600}>
        {preview.data?.subject}
      </Text>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls with the keys */}
      <section className={styles.body} aria-label={t('settings.preview')} tabIndex={0}>
        {preview.data?.body}
      </section>
    </div>
  )
}

function Buttons({ stored, form }: Pick<PartProps, 'stored' | 'form'>) {
  const { t } = useTranslation('customerMails')
  const { values, isChanged, isSaving, change, undo, save } = form
  const isStandard = values.subject === stored.standard.subject && values.body === stored.standard.body
  return (
    <div className={settings.save}>
      <Text size="sm" c="dimmed" role="status">
        {t(isChanged ? 'settings.changed' : isStandard ? 'settings.isStandard' : 'settings.unchanged')}
      </Text>
      <Button variant="default" disabled={isStandard} onClick={() => change(stored.standard)}>
        {t('settings.standard')}
      </Button>
      <Button variant="default" disabled={!isChanged} onClick={undo}>
        {t('settings.undo')}
      </Button>
      <Button disabled={!isChanged} loading={isSaving} onClick={save}>
        {t('settings.save')}
      </Button>
    </div>
  )
}

interface TemplateFormProps {
  readonly stored: MailTemplateView
  readonly writable: boolean
  readonly onChanged: (isChanged: boolean) => void
}

/** One mail: whether it is sent, its text, and how it looks. */
export function TemplateForm({ stored, writable, onChanged }: TemplateFormProps) {
  const { t } = useTranslation('customerMails')
  const form = useTemplateForm(stored)
  const { values, isChanged } = form
  useEffect(() => {
    onChanged(isChanged)
    return () => onChanged(false)
  }, [isChanged, onChanged])
  const wordsOf = (value: Draft[keyof Draft]) =>
    typeof value === 'boolean' ? t(value ? 'settings.on' : 'settings.off') : value
  return (
    <section className="card" aria-labelledby="mail-text">
      <Title order={2} id="mail-text" mb="xs">
        {t(`kinds.${stored.kind}`)}
      </Title>
      {form.clashes !== null && (
        <ClashNote<Draft>
          clashes={form.clashes}
          values={values}
          kept={form.kept}
          labelOf={(key) => t(`settings.${key}`)}
          wordsOf={(_key, value) => wordsOf(value)}
          onChoose={form.change}
        />
      )}
      <Switch
        mb="sm"
        label={t('settings.active')}
        description={t(`settings.when.${stored.kind}`)}
        disabled={!writable}
        checked={values.active}
        onChange={(event) => form.change({ active: event.currentTarget.checked })}
      />
      <div className={styles.text}>
        <Fields stored={stored} form={form} writable={writable} />
        <Preview stored={stored} form={form} />
      </div>
      {writable && <Buttons stored={stored} form={form} />}
    </section>
  )
}
