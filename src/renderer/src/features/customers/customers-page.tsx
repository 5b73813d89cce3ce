import { Button, Text, TextInput, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearch } from 'wouter'
import type { CustomerSummary } from '../../../../contract/customers'
import { formatPhone } from '../../../../contract/text'
import { api } from '../../lib/client'
import { formatDate } from '../../lib/format'
import { isComposing } from '../../lib/keyboard'
import { columnsFor, DataTable, type Columns } from '../../ui/data-table'
import filterBar from '../../ui/filter-bar.module.css'
import { focusFirstRow } from '../../ui/focus-first-row'
import { ListFoot } from '../../ui/list-foot'
import { rememberAddress } from '../../ui/remembered-row'
import { Count, ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'

const PAGE = 100
const WIDTHS = { number: 86, name: 140, kana: 160, phone: 124, email: 206, orders: 64, last: 104 }

function useColumns(): Columns<CustomerSummary> {
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

/** The search text, kept in the address. */
function useSearchText() {
  const [, go] = useLocation()
  const typed = (new URLSearchParams(useSearch()).get('text') ?? '').slice(0, 80)
  const address =
    typed === '' ? '/customers' : `/customers?${new URLSearchParams({ text: typed }).toString()}`
  useEffect(() => rememberAddress('/customers', address), [address])
  const type = (text: string) =>
    go(text === '' ? '/customers' : `/customers?${new URLSearchParams({ text }).toString()}`, {
      replace: true,
    })
  return { typed, type }
}

function SearchField({ typed, onType }: { typed: string; onType: (text: string) => void }) {
  const { t } = useTranslation('customers')
  const onKey = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || (event.key !== 'ArrowDown' && event.key !== 'Enter')) return
    event.preventDefault()
    focusFirstRow()
  }
  return (
    <TextInput
      label={t('search')}
      placeholder={t('searchHint')}
      w={480}
      maxLength={80}
      autoFocus
      value={typed}
      onKeyDown={onKey}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  )
}

/** 顧客一覧(検索): found as one types, by any fragment. */
export function CustomersPage() {
  const { t } = useTranslation('customers')
  const [, go] = useLocation()
  const { typed, type } = useSearchText()
  const text = useDebounced(typed)
  const columns = useColumns()
  const list = useInfiniteQuery(
    api.customers.search.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, text }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, count, total, onNearEnd, foot } = usePaged(list)
  const empty = (
    <>
      <Text>{t(typed === '' ? 'none' : 'empty')}</Text>
      <Button mt="sm" onClick={() => go('/checkout/new')}>
        {t('orderForNew')}
      </Button>
    </>
  )
  return (
    <div className="listPage">
      <Title order={1}>{t('title')}</Title>
      <search className={filterBar.bar}>
        <SearchField typed={typed} onType={type} />
        <div className={filterBar.rest} />
        <Count count={count} />
      </search>
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        view={text}
        label={t('title')}
        list="/customers"
        rows={rows}
        columns={columns}
        widths={WIDTHS}
        numeric={['orders']}
        titled={['name', 'kana', 'address', 'email']}
        rowId={(row) => row.id}
        onOpen={(row) => go(`/customers/${row.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={empty}
        foot={<ListFoot {...foot} />}
      />
    </div>
  )
}
