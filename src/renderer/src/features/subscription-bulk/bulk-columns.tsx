import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkState, BulkSummary } from '../../../../contract/subscription-bulk'
import { formatCount, formatDateTime } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { StatusChip, type Tone } from '../../ui/status-chip'

export const BULK_WIDTHS = {
  state: 110,
  kind: 130,
  found: 100,
  applied: 100,
  blocked: 90,
  createdAt: 150,
  startedBy: 140,
}

const TONE: Readonly<Record<BulkState, Tone>> = {
  previewing: 'wait',
  previewed: 'wait',
  applying: 'wait',
  done: 'good',
  undoing: 'wait',
  undone: 'quiet',
  cancelled: 'quiet',
}

export function BulkStateChip({ state }: { state: BulkState }) {
  const { t } = useTranslation('subscriptionBulk')
  return <StatusChip tone={TONE[state]}>{t(`state.${state}`)}</StatusChip>
}

const column = columnsFor<BulkSummary>()

/** Columns of the list of 一括変更. */
export function useBulkColumns(): Columns<BulkSummary> {
  const { t } = useTranslation('subscriptionBulk')
  return useMemo(() => {
    const count = (key: 'found' | 'applied' | 'blocked') =>
      column.accessor((row) => formatCount(row.counts[key]), { id: key, header: t(`columns.${key}`) })
    return column.columns([
      column.accessor('state', {
        header: t('columns.state'),
        cell: ({ row }) => <BulkStateChip state={row.original.state} />,
      }),
      column.accessor((row) => t(`kind.${row.kind}`), { id: 'kind', header: t('columns.kind') }),
      column.accessor('title', { header: t('columns.title') }),
      count('found'),
      count('applied'),
      count('blocked'),
      column.accessor((row) => formatDateTime(row.createdAt), {
        id: 'createdAt',
        header: t('columns.createdAt'),
      }),
      column.accessor('startedBy', { header: t('columns.startedBy') }),
    ])
  }, [t])
}
