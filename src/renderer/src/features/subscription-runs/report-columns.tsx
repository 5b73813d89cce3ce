import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunTurn } from '../../../../contract/subscription-run-views'
import { formatPlainDate, formatYen } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { StatusChip, type Tone } from '../../ui/status-chip'
import { attentionWords } from '../subscriptions/desk-words'

export const REPORT_WIDTHS = {
  number: 92,
  turn: 60,
  deliverOn: 104,
  order: 96,
  total: 112,
  status: 136,
  next: 104,
  code: 72,
  attention: 160,
}

const TONE: Readonly<Record<RunTurn['status'], Tone>> = {
  planned: 'wait',
  skipped: 'quiet',
  ordered: 'good',
  'auth-failed': 'bad',
  authorized: 'good',
  shipped: 'quiet',
  failed: 'bad',
}

export type RunWords = ReturnType<typeof useTranslation<'subscriptionRuns'>>['t']

export const statusWords = (t: RunWords, row: RunTurn): string =>
  row.held
    ? t('run.held')
    : row.status === 'auth-failed' && row.lastCode === null
      ? t('run.waits')
      : t(`run.status.${row.status}`)

export const dateOf = (row: RunTurn): string => formatPlainDate(row.deliverOn ?? row.ruleDate)

const column = columnsFor<RunTurn>()

/** Columns of the report of a run. */
export function useReportColumns(): Columns<RunTurn> {
  const { t } = useTranslation('subscriptionRuns')
  const { t: desk } = useTranslation('subscriptionDesk')
  return useMemo(
    () =>
      column.columns([
        column.accessor((row) => row.subscription.number, {
          id: 'number',
          header: t('run.columns.number'),
        }),
        column.accessor((row) => row.subscription.customer.name, {
          id: 'customer',
          header: t('run.columns.customer'),
        }),
        column.accessor((row) => (row.turn === null ? '' : desk('list.turn', { turn: row.turn })), {
          id: 'turn',
          header: t('run.columns.turn'),
        }),
        column.accessor((row) => dateOf(row), { id: 'deliverOn', header: t('run.columns.deliverOn') }),
        column.accessor((row) => row.order?.number ?? '', { id: 'order', header: t('run.columns.order') }),
        column.accessor((row) => (row.order === null ? '' : formatYen(row.order.total)), {
          id: 'total',
          header: t('run.columns.total'),
        }),
        column.accessor('status', {
          id: 'status',
          header: t('run.columns.status'),
          cell: ({ row: { original } }) => (
            <StatusChip tone={original.held ? 'wait' : TONE[original.status]}>
              {statusWords(t, original)}
            </StatusChip>
          ),
        }),
        column.accessor((row) => (row.nextTryOn === null ? '' : formatPlainDate(row.nextTryOn)), {
          id: 'next',
          header: t('run.columns.next'),
        }),
        column.accessor((row) => row.lastCode ?? '', { id: 'code', header: t('run.columns.code') }),
        column.accessor((row) => (row.attention === null ? '' : attentionWords(desk, row.attention)), {
          id: 'attention',
          header: t('run.columns.attention'),
        }),
      ]),
    [t, desk],
  )
}
