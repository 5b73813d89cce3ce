import { Button, Group, Text, TextInput, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearch } from 'wouter'
import type { CustomerSummary } from '../../../../contract/customers'
import { formatPhone } from '../../../../contract/text'
import { api } from '../../lib/client'
import { formatDate } from '../../lib/format'
import { columnsFor, DataTable, type Columns } from '../../ui/data-table'
import { Count, ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'

function useColumns(): Columns<CustomerSummary> {
  const { t } = useTranslation('customers')
  const column = columnsFor<CustomerSummary>()
  return column.columns([
    column.accessor('number', { id: 'number', header: t('columns.number') }),
    column.accessor('name', { id: 'name', header: t('columns.name') }),
    column.accessor('kana', { id: 'kana', header: t('columns.kana') }),
    column.accessor((row) => formatPhone(row.phone), { id: 'phone', header: t('columns.phone') }),
    column.accessor('address', { id: 'address', header: t('columns.address') }),
    column.accessor('orderCount', { id: 'orders', header: t('columns.orders') }),
    column.accessor((row) => (row.lastOrderedAt === null ? '' : formatDate(row.lastOrderedAt)), {
      id: 'last',
      header: t('columns.last'),
    }),
  ])
}

/** 顧客一覧(検索): found as one types, by any fragment. */
export function CustomersPage() {
  const { t } = useTranslation('customers')
  const { t: common } = useTranslation('common')
  const [, go] = useLocation()
  const typed = new URLSearchParams(useSearch()).get('text') ?? ''
  const text = useDebounced(typed).slice(0, 80)
  const columns = useColumns()
  const list = useInfiniteQuery(
    api.customers.search.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: 50, text }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const search = (value: string) =>
    go(value === '' ? '/customers' : `/customers?${new URLSearchParams({ text: value }).toString()}`, {
      replace: true,
    })
  return (
    <div className="listPage">
      <Title order={1}>{t('title')}</Title>
      <Group gap="sm" align="end" wrap="nowrap">
        <TextInput
          label={t('search')}
          placeholder={t('searchHint')}
          w={460}
          autoFocus
          value={typed}
          onChange={(event) => search(event.currentTarget.value)}
        />
        <div style={{ flex: 1 }} />
        <Count count={list.data?.pages[0]?.count} />
      </Group>
      {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      <div className="tableBox">
        <DataTable
          label={t('title')}
          rows={rows}
          columns={columns}
          numeric={['orders']}
          rowId={(row) => row.id}
          onOpen={(row) => go(`/customers/${row.id}`)}
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
