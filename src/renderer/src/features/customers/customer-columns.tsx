import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerSummary } from '../../../../contract/customers'
import { formatPhone } from '../../../../contract/text'
import { formatDate } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'

export const CUSTOMER_WIDTHS = {
  number: 104,
  name: 140,
  kana: 160,
  phone: 124,
  email: 206,
  orders: 64,
  last: 122,
}

/** The columns of 顧客一覧; their ids are what main sorts by. */
export function useCustomerColumns(): Columns<CustomerSummary> {
  const { t } = useTranslation('customers')
  return useMemo(() => {
    const column = columnsFor<CustomerSummary>()
    const day = (atMs: number | null) => (atMs === null ? t('never') : formatDate(atMs))
    return column.columns([
      column.accessor('number', { id: 'number', header: t('columns.number') }),
      column.accessor('name', { id: 'name', header: t('columns.name') }),
      column.accessor('kana', { id: 'kana', header: t('columns.kana') }),
      column.accessor((row) => formatPhone(row.phone), { id: 'phone', header: t('columns.phone') }),
      column.accessor('address', { id: 'address', header: t('columns.address') }),
      column.accessor((row) => row.email ?? '', { id: 'email', header: t('columns.email') }),
      column.accessor('orderCount', { id: 'orders', header: t('columns.orders') }),
      column.accessor((row) => day(row.lastOrderedAt), { id: 'last', header: t('columns.last') }),
    ])
  }, [t])
}
