import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportState, ImportSummary } from '../../../../contract/customer-imports'
import { formatCount, formatDateTime } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { StatusChip, type Tone } from '../../ui/status-chip'

export const IMPORT_WIDTHS = {
  state: 110,
  added: 96,
  updated: 96,
  skipped: 96,
  broken: 96,
  createdAt: 150,
  startedBy: 140,
}

const TONE: Readonly<Record<ImportState, Tone>> = {
  reading: 'wait',
  staged: 'wait',
  visible: 'good',
  undoing: 'wait',
  undone: 'quiet',
  cancelled: 'quiet',
}

export function ImportStateChip({ state }: { state: ImportState }) {
  const { t } = useTranslation('customerImports')
  return <StatusChip tone={TONE[state]}>{t(`state.${state}`)}</StatusChip>
}

const column = columnsFor<ImportSummary>()

export function useImportColumns(): Columns<ImportSummary> {
  const { t } = useTranslation('customerImports')
  return useMemo(() => {
    const count = (key: 'added' | 'updated' | 'skipped' | 'broken') =>
      column.accessor((row) => formatCount(row.counts[key]), { id: key, header: t(`columns.${key}`) })
    return column.columns([
      column.accessor('state', {
        header: t('columns.state'),
        cell: ({ row }) => <ImportStateChip state={row.original.state} />,
      }),
      column.accessor('fileName', { header: t('columns.fileName') }),
      count('added'),
      count('updated'),
      count('skipped'),
      count('broken'),
      column.accessor((row) => formatDateTime(row.createdAt), {
        id: 'createdAt',
        header: t('columns.createdAt'),
      }),
      column.accessor('startedBy', { header: t('columns.startedBy') }),
    ])
  }, [t])
}
