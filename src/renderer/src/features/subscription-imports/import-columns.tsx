import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  SubscriptionImportState,
  SubscriptionImportSummary,
} from '../../../../contract/subscription-imports'
import { formatCount, formatDateTime } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { StatusChip, type Tone } from '../../ui/status-chip'

export const IMPORT_WIDTHS = {
  state: 110,
  good: 110,
  written: 96,
  noCard: 110,
  broken: 96,
  createdAt: 150,
  startedBy: 140,
}

const TONE: Readonly<Record<SubscriptionImportState, Tone>> = {
  checking: 'wait',
  checked: 'wait',
  writing: 'wait',
  visible: 'good',
  undoing: 'wait',
  undone: 'quiet',
  cancelled: 'quiet',
}

export function ImportStateChip({ state }: { state: SubscriptionImportState }) {
  const { t } = useTranslation('subscriptionImports')
  return <StatusChip tone={TONE[state]}>{t(`state.${state}`)}</StatusChip>
}

const column = columnsFor<SubscriptionImportSummary>()

export function useImportColumns(): Columns<SubscriptionImportSummary> {
  const { t } = useTranslation('subscriptionImports')
  return useMemo(() => {
    const count = (key: 'good' | 'written' | 'noCard' | 'broken') =>
      column.accessor((row) => formatCount(row.counts[key]), { id: key, header: t(`columns.${key}`) })
    return column.columns([
      column.accessor('state', {
        header: t('columns.state'),
        cell: ({ row }) => <ImportStateChip state={row.original.state} />,
      }),
      column.accessor('fileName', { header: t('columns.fileName') }),
      count('good'),
      count('written'),
      count('noCard'),
      count('broken'),
      column.accessor((row) => formatDateTime(row.createdAt), {
        id: 'createdAt',
        header: t('columns.createdAt'),
      }),
      column.accessor('startedBy', { header: t('columns.startedBy') }),
    ])
  }, [t])
}
