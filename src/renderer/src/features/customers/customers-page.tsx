import { Button, Text, Title } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { CustomerSort, type CustomerSummary } from '../../../../contract/customers'
import { api } from '../../lib/client'
import { DataTable } from '../../ui/data-table'
import { ListFoot } from '../../ui/list-foot'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'
import { DuplicatesButton } from '../customer-merge/duplicates-button'
import { SavedSearchesMenu } from '../saved-searches/saved-searches-menu'
import { CUSTOMER_WIDTHS, useCustomerColumns } from './customer-columns'
import { CustomerFilters } from './customer-filters'
import { ExportButton } from './export-dialog'
import { TagButton } from './tag-dialog'
import { useCustomerFilter } from './use-customer-filter'

const PAGE = 100

/** Nobody matches, or there is nobody yet: what to do then. */
function NoCustomer({ isFiltered, onReset }: { isFiltered: boolean; onReset: () => void }) {
  const { t } = useTranslation('customers')
  const [, go] = useLocation()
  return (
    <>
      <Text>{t(isFiltered ? 'empty' : 'none')}</Text>
      <Button mt="sm" onClick={() => go('/checkout/new')}>
        {t('orderForNew')}
      </Button>
      {isFiltered && (
        <Button mt="sm" ml="sm" variant="default" onClick={onReset}>
          {t('filter.reset')}
        </Button>
      )}
    </>
  )
}

/** 顧客一覧(検索): found as one types, by any fragment and conditions. */
export function CustomersPage() {
  const { t } = useTranslation('customers')
  const [, go] = useLocation()
  const state = useCustomerFilter()
  const { sort, descending, isFiltered, reset, sortBy } = state
  const text = useDebounced(state.filter.text)
  const filter = { ...state.filter, text }
  const view = JSON.stringify(filter)
  const columns = useCustomerColumns()
  const session = useQuery(api.auth.session.queryOptions())
  const may = (
    permission:
      | 'blacklist.manage'
      | 'customer.export'
      | 'customer.import'
      | 'customer.merge'
      | 'customer.write',
  ) => session.data?.permissions.includes(permission) ?? false
  const [chosen, setChosen] = useState<{ view: string; ids: ReadonlySet<string> }>({ view, ids: new Set() })
  const ids = chosen.view === view ? chosen.ids : new Set<string>()
  const list = useInfiniteQuery(
    api.customers.search.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, ...filter, sort, descending }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, count, total, onNearEnd, foot } = usePaged(list)
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <Title order={1}>{t('title')}</Title>
        <div className={pageHead.rest} />
        <SavedSearchesMenu list="customers" query={state.query} onRecall={state.recall} />
        {may('customer.write') && <TagButton filter={filter} chosen={ids} total={total} />}
        {may('customer.merge') && <DuplicatesButton />}
        {may('customer.import') && (
          <Button
            component={Link}
            href="/customers/import"
            variant="default"
            leftSection={<IconUpload size={16} aria-hidden="true" />}
          >
            {t('import')}
          </Button>
        )}
        {may('blacklist.manage') && (
          <Button component={Link} href="/customers/blacklist" variant="default">
            {t('blacklist')}
          </Button>
        )}
        {may('customer.export') && <ExportButton filter={filter} disabled={!rows || rows.length === 0} />}
      </div>
      <CustomerFilters state={state} count={count} />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable<CustomerSummary>
        view={view}
        label={t('title')}
        list="/customers"
        rows={rows}
        columns={columns}
        widths={CUSTOMER_WIDTHS}
        numeric={['orders']}
        titled={['name', 'kana', 'address', 'email']}
        sort={{ columns: CustomerSort.options, by: sort, descending, onSort: sortBy }}
        selection={{
          ids,
          onChange: (next) => setChosen({ view, ids: next }),
          nameOf: (row) => t('tags.selectRow', { name: row.name }),
          allName: t('tags.selectAll'),
        }}
        rowId={(row) => row.id}
        onOpen={(row) => go(`/customers/${row.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={<NoCustomer isFiltered={isFiltered} onReset={reset} />}
        foot={<ListFoot {...foot} />}
      />
    </div>
  )
}
