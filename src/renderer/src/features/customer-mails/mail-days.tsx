import { Button, Group, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CustomerMailSettings } from '../../../../contract/customer-mails'
import { api, client } from '../../lib/client'
import { ClashNote } from '../../ui/clash-note'
import { useVersionedForm, type Kept } from '../../ui/use-versioned-form'
import { WholeField } from '../../ui/whole-field'
import styles from './customer-mails.module.css'

type DaysDraft = Record<keyof CustomerMailSettings, number | null>

interface Answer {
  readonly version: number
  readonly settings: CustomerMailSettings
}
const keptOf = ({ version, settings }: Answer): Kept<DaysDraft> => ({ version, values: settings })
const NAMES = ['cardDaysBefore', 'deadlineDaysBefore'] as const

function Form({ stored, writable }: { stored: Answer; writable: boolean }) {
  const { t } = useTranslation('customerMails')
  const queries = useQueryClient()
  const form = useVersionedForm<DaysDraft>({
    stored: keptOf(stored),
    save: async (values, base) => {
      const settings = CustomerMailSettings.parse(values)
      return keptOf(await client.customerMails.saveSettings({ version: base.version ?? 1, settings }))
    },
    latest: async () => keptOf(await client.customerMails.settings()),
    onSaved: () => void queries.invalidateQueries({ queryKey: api.customerMails.settings.key() }),
    said: t('settings.daysSaved'),
  })
  const save = () => {
    const parsed = CustomerMailSettings.safeParse(form.values)
    if (parsed.success) return form.save()
    form.refuse(new Map(parsed.error.issues.map(({ path }) => [path.join('.'), t('settings.required')])))
  }
  return (
    <div className={styles.days}>
      {form.clashes !== null && (
        <ClashNote<DaysDraft>
          clashes={form.clashes}
          values={form.values}
          kept={form.kept}
          labelOf={(key) => t(`settings.${key}`)}
          wordsOf={(_key, value) => (value === null ? '' : `${value}${t('settings.before')}`)}
          onChoose={form.change}
        />
      )}
      {NAMES.map((name) => (
        <WholeField
          key={name}
          label={t(`settings.${name}`)}
          unit={t('settings.before')}
          unitWidth={62}
          width={130}
          readOnly={!writable}
          value={form.values[name]}
          error={form.faults.get(name)}
          onChange={(value) => form.change({ [name]: value })}
        />
      ))}
      {writable && (
        <Group gap="sm" justify="flex-end">
          <Button variant="default" disabled={!form.isChanged} onClick={form.undo}>
            {t('settings.undo')}
          </Button>
          <Button
            aria-labelledby="mail-days-save mail-days"
            id="mail-days-save"
            disabled={!form.isChanged}
            loading={form.isSaving}
            onClick={save}
          >
            {t('settings.save')}
          </Button>
        </Group>
      )}
    </div>
  )
}

/** When the reminders go out. */
export function MailDays({ writable }: { writable: boolean }) {
  const { t } = useTranslation('customerMails')
  const stored = useQuery(api.customerMails.settings.queryOptions())
  return (
    <section className="card" aria-labelledby="mail-days">
      <Title order={2} id="mail-days" mb="xs">
        {t('settings.days')}
      </Title>
      {stored.data && <Form stored={stored.data} writable={writable} />}
    </section>
  )
}
