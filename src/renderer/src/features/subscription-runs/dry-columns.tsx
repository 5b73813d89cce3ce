import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DryLine } from '../../../../contract/subscription-run-views'
import { formatPlainDate, formatYen } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { StatusChip, type Tone } from '../../ui/status-chip'
import { attentionWords } from '../subscriptions/desk-words'

export const DRY_WIDTHS = {
  number: 96,
  turn: 64,
  shipOn: 104,
  deliverOn: 104,
  total: 118,
  does: 210,
  attention: 160,
}

const TONE: Readonly<Record<DryLine['does'], Tone>> = {
  'order-and-authorize': 'good',
  'order-authorize-later': 'wait',
  order: 'good',
  retry: 'wait',
  authorize: 'good',
  attention: 'bad',
  'pass-over': 'quiet',
}

const column = columnsFor<DryLine>()

/** Columns of what a run would do. */
export function useDryColumns(): Columns<DryLine> {
  const { t } = useTranslation('subscriptionRuns')
  const { t: desk } = useTranslation('subscriptionDesk')
  return useMemo(
    () =>
      column.columns([
        column.accessor('number', { id: 'number', header: t('dry.columns.number') }),
        column.accessor('customerName', { id: 'customer', header: t('dry.columns.customer') }),
        column.accessor((row) => desk('list.turn', { turn: row.turn }), {
          id: 'turn',
          header: t('dry.columns.turn'),
        }),
        column.accessor((row) => formatPlainDate(row.shipOn), {
          id: 'shipOn',
          header: t('dry.columns.shipOn'),
        }),
        column.accessor((row) => formatPlainDate(row.deliverOn), {
          id: 'deliverOn',
          header: t('dry.columns.deliverOn'),
        }),
        column.accessor((row) => formatYen(row.total), { id: 'total', header: t('dry.columns.total') }),
        column.accessor('does', {
          id: 'does',
          header: t('dry.columns.does'),
          cell: ({ row: { original } }) => (
            <StatusChip tone={TONE[original.does]}>{t(`dry.does.${original.does}`)}</StatusChip>
          ),
        }),
        column.accessor((row) => (row.attention === null ? '' : attentionWords(desk, row.attention)), {
          id: 'attention',
          header: t('dry.columns.attention'),
        }),
      ]),
    [t, desk],
  )
}
