import { Button, Text, Title } from '@mantine/core'
import { IconPlus, IconUpload } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { ProductSort, type Product } from '../../../../contract/products'
import { api } from '../../lib/client'
import { DataTable } from '../../ui/data-table'
import { ListFoot } from '../../ui/list-foot'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'
import { SavedSearchesMenu } from '../saved-searches/saved-searches-menu'
import { PRODUCT_WIDTHS, useProductColumns } from './product-columns'
import { ProductExport } from './product-export'
import { ProductFilters } from './product-filters'
import { ProductTabs } from './product-tabs'
import { useProductFilter } from './use-product-filter'

const PAGE = 100

/** 商品マスター: what the shop sells, found as one types. */
export function ProductsPage() {
  const { t } = useTranslation('products')
  const [, go] = useLocation()
  const state = useProductFilter()
  const { sort, descending, isFiltered, reset, sortBy } = state
  const text = useDebounced(state.filter.text)
  const filter = { ...state.filter, text }
  const columns = useProductColumns()
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('product.write') ?? false
  const list = useInfiniteQuery(
    api.products.list.infiniteOptions({
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
        <SavedSearchesMenu list="products" query={state.query} onRecall={state.recall} />
        {writable && (
          <Button
            component={Link}
            href="/products/import"
            variant="default"
            leftSection={<IconUpload size={16} aria-hidden="true" />}
          >
            {t('import')}
          </Button>
        )}
        <ProductExport filter={filter} disabled={!rows || rows.length === 0} />
        {writable && (
          <Button
            component={Link}
            href="/products/new"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
          >
            {t('add')}
          </Button>
        )}
      </div>
      <ProductTabs />
      <ProductFilters state={state} count={count} />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable<Product>
        view={JSON.stringify(filter)}
        label={t('title')}
        list="/products"
        rows={rows}
        columns={columns}
        widths={PRODUCT_WIDTHS}
        numeric={['price', 'stock']}
        titled={['code', 'name', 'kana']}
        sort={{ columns: ProductSort.options, by: sort, descending, onSort: sortBy }}
        rowId={(row) => row.id}
        onOpen={(row) => go(`/products/${row.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={
          <>
            <Text>{t(isFiltered ? 'empty' : 'none')}</Text>
            {isFiltered && (
              <Button mt="sm" variant="default" onClick={reset}>
                {t('filter.reset')}
              </Button>
            )}
          </>
        }
        foot={<ListFoot {...foot} />}
      />
    </div>
  )
}
