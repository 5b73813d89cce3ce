import { Alert, Button, Group, Select, Stack, Text, Title } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { CodePage } from '../../../../contract/customer-imports'
import type {
  ChosenSubscriptionFile,
  SubscriptionFileReading,
  SubscriptionPreviewRow,
} from '../../../../contract/subscription-imports'
import { api, client } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { ErrorPanel } from '../../ui/states'
import { StatusChip } from '../../ui/status-chip'
import styles from '../customer-imports/customer-imports.module.css'
import { ColumnMapping } from './column-mapping'

const KB = 1024

type How = Pick<SubscriptionFileReading, 'codePage' | 'delimiter'>

interface FileCardProps {
  readonly file: ChosenSubscriptionFile
  readonly onReread: (how: How) => void
}

function FileCard({ file, onReread }: FileCardProps) {
  const { t } = useTranslation('subscriptionImports')
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
      </Group>
    </section>
  )
}

/** The first rows of a file as they are read, or why one cannot be. */
function PreviewTable({ rows }: { rows: readonly SubscriptionPreviewRow[] }) {
  const { t } = useTranslation('subscriptionImports')
  const shown = rows.find(({ fields }) => fields.length > 0)?.fields.map(({ field }) => field) ?? []
  return (
    <>
      <Text size="sm" c="dimmed" mt={4}>
        {t('preview.words', { rows: rows.length })}
      </Text>
      {/* A region that scrolls can be reached by the keyboard. */}
      <div className={styles.scroll} role="group" aria-label={t('preview.label')} tabIndex={0}>
        <table className={styles.table} aria-label={t('preview.label')}>
          <thead>
            <tr>
              <th scope="col" className={styles.num}>
                {t('preview.line')}
              </th>
              <th scope="col">{t('preview.result')}</th>
              {shown.map((field) => (
                <th scope="col" key={field}>
                  {t(`short.${field}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.line}>
                <td className={styles.num}>{row.line}</td>
                {row.reasons.length > 0 ? (
                  <td className={styles.wide} colSpan={shown.length + 1}>
                    <StatusChip tone="bad">{row.reasons.join(' ')}</StatusChip>
                  </td>
                ) : (
                  <td>
                    <StatusChip tone="good">{t('preview.ok')}</StatusChip>
                  </td>
                )}
                {row.fields.map(({ field, value }) => (
                  <td key={field} title={value}>
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** A chosen file on its way: how it is read, what its columns mean, the first rows as they are read, and the check. */
export function ImportWizard({ first }: { first: ChosenSubscriptionFile }) {
  const { t } = useTranslation('subscriptionImports')
  const [, go] = useLocation()
  const [file, setFile] = useState(first)
  const { fileId, reading } = file
  const rereading = useMutation({
    mutationFn: (how: How) => client.subscriptionImports.reread({ fileId, ...how }),
    onSuccess: setFile,
  })
  const preview = useQuery(
    api.subscriptionImports.preview.queryOptions({
      input: { fileId, reading },
      placeholderData: keepPreviousData,
    }),
  )
  const checking = useMutation({
    mutationFn: () => client.subscriptionImports.check({ fileId, reading }),
    onSuccess: ({ id }) => go(`/subscriptions/import/${id}`),
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
      {checking.isError && <ErrorPanel error={checking.error} />}
      <Group justify="flex-end">
        {preview.data?.length === 0 && <Alert color="gray">{t('preview.empty')}</Alert>}
        <Text size="sm" c="dimmed">
          {t('checkWords')}
        </Text>
        <Button
          size="md"
          loading={checking.isPending}
          disabled={!preview.data || preview.data.length === 0}
          onClick={() => checking.mutate()}
        >
          {t('check')}
        </Button>
      </Group>
    </Stack>
  )
}
