import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttentionTurn } from '../../../../contract/subscription-run-views'
import { formatPhone } from '../../../../contract/text'
import { formatDate, formatExpiry, formatPlainDate, formatYen } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { StatusChip } from '../../ui/status-chip'
import { attentionWords } from '../subscriptions/desk-words'

export const ATTENTION_WIDTHS = {
  reason: 142,
  number: 84,
  phone: 122,
  turn: 56,
  ship: 88,
  amount: 96,
  tries: 72,
  next: 88,
  code: 66,
  card: 132,
  called: 96,
}

const column = columnsFor<AttentionTurn>()

/** Columns of 要対応. */
export function useAttentionColumns(): Columns<AttentionTurn> {
  const { t } = useTranslation('subscriptionRuns')
  const { t: desk } = useTranslation('subscriptionDesk')
  return useMemo(
    () =>
      column.columns([
        column.accessor('reason', {
          id: 'reason',
          header: t('attention.columns.reason'),
          cell: ({ row: { original } }) => (
            <StatusChip tone={original.reason === null ? 'wait' : 'bad'}>
              {original.reason === null ? t('attention.retrying') : attentionWords(desk, original.reason)}
            </StatusChip>
          ),
        }),
        column.accessor((row) => row.subscription.number, {
          id: 'number',
          header: t('attention.columns.number'),
        }),
        column.accessor((row) => row.subscription.customer.name, {
          id: 'customer',
          header: t('attention.columns.customer'),
        }),
        column.accessor((row) => formatPhone(row.subscription.customer.phone), {
          id: 'phone',
          header: t('attention.columns.phone'),
        }),
        column.accessor((row) => t('attention.turn', { turn: row.turn }), {
          id: 'turn',
          header: t('attention.columns.turn'),
        }),
        column.accessor((row) => (row.shipOn === null ? '' : formatPlainDate(row.shipOn)), {
          id: 'ship',
          header: t('attention.columns.ship'),
        }),
        column.accessor((row) => (row.order === null ? '' : formatYen(row.order.total)), {
          id: 'amount',
          header: t('attention.columns.amount'),
        }),
        column.accessor('tries', { id: 'tries', header: t('attention.columns.tries') }),
        column.accessor((row) => (row.nextTryOn === null ? '' : formatPlainDate(row.nextTryOn)), {
          id: 'next',
          header: t('attention.columns.next'),
        }),
        column.accessor((row) => row.lastCode ?? '', { id: 'code', header: t('attention.columns.code') }),
        column.accessor(
          (row) =>
            row.card === null
              ? t('attention.noCard')
              : t('attention.card', { last3: row.card.last3, expiry: formatExpiry(row.card.expiryYYMM) }),
          { id: 'card', header: t('attention.columns.card') },
        ),
        column.accessor((row) => (row.calledAt === null ? '' : formatDate(row.calledAt)), {
          id: 'called',
          header: t('attention.columns.called'),
        }),
      ]),
    [t, desk],
  )
}
