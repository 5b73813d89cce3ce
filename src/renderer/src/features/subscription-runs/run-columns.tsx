import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunState, RunSummary } from '../../../../contract/subscription-run-views'
import { formatCount, formatDateTime, formatDayOfYear, formatYen } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { StatusChip, type Tone } from '../../ui/status-chip'

export const RUN_WIDTHS = {
  date: 134,
  state: 118,
  startedAt: 140,
  due: 76,
  ordered: 84,
  authorized: 84,
  declined: 84,
  attention: 76,
  orderedYen: 118,
  authorizedYen: 118,
}
export const RUN_NUMBERS = [
  'due',
  'ordered',
  'authorized',
  'declined',
  'attention',
  'orderedYen',
  'authorizedYen',
] as const

const TONE: Readonly<Record<RunState, Tone>> = {
  running: 'wait',
  done: 'good',
  cancelled: 'quiet',
  failed: 'bad',
}

export function RunChip({ state }: { state: RunState }) {
  const { t } = useTranslation('subscriptionRuns')
  return <StatusChip tone={TONE[state]}>{t(`runs.state.${state}`)}</StatusChip>
}

const column = columnsFor<RunSummary>()

/** Columns of the list of runs. */
export function useRunColumns(): Columns<RunSummary> {
  const { t } = useTranslation('subscriptionRuns')
  return useMemo(() => {
    const count = (id: 'due' | 'ordered' | 'authorized' | 'declined') =>
      column.accessor((row) => formatCount(row.counts[id]), { id, header: t(`runs.columns.${id}`) })
    return column.columns([
      column.accessor((row) => formatDayOfYear(row.date), { id: 'date', header: t('runs.columns.date') }),
      column.accessor('state', {
        id: 'state',
        header: t('runs.columns.state'),
        cell: ({ row }) => <RunChip state={row.original.state} />,
      }),
      column.accessor((row) => formatDateTime(row.startedAt), {
        id: 'startedAt',
        header: t('runs.columns.startedAt'),
      }),
      column.accessor((row) => row.startedBy ?? t('runs.auto'), {
        id: 'startedBy',
        header: t('runs.columns.startedBy'),
      }),
      count('due'),
      count('ordered'),
      count('authorized'),
      count('declined'),
      column.accessor((row) => formatCount(row.attention), {
        id: 'attention',
        header: t('runs.columns.attention'),
      }),
      column.accessor((row) => formatYen(row.amounts.ordered), {
        id: 'orderedYen',
        header: t('runs.columns.orderedYen'),
      }),
      column.accessor((row) => formatYen(row.amounts.authorized), {
        id: 'authorizedYen',
        header: t('runs.columns.authorizedYen'),
      }),
    ])
  }, [t])
}
