import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriptionSummary } from '../../../../contract/subscription-views'
import { formatDayOfYear, formatExpiry, formatPlainDate } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { StatusChip } from '../../ui/status-chip'
import { attentionWords, type DeskWords } from './desk-words'
import { useRuleWords } from './plan-words'
import { SubscriptionChip } from './subscription-chip'

export const SUBSCRIPTION_WIDTHS = {
  number: 82,
  status: 134,
  customer: 124,
  rule: 128,
  next: 124,
  turn: 56,
  until: 86,
  payment: 172,
  mark: 148,
}

/** The one thing that somebody should know of a contract first. */
function Mark({ row, t }: { row: SubscriptionSummary; t: DeskWords }) {
  if (row.attention !== null) return <StatusChip tone="bad">{attentionWords(t, row.attention)}</StatusChip>
  if (row.failedTries > 0) {
    return <StatusChip tone="wait">{t('list.failed', { count: row.failedTries })}</StatusChip>
  }
  if (row.cardExpires && row.card !== null) {
    return (
      <StatusChip tone="wait">{t('list.expires', { expiry: formatExpiry(row.card.expiryYYMM) })}</StatusChip>
    )
  }
  return null
}

/** Columns of 定期一覧. */
export function useSubscriptionColumns(): Columns<SubscriptionSummary> {
  const { t } = useTranslation('subscriptionDesk')
  const { t: common } = useTranslation('common')
  const ruleOf = useRuleWords()
  return useMemo(() => {
    const column = columnsFor<SubscriptionSummary>()
    return column.columns([
      column.accessor('number', { id: 'number', header: t('list.columns.number') }),
      column.accessor('status', {
        id: 'status',
        header: t('list.columns.status'),
        cell: ({ row: { original } }) => <SubscriptionChip status={original.status} />,
      }),
      column.accessor((row) => row.customer.name, { id: 'customer', header: t('list.columns.customer') }),
      column.accessor('items', { id: 'items', header: t('list.columns.items') }),
      column.accessor((row) => ruleOf(row.rule), { id: 'rule', header: t('list.columns.rule') }),
      column.accessor((row) => (row.nextDeliverOn === null ? '' : formatDayOfYear(row.nextDeliverOn)), {
        id: 'next',
        header: t('list.columns.next'),
      }),
      column.accessor((row) => (row.nextDeliverOn === null ? '' : t('list.turn', { turn: row.nextTurn })), {
        id: 'turn',
        header: t('list.columns.turn'),
      }),
      column.accessor((row) => (row.changeUntil === null ? '' : formatPlainDate(row.changeUntil)), {
        id: 'until',
        header: t('list.columns.until'),
      }),
      column.accessor(
        (row) =>
          row.card === null
            ? common(`method.${row.paymentMethod}`)
            : t('list.card', { brand: row.card.brand, last3: row.card.last3 }),
        { id: 'payment', header: t('list.columns.payment') },
      ),
      column.accessor('attention', {
        id: 'mark',
        header: t('list.columns.mark'),
        cell: ({ row: { original } }) => <Mark row={original} t={t} />,
      }),
    ])
  }, [t, common, ruleOf])
}
