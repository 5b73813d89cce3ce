import { Alert, Button, Group, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ProductFile, ProductFileRow, ProductPreview } from '../../../../contract/products'
import { api, client } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import { BackLink } from '../../ui/back-link'
import tables from '../../ui/csv-import/csv-import.module.css'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { StatusChip, type Tone } from '../../ui/status-chip'

/** 商品のCSV取込: a file is looked at first, then its sound rows are taken. */
export function ProductImportPage() {
  const { t } = useTranslation('products')
  const [file, setFile] = useState<ProductFile | null>(null)
  const choosing = useMutation({
    mutationFn: () => client.products.chooseCsv(),
    onSuccess: (chosen) => chosen && setFile(chosen),
  })
  return (
    <div className={`pageBody ${tables.wizard}`}>
      <BackLink list="/products">{t('detail.back')}</BackLink>
      <div className={pageHead.head}>
        <Title order={1}>{t('imports.title')}</Title>
        <div className={pageHead.rest} />
        <Button
          variant={file ? 'default' : 'filled'}
          leftSection={<IconUpload size={16} aria-hidden="true" />}
          loading={choosing.isPending}
          onClick={() => choosing.mutate()}
        >
          {t(file ? 'imports.chooseAgain' : 'imports.choose')}
        </Button>
      </div>
      {choosing.isError && <ErrorPanel error={choosing.error} />}
      {file ? (
        <Looked key={file.fileId} file={file} />
      ) : (
        <section className="card">
          <Text size="sm" maw={880}>
            {t('imports.intro')}
          </Text>
          <Text size="sm" c="dimmed" maw={880} mt="xs">
            {t('imports.columns')}
          </Text>
        </section>
      )}
    </div>
  )
}

function Looked({ file }: { file: ProductFile }) {
  const { t } = useTranslation('products')
  const queries = useQueryClient()
  const { fileId } = file
  const preview = useQuery({
    ...api.products.previewCsv.queryOptions({ input: { fileId } }),
    staleTime: Infinity,
    gcTime: 0,
  })
  const taking = useMutation({
    mutationFn: () => client.products.importCsv({ fileId }),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.products.list.key() }),
  })
  const shown = taking.data ?? preview.data
  if (preview.isError) return <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} />
  return (
    <>
      {taking.data && <Done preview={taking.data} />}
      <section className="card" aria-labelledby="product-file">
        <Title order={2} id="product-file">
          {file.name}
        </Title>
        <Text size="sm" c="dimmed">
          {t(`imports.codePage.${file.codePage}`)}
        </Text>
        {shown && <Counts preview={shown} />}
        {shown && shown.unknown.length > 0 && (
          <Text size="sm" mt="xs">
            {t('imports.unknown', { columns: shown.unknown.join('、') })}
          </Text>
        )}
      </section>
      {taking.isError && <ErrorPanel error={taking.error} />}
      {shown && <Rows rows={shown.rows} />}
      {shown && (
        <Buttons
          fileId={fileId}
          preview={shown}
          done={taking.isSuccess}
          taking={taking.isPending}
          onTake={() => taking.mutate()}
        />
      )}
    </>
  )
}

function Done({ preview }: { preview: ProductPreview }) {
  const { t } = useTranslation('products')
  const { added, changed } = preview.counts
  return (
    <Alert color="accent" role="status" title={t('imports.done')} c="var(--mantine-color-text)">
      <Text size="sm">
        {t('imports.doneWords', { added: formatCount(added), changed: formatCount(changed) })}
      </Text>
      <Button component={Link} href="/products" variant="default" mt="xs">
        {t('imports.toList')}
      </Button>
    </Alert>
  )
}

const COUNTS = ['added', 'changed', 'same', 'broken'] as const

function Counts({ preview }: { preview: ProductPreview }) {
  const { t } = useTranslation('products')
  return (
    <dl className={tables.counts}>
      {COUNTS.map((key) => (
        <div key={key} data-testid={`count-${key}`}>
          <dt>{t(`imports.counts.${key}`)}</dt>
          <dd>{t('imports.unit', { count: preview.counts[key] })}</dd>
        </div>
      ))}
    </dl>
  )
}

const TONES: Readonly<Record<ProductFileRow['outcome'], Tone>> = {
  add: 'good',
  change: 'wait',
  same: 'quiet',
  broken: 'bad',
}

function Rows({ rows }: { rows: readonly ProductFileRow[] }) {
  const { t } = useTranslation('products')
  const { t: list } = useTranslation('products', { keyPrefix: 'columns' })
  const whatOf = ({ reasons, changes }: ProductFileRow) =>
    reasons.length > 0
      ? reasons.join(' ')
      : changes
          .map(({ column, before, after }) =>
            t('imports.change', {
              column,
              before: before || t('imports.blank'),
              after: after || t('imports.blank'),
            }),
          )
          .join('、')
  return (
    <section className="card" aria-labelledby="product-rows">
      <Title order={2} id="product-rows">
        {t('imports.rows')}
      </Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t('imports.rowsShown', { rows: rows.length })}
      </Text>
      {/* A region that scrolls can be reached by the keyboard. */}
      <div className={tables.scroll} role="group" aria-label={t('imports.rows')} tabIndex={0}>
        <table className={tables.table} aria-label={t('imports.rows')}>
          <thead>
            <tr>
              <th scope="col" className={tables.num}>
                {t('imports.line')}
              </th>
              <th scope="col">{t('imports.outcome')}</th>
              <th scope="col">{list('code')}</th>
              <th scope="col">{list('name')}</th>
              <th scope="col">{t('imports.what')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.line}>
                <td className={tables.num}>{row.line}</td>
                <td>
                  <StatusChip tone={TONES[row.outcome]}>{t(`imports.outcomes.${row.outcome}`)}</StatusChip>
                </td>
                <td title={row.code}>{row.code}</td>
                <td title={row.name}>{row.name}</td>
                <td className={tables.wide}>{whatOf(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

interface ButtonsProps {
  readonly fileId: string
  readonly preview: ProductPreview
  readonly done: boolean
  readonly taking: boolean
  readonly onTake: () => void
}

function Buttons({ fileId, preview, done, taking, onTake }: ButtonsProps) {
  const { t } = useTranslation('products')
  const { added, changed, broken } = preview.counts
  const sound = added + changed
  const saving = useMutation({
    mutationFn: () => client.products.saveBroken({ fileId }),
    onSuccess: ({ saved, rows }) =>
      notifications.show({
        message: saved ? t('imports.brokenSaved', { rows: formatCount(rows) }) : t('imports.brokenDropped'),
        color: saved ? 'accent' : 'gray',
      }),
    onError: tellError,
  })
  return (
    <Group justify="flex-end">
      {sound === 0 && !done && <Text size="sm">{t('imports.nothing')}</Text>}
      {broken > 0 && (
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          loading={saving.isPending}
          onClick={() => saving.mutate()}
        >
          {t('imports.saveBroken')}
        </Button>
      )}
      {!done && (
        <Button size="md" disabled={sound === 0} loading={taking} onClick={onTake}>
          {t(broken > 0 ? 'imports.takeSome' : 'imports.take', { count: sound })}
        </Button>
      )}
    </Group>
  )
}
