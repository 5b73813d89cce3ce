import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { PaymentState } from '../../../../contract/checkout'
import type { OrderSummary } from '../../../../contract/orders'
import { formatDateTime, formatPlainDate, formatYen } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { OrderChip, PaymentChip } from '../../ui/state-chips'

export const ORDER_WIDTHS = {
  number: 78,
  orderedAt: 138,
  customer: 130,
  method: 92,
  payment: 142,
  total: 90,
  deliverOn: 86,
  status: 118,
  operator: 96,
}

/** Columns of 注文一覧. */
export function useOrderColumns(): Columns<OrderSummary> {
  const { t } = useTranslation('orders')
  const { t: common } = useTranslation('common')
  return useMemo(() => {
    const column = columnsFor<OrderSummary>()
    const payment = (state: string | null) => {
      const known = PaymentState.safeParse(state)
      if (!known.success) return state ?? ''
      return <PaymentChip state={known.data} />
    }
    return column.columns([
      column.accessor('number', { id: 'number', header: t('columns.number') }),
      column.accessor((row) => formatDateTime(row.orderedAt), {
        id: 'orderedAt',
        header: t('columns.orderedAt'),
      }),
      column.accessor('customerName', { id: 'customer', header: t('columns.customer') }),
      column.accessor('items', { id: 'items', header: t('columns.items') }),
      column.accessor((row) => common(`method.${row.paymentMethod}`), {
        id: 'method',
        header: t('columns.method'),
      }),
      column.accessor('paymentState', {
        id: 'payment',
        header: t('columns.payment'),
        cell: ({ row }) => payment(row.original.paymentState),
      }),
      column.accessor((row) => formatYen(row.total), { id: 'total', header: t('columns.total') }),
      column.accessor((row) => (row.deliverOn === null ? t('soonest') : formatPlainDate(row.deliverOn)), {
        id: 'deliverOn',
        header: t('columns.deliverOn'),
      }),
      column.accessor('status', {
        id: 'status',
        header: t('columns.status'),
        cell: ({ row: { original } }) => <OrderChip status={original.status} />,
      }),
      column.accessor('operatorName', { id: 'operator', header: t('columns.operator') }),
    ])
  }, [t, common])
}
