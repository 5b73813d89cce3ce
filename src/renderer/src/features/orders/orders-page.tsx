import { Button, Group, Select, Text, TextInput, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { OrderStatus, type OrderSummary } from '../../../../contract/orders'
import { PaymentMethod } from '../../../../contract/checkout'
import { api } from '../../lib/client'
import { formatDateTime, formatPlainDate, formatYen } from '../../lib/format'
import { columnsFor, DataTable, type Columns } from '../../ui/data-table'
import { Count, ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'
import { useOrderFilter } from './use-order-filter'

function useColumns(): Columns<OrderSummary> {
  const { t } = useTranslation('orders')
  const { t: common } = useTranslation('common')
  const column = columnsFor<OrderSummary>()
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
    column.accessor((row) => formatYen(row.total), { id: 'total', header: t('columns.total') }),
    column.accessor((row) => (row.deliverOn === null ? t('soonest') : formatPlainDate(row.deliverOn)), {
      id: 'deliverOn',
      header: t('columns.deliverOn'),
    }),
    column.accessor((row) => common(`status.${row.status}`), { id: 'status', header: t('columns.status') }),
    column.accessor('operatorName', { id: 'operator', header: t('columns.operator') }),
  ])
}

/** 注文一覧(検索): filters in the address, pages by keyset, Enter opens. */
export function OrdersPage() {
  const { t } = useTranslation('orders')
  const { t: common } = useTranslation('common')
  const [, go] = useLocation()
  const { filter, change, reset } = useOrderFilter()
  const text = useDebounced(filter.text)
  const columns = useColumns()
  const list = useInfiniteQuery(
    api.orders.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: 50, filter: { ...filter, text } }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="listPage">
      <Title order={1}>{t('title')}</Title>
      <Group gap="sm" align="end" wrap="nowrap">
        <TextInput
          label={t('search')}
          placeholder={t('searchHint')}
          w={290}
          value={filter.text}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <Select
          label={t('status')}
          w={130}
          value={filter.status[0] ?? ''}
          data={[
            { value: '', label: t('all') },
            ...OrderStatus.options.map((value) => ({ value, label: common(`status.${value}`) })),
          ]}
          onChange={(value) => change({ status: OrderStatus.options.filter((option) => option === value) })}
        />
        <Select
          label={t('method')}
          w={120}
          value={filter.paymentMethod[0] ?? ''}
          data={[
            { value: '', label: t('all') },
            ...PaymentMethod.options.map((value) => ({ value, label: common(`method.${value}`) })),
          ]}
          onChange={(value) =>
            change({ paymentMethod: PaymentMethod.options.filter((option) => option === value) })
          }
        />
        <TextInput
          type="date"
          label={t('from')}
          value={filter.from ?? ''}
          onChange={(event) => change({ from: event.currentTarget.value || null })}
        />
        <TextInput
          type="date"
          label={t('to')}
          value={filter.to ?? ''}
          onChange={(event) => change({ to: event.currentTarget.value || null })}
        />
        <Button variant="default" onClick={reset}>
          {t('reset')}
        </Button>
        <div style={{ flex: 1 }} />
        <Count count={list.data?.pages[0]?.count} />
      </Group>
      {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      <div className="tableBox">
        <DataTable
          label={t('title')}
          rows={rows}
          columns={columns}
          numeric={['total']}
          rowId={(row) => row.id}
          onOpen={(row) => go(`/orders/${row.id}`)}
        />
        {list.isSuccess && rows.length === 0 && <Text p="lg">{t('empty')}</Text>}
        {list.hasNextPage && (
          <Button
            m="sm"
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {common('more')}
          </Button>
        )}
      </div>
    </div>
  )
}
