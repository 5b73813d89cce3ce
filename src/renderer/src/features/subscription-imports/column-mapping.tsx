import { Button, Group, Select, Text, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SubscriptionCsvField, type ChosenSubscriptionFile } from '../../../../contract/subscription-imports'
import { api, client } from '../../lib/client'
import { ErrorPanel } from '../../ui/states'
import styles from '../customer-imports/customer-imports.module.css'

type Meaning = SubscriptionCsvField | null

interface ColumnMappingProps {
  readonly file: ChosenSubscriptionFile
  readonly onChange: (meanings: Meaning[]) => void
}

const IGNORE = 'ignore'

const meaningOf = (value: string | null): Meaning => SubscriptionCsvField.safeParse(value).data ?? null

/** What each column of the file means; guessed from the head line, changed by hand, kept by name. */
export function ColumnMapping({ file, onChange }: ColumnMappingProps) {
  const { t } = useTranslation('subscriptionImports')
  const { head, reading } = file
  const { meanings } = reading
  const set = (at: number, meaning: Meaning) =>
    onChange(meanings.map((one, index) => (index === at ? meaning : one === meaning ? null : one)))
  const options = [
    { value: IGNORE, label: t('mapping.ignore') },
    ...SubscriptionCsvField.options.map((value) => ({ value, label: t(`field.${value}`) })),
  ]
  return (
    <section className="card" aria-labelledby="import-mapping">
      <Title order={2} id="import-mapping">
        {t('mapping.title')}
      </Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t('mapping.words')}
      </Text>
      <div className={styles.columns}>
        {head.map((header, at) => (
          // The columns of one file do not move.
          // eslint-disable-next-line react/no-array-index-key -- head lines may name two columns alike
          <div className={styles.column} key={at}>
            <Text size="sm" truncate title={header}>
              {header}
            </Text>
            <Select
              aria-label={t('mapping.of', { header })}
              size="xs"
              data={options}
              allowDeselect={false}
              searchable
              value={meanings[at] ?? IGNORE}
              onChange={(value) => set(at, meaningOf(value))}
            />
          </div>
        ))}
      </div>
      <SavedMappings head={head} meanings={meanings} onChange={onChange} />
    </section>
  )
}

interface SavedMappingsProps {
  readonly head: readonly string[]
  readonly meanings: readonly Meaning[]
  readonly onChange: (meanings: Meaning[]) => void
}

function SavedMappings({ head, meanings, onChange }: SavedMappingsProps) {
  const { t } = useTranslation('subscriptionImports')
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const saved = useQuery(api.subscriptionImports.mappings.queryOptions())
  const refresh = () => queries.invalidateQueries({ queryKey: api.subscriptionImports.mappings.key() })
  const saving = useMutation({
    mutationFn: () =>
      client.subscriptionImports.saveMapping({
        name: name.trim(),
        columns: head.map((header, at) => ({ header, meaning: meanings[at] ?? null })),
      }),
    onSuccess: async () => {
      notifications.show({ message: t('mapping.savedNow', { name: name.trim() }), color: 'accent' })
      await refresh()
    },
  })
  const removing = useMutation({
    mutationFn: () => client.subscriptionImports.removeMapping({ name }),
    onSuccess: async () => {
      setName('')
      await refresh()
    },
  })
  const recall = (wanted: string | null) => {
    const mapping = saved.data?.find((one) => one.name === wanted)
    if (!mapping) return
    setName(mapping.name)
    const byHeader = new Map(mapping.columns.map(({ header, meaning }) => [header, meaning]))
    onChange(head.map((header) => byHeader.get(header) ?? null))
  }
  const known = saved.data?.some((one) => one.name === name) ?? false
  return (
    <>
      <Group gap={12} align="end" mt={14}>
        {saved.data && saved.data.length > 0 && (
          <Select
            label={t('mapping.saved')}
            placeholder={t('mapping.savedHint')}
            w={220}
            data={saved.data.map((one) => one.name)}
            value={known ? name : null}
            onChange={recall}
          />
        )}
        <TextInput
          label={t('mapping.name')}
          w={220}
          maxLength={40}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={name.trim() === ''}
          loading={saving.isPending}
          onClick={() => saving.mutate()}
        >
          {t('mapping.save')}
        </Button>
        {known && (
          <Button variant="default" loading={removing.isPending} onClick={() => removing.mutate()}>
            {t('mapping.remove')}
          </Button>
        )}
      </Group>
      {saving.isError && <ErrorPanel error={saving.error} />}
    </>
  )
}
