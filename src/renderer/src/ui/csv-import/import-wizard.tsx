import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { CodePage, Delimiter } from '../../../../contract/csv-imports'
import { ErrorPanel } from '../states'
import { ColumnMapping } from './column-mapping'
import type { ChosenCsv, CsvImport, CsvReading, FieldGroups } from './csv-import'
import { FileCard } from './file-card'
import { PreviewTable } from './preview-table'

interface ImportWizardProps<Field extends string, File extends ChosenCsv<Field>> {
  readonly of: CsvImport<Field, File>
  readonly first: File
  readonly fields: FieldGroups<Field>
  /** Head of a field's column in the preview. */
  readonly nameOf: (field: Field) => string
  readonly words: {
    /** What is to be said of the file. */
    readonly file?: (file: File) => string
    /** What the file must tell. */
    readonly mapping: string
    /** What the rows of the preview are. */
    readonly preview: (rows: number) => string
  }
  /** How cells are written. */
  readonly help?: ReactNode
  /** True: the columns of this file are known and need not be looked at. */
  readonly knows?: (file: File) => boolean
  /** What else is asked before the beginning. */
  readonly children?: ReactNode
  readonly begin: {
    readonly words: string
    readonly hint?: string
    readonly run: (of: { fileId: string; reading: CsvReading<Field> }) => Promise<{ id: string }>
  }
}

/** A chosen file on its way: how it is read, what its columns mean, the first rows as they are read, and the beginning. */
export function ImportWizard<Field extends string, File extends ChosenCsv<Field>>(
  props: ImportWizardProps<Field, File>,
) {
  const { of, fields, nameOf, words, knows, begin } = props
  const { t } = useTranslation('csvImports')
  const [, go] = useLocation()
  const [file, setFile] = useState(props.first)
  const { fileId, reading } = file
  const rereading = useMutation({
    mutationFn: (how: { codePage: CodePage; delimiter: Delimiter }) =>
      of.procedures.reread({ fileId, ...how }),
    onSuccess: (read) => setFile(() => read),
  })
  const preview = useQuery({
    queryKey: [...of.key, 'first-rows', fileId, reading],
    queryFn: () => of.procedures.preview({ fileId, reading }),
    placeholderData: keepPreviousData,
  })
  const beginning = useMutation({
    mutationFn: () => begin.run({ fileId, reading }),
    onSuccess: ({ id }) => go(`${of.path}/${id}`),
  })
  const rows = preview.data
  return (
    <Stack gap={14}>
      <FileCard
        file={file}
        codePage={reading.codePage}
        delimiter={reading.delimiter}
        words={words.file?.(file)}
        onReread={(how) => rereading.mutate(how)}
      />
      {rereading.isError && <ErrorPanel error={rereading.error} />}
      <ColumnMapping
        of={of}
        file={file}
        fields={fields}
        words={words.mapping}
        help={props.help}
        folded={knows?.(file) === true}
        onChange={(meanings) => setFile({ ...file, reading: { ...reading, meanings } })}
      />
      <section className="card" aria-labelledby="import-preview">
        <Title order={2} id="import-preview">
          {t('preview.title')}
        </Title>
        {preview.isError && <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} />}
        {rows && <PreviewTable rows={rows} nameOf={nameOf} words={words.preview(rows.length)} />}
      </section>
      {props.children}
      {beginning.isError && <ErrorPanel error={beginning.error} />}
      <Group justify="flex-end">
        {rows?.length === 0 && <Alert color="gray">{t('preview.empty')}</Alert>}
        {begin.hint !== undefined && (
          <Text size="sm" c="dimmed">
            {begin.hint}
          </Text>
        )}
        <Button
          size="md"
          loading={beginning.isPending}
          disabled={!rows || rows.length === 0}
          onClick={() => beginning.mutate()}
        >
          {begin.words}
        </Button>
      </Group>
    </Stack>
  )
}
