import { Button, Group, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorPanel } from '../states'
import type { ChosenCsv, CsvImport } from './csv-import'

interface SavedMappingsProps<Field extends string, File extends ChosenCsv<Field>> {
  readonly of: CsvImport<Field, File>
  readonly head: readonly string[]
  readonly meanings: readonly (Field | null)[]
  readonly onChange: (meanings: (Field | null)[]) => void
}

/** Meanings of columns that were kept by name: recalled, saved, removed. */
export function SavedMappings<Field extends string, File extends ChosenCsv<Field>>({
  of,
  head,
  meanings,
  onChange,
}: SavedMappingsProps<Field, File>) {
  const { t } = useTranslation('csvImports')
  const { procedures } = of
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const queryKey = [...of.key, 'kept-mappings']
  const saved = useQuery({ queryKey, queryFn: () => procedures.mappings() })
  const refresh = () => queries.invalidateQueries({ queryKey })
  const saving = useMutation({
    mutationFn: () =>
      procedures.saveMapping({
        name: name.trim(),
        columns: head.map((header, at) => ({ header, meaning: meanings[at] ?? null })),
      }),
    onSuccess: async () => {
      notifications.show({ message: t('mapping.savedNow', { name: name.trim() }), color: 'accent' })
      await refresh()
    },
  })
  const removing = useMutation({
    mutationFn: () => procedures.removeMapping({ name }),
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
      {saved.isError && <ErrorPanel error={saved.error} onRetry={() => void saved.refetch()} />}
      {saving.isError && <ErrorPanel error={saving.error} />}
      {removing.isError && <ErrorPanel error={removing.error} />}
    </>
  )
}
