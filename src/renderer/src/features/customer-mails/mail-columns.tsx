import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerMailRow } from '../../../../contract/customer-mails'
import { formatDateTime } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { MailChip } from './mail-chip'

export const MAIL_WIDTHS = {
  created: 138,
  state: 112,
  kind: 178,
  customer: 124,
  contract: 82,
  turn: 56,
  to: 196,
  sent: 138,
}

/** Columns of メール送信. */
export function useMailColumns(): Columns<CustomerMailRow> {
  const { t } = useTranslation('customerMails')
  return useMemo(() => {
    const column = columnsFor<CustomerMailRow>()
    return column.columns([
      column.accessor((row) => formatDateTime(row.createdAt), {
        id: 'created',
        header: t('columns.created'),
      }),
      column.accessor('state', {
        id: 'state',
        header: t('state'),
        cell: ({ row: { original } }) => <MailChip state={original.state} />,
      }),
      column.accessor((row) => t(`kinds.${row.kind}`), { id: 'kind', header: t('kind') }),
      column.accessor((row) => row.customer.name, { id: 'customer', header: t('columns.customer') }),
      column.accessor((row) => row.subscription.number, { id: 'contract', header: t('columns.contract') }),
      column.accessor((row) => t('turn', { turn: row.turn }), { id: 'turn', header: t('columns.turn') }),
      column.accessor((row) => row.to ?? t('noAddress'), { id: 'to', header: t('columns.to') }),
      column.accessor((row) => row.subject ?? t('notYet'), { id: 'subject', header: t('columns.subject') }),
      column.accessor((row) => (row.sentAt === null ? '' : formatDateTime(row.sentAt)), {
        id: 'sent',
        header: t('columns.sent'),
      }),
    ])
  }, [t])
}
