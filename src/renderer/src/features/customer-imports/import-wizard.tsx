import { Alert, Button, Group, Select, Stack, Text, Title } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import {
  CodePage,
  type ChosenFile,
  type FileReading,
  type ImportChoices,
} from '../../../../contract/customer-imports'
import { api, client } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { ErrorPanel } from '../../ui/states'
import { ChoicesCard } from './choices-card'
import { ColumnMapping } from './column-mapping'
import { PreviewTable } from './preview-table'
import styles from './customer-imports.module.css'

const SAFE: ImportChoices = {
  matchOn: ['number', 'email', 'phone'],
  duplicates: 'skip',
  broken: 'ask',
  keepNumbers: true,
}

const KB = 1024

interface FileCardProps {
  readonly file: ChosenFile
  readonly onReread: (how: Pick<FileReading, 'codePage' | 'delimiter'>) => void
}

function FileCard({ file, onReread }: FileCardProps) {
  const { t } = useTranslation('customerImports')
  const { codePage, delimiter } = file.reading
  return (
    <section className="card" aria-labelledby="import-file">
      <Title order={2} id="import-file">
        {t('file.title')}
      </Title>
      <Group gap={16} align="end" mt={8}>
        <div className={styles.fileName}>
          <Text fw={600} truncate title={file.name}>
            {file.name}
          </Text>
          <Text size="sm" c="dimmed">
            {t('file.size', { size: formatCount(Math.ceil(file.size / KB)) })}
          </Text>
        </div>
        <Select
          label={t('file.codePage')}
          w={190}
          allowDeselect={false}
          data={CodePage.options.map((value) => ({ value, label: t(`file.${value}`) }))}
          value={codePage}
          onChange={(value) => onReread({ codePage: value === 'cp932' ? 'cp932' : 'utf-8', delimiter })}
        />
        <Select
          label={t('file.delimiter')}
          w={120}
          allowDeselect={false}
          data={[
            { value: ',', label: t('file.comma') },
            { value: '\t', label: t('file.tab') },
          ]}
          value={delimiter}
          onChange={(value) => onReread({ codePage, delimiter: value === '\t' ? '\t' : ',' })}
        />
        <Text size="sm" className={styles.fileWords ?? ''}>
          {t(file.ecCube ? 'file.ecCube' : 'file.mapped')}
        </Text>
      </Group>
    </section>
  )
}

/** A chosen file on its way: how it is read, what its columns mean, the first rows as they will be kept, what is done. */
export function ImportWizard({ first }: { first: ChosenFile }) {
  const { t } = useTranslation('customerImports')
  const [, go] = useLocation()
  const [file, setFile] = useState(first)
  const [choices, setChoices] = useState(SAFE)
  const { fileId, reading } = file
  const rereading = useMutation({
    mutationFn: (how: Pick<FileReading, 'codePage' | 'delimiter'>) =>
      client.customerImports.reread({ fileId, ...how }),
    onSuccess: setFile,
  })
  const preview = useQuery(
    api.customerImports.preview.queryOptions({
      input: { fileId, reading },
      placeholderData: keepPreviousData,
    }),
  )
  const starting = useMutation({
    mutationFn: () => client.customerImports.start({ fileId, reading, choices }),
    onSuccess: ({ id }) => go(`/customers/import/${id}`),
  })
  return (
    <Stack gap={14}>
      <FileCard file={file} onReread={(how) => rereading.mutate(how)} />
      {rereading.isError && <ErrorPanel error={rereading.error} />}
      <ColumnMapping
        file={file}
        onChange={(meanings) => setFile({ ...file, reading: { ...reading, meanings } })}
      />
      <section className="card" aria-labelledby="import-preview">
        <Title order={2} id="import-preview">
          {t('preview.title')}
        </Title>
        {preview.isError && <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.data && <PreviewTable rows={preview.data} />}
      </section>
      <ChoicesCard choices={choices} onChange={setChoices} />
      {starting.isError && <ErrorPanel error={starting.error} />}
      <Group justify="flex-end">
        {preview.data?.length === 0 && <Alert color="gray">{t('preview.empty')}</Alert>}
        <Button
          size="md"
          loading={starting.isPending}
          disabled={!preview.data || preview.data.length === 0}
          onClick={() => starting.mutate()}
        >
          {t('choices.start')}
        </Button>
      </Group>
    </Stack>
  )
}
