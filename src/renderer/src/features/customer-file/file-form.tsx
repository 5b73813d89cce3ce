import { Alert, Button, Group, Select, Skeleton, TagsInput, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Consent, Sex, type CustomerFile } from '../../../../contract/customer-file'
import { api } from '../../lib/client'
import { formatDateTime } from '../../lib/format'
import { DateField } from '../../ui/date-field'
import { ErrorPanel } from '../../ui/states'
import { Addresses } from './addresses'
import styles from './customer-file.module.css'
import { OtherPhones } from './other-phones'
import { useFileDraft } from './use-file-draft'
import { useFileWords } from './use-file-words'

/** Further phones, company, tags and consents of a customer, and the お届け先. */
export function CustomerFileCards({ customerId, writable }: { customerId: string; writable: boolean }) {
  const file = useQuery(api.customerFile.get.queryOptions({ input: { customerId } }))
  if (file.isError) return <ErrorPanel error={file.error} onRetry={() => void file.refetch()} />
  if (!file.data) return <Skeleton height={300} />
  return (
    <>
      <FileForm file={file.data} writable={writable} />
      <Addresses file={file.data} writable={writable} />
    </>
  )
}

function FileForm({ file, writable }: { file: CustomerFile; writable: boolean }) {
  const { t } = useTranslation('customerFile')
  const state = useFileDraft(file)
  const words = useFileWords()
  const { base, draft, faults, clashes, change } = state
  const tags = useQuery(api.customers.tags.queryOptions()).data ?? []
  const hasConsentChange =
    draft.mailConsent !== base.fields.mailConsent || draft.dmConsent !== base.fields.dmConsent
  const consent = (key: 'mailConsent' | 'dmConsent') => (
    <Select
      label={t(key)}
      allowDeselect={false}
      readOnly={!writable}
      comboboxProps={{ withinPortal: false }}
      data={Consent.options.map((value) => ({ value, label: t(`consent.${value}`) }))}
      value={draft[key]}
      onChange={(value) => change({ [key]: Consent.parse(value) })}
    />
  )
  return (
    <form
      className="card"
      aria-labelledby="file"
      onSubmit={(event) => {
        event.preventDefault()
        state.save()
      }}
    >
      <Title order={2} mb={8} id="file">
        {t('title')}
      </Title>
      {clashes !== null && (
        <Alert color="yellow" role="alert" mb="sm" title={t('stale')} c="var(--mantine-color-text)">
          {t(clashes.length === 0 ? 'staleMerged' : 'staleClash')}
          <ul className={styles.plain}>
            {clashes.map((key) => (
              <li key={key}>{t('clash', { field: t(key), value: words(key, base.fields) || t('blank') })}</li>
            ))}
          </ul>
        </Alert>
      )}
      <div className={styles.fields}>
        <TextInput
          label={t('company')}
          maxLength={80}
          readOnly={!writable}
          value={draft.company}
          onChange={(event) => change({ company: event.currentTarget.value })}
        />
        <Group gap="sm" grow align="start">
          <Select
            label={t('sex')}
            clearable
            readOnly={!writable}
            comboboxProps={{ withinPortal: false }}
            data={Sex.options.map((value) => ({ value, label: t(`sexes.${value}`) }))}
            value={draft.sex}
            onChange={(value) => change({ sex: Sex.nullable().parse(value) })}
          />
          <div>
            <DateField
              label={t('birthday')}
              width={150}
              value={draft.birthday}
              onChange={(birthday) => change({ birthday })}
            />
            {faults.has('birthday') && <p className={styles.fault}>{faults.get('birthday')}</p>}
          </div>
        </Group>
        <OtherPhones draft={draft} faults={faults} writable={writable} change={change} />
        <TagsInput
          className={styles.full ?? ''}
          label={t('tags')}
          styles={{ inputField: { height: 24 } }}
          maxTags={30}
          readOnly={!writable}
          comboboxProps={{ withinPortal: false }}
          data={tags.map(({ tag }) => tag)}
          value={draft.tags}
          onChange={(list) => change({ tags: list.map((tag) => tag.slice(0, 40)) })}
        />
        {consent('mailConsent')}
        {consent('dmConsent')}
        {hasConsentChange && (
          <TextInput
            className={styles.full ?? ''}
            label={t('how')}
            placeholder={t('howHint')}
            maxLength={200}
            error={faults.get('consentHow')}
            value={state.how}
            onChange={(event) => state.setHow(event.currentTarget.value)}
          />
        )}
      </div>
      {base.consents.length > 0 && <Consents file={base} />}
      <Group justify="flex-end" gap="sm" mt="sm">
        <Button variant="default" disabled={!state.isChanged} onClick={state.reset}>
          {t('undoChanges')}
        </Button>
        <Button type="submit" disabled={!writable || !state.isChanged} loading={state.isSaving}>
          {t('save')}
        </Button>
      </Group>
    </form>
  )
}

function Consents({ file }: { file: CustomerFile }) {
  const { t } = useTranslation('customerFile')
  return (
    <details className={styles.consents}>
      <summary>{t('history')}</summary>
      <ul className={styles.plain}>
        {file.consents.map((one) => (
          <li key={`${one.at}-${one.channel}`}>
            {t('event', {
              at: formatDateTime(one.at),
              channel: t(`${one.channel}Consent`),
              consent: t(`consent.${one.consent}`),
              how: one.how,
              by: one.by,
            })}
          </li>
        ))}
      </ul>
    </details>
  )
}
