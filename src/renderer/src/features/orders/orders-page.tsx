import { Button, Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { api } from '../../lib/client'
import { DataTable } from '../../ui/data-table'
import { ListFoot } from '../../ui/list-foot'
import { ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'
import { ORDER_WIDTHS, useOrderColumns } from './order-columns'
import { OrderFilters } from './order-filters'
import { addressOf, useOrderFilter } from './use-order-filter'

const PAGE = 100

/** 注文一覧(検索): filters in the address, pages by keyset, Enter opens. */
export function OrdersPage() {
  const { t } = useTranslation('orders')
  const [, go] = useLocation()
  const filterState = useOrderFilter()
  const { filter, isFiltered, reset } = filterState
  const text = useDebounced(filter.text)
  const columns = useOrderColumns()
  const list = useInfiniteQuery(
    api.orders.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, filter: { ...filter, text } }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, count, total, onNearEnd, foot } = usePaged(list)
  const empty = isFiltered ? (
    <>
      <Text>{t('empty')}</Text>
      <Button mt="sm" variant="default" onClick={reset}>
        {t('reset')}
      </Button>
    </>
  ) : (
    <>
      <Text>{t('none')}</Text>
      <Button mt="sm" onClick={() => go('/checkout/new')}>
        {t('first')}
      </Button>
    </>
  )
  return (
    <div className="listPage">
      <Title order={1}>{t('title')}</Title>
      <OrderFilters state={filterState} count={count} />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        view={addressOf({ ...filter, text })}
        label={t('title')}
        list="/orders"
        rows={rows}
        columns={columns}
        widths={ORDER_WIDTHS}
        numeric={['total']}
        titled={['customer', 'items', 'operator']}
        rowId={(row) => row.id}
        onOpen={(row) => go(`/orders/${row.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={empty}
        foot={<ListFoot {...foot} />}
      />
    </div>
  )
}
