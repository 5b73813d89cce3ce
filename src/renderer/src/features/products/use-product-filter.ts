import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { ProductFilter, ProductSort } from '../../../../contract/products'
import { rememberAddress } from '../../ui/remembered-row'

/** What the address of 商品マスター says. */
export interface ProductView {
  readonly filter: ProductFilter
  readonly sort: ProductSort
  readonly descending: boolean
}

const LIST = '/products'
const DEFAULT_SORT: ProductSort = 'code'
const NOTHING = ProductFilter.parse({})

/** Codes and kana from the beginning; prices from the dearest, changes from the newest. */
const startsDescending = (sort: ProductSort): boolean => sort === 'price' || sort === 'updated'

/** The view as it stands in the address; whatever does not parse is as if it were not there. */
export function viewOf(search: string): ProductView {
  const params = new URLSearchParams(search)
  const parsed = ProductFilter.safeParse({
    text: (params.get('text') ?? '').slice(0, 80),
    state: params.get('state'),
    taxClass: params.get('tax'),
    temperature: params.get('temperature'),
    stock: params.get('stock'),
    subscribable: params.get('subscribable') === '1',
  })
  const sort = ProductSort.options.find((one) => one === params.get('sort')) ?? DEFAULT_SORT
  const order = params.get('order')
  return {
    filter: parsed.success ? parsed.data : NOTHING,
    sort,
    descending: order === 'up' || order === 'down' ? order === 'down' : startsDescending(sort),
  }
}

/** The query part of a view's address, without `?`. */
export function queryOf({ filter, sort, descending }: ProductView): string {
  const params = new URLSearchParams()
  if (filter.text !== '') params.set('text', filter.text)
  if (filter.state !== null) params.set('state', filter.state)
  if (filter.taxClass !== null) params.set('tax', filter.taxClass)
  if (filter.temperature !== null) params.set('temperature', filter.temperature)
  if (filter.stock !== null) params.set('stock', filter.stock)
  if (filter.subscribable) params.set('subscribable', '1')
  if (sort !== DEFAULT_SORT) params.set('sort', sort)
  if (descending !== startsDescending(sort)) params.set('order', descending ? 'down' : 'up')
  return params.toString()
}

const addressOf = (query: string): string => (query === '' ? LIST : `${LIST}?${query}`)

/** Filter and order of 商品マスター, kept in the address so that they survive leaving and can be kept by name. */
export function useProductFilter() {
  const [, go] = useLocation()
  const view = viewOf(useSearch())
  const query = queryOf(view)
  useEffect(() => rememberAddress(LIST, addressOf(query)), [query])
  const show = (next: ProductView) => go(addressOf(queryOf(next)), { replace: true })
  return {
    ...view,
    query,
    isFiltered: queryOf({ ...view, sort: DEFAULT_SORT, descending: false }) !== '',
    change: (part: Partial<ProductFilter>) => show({ ...view, filter: { ...view.filter, ...part } }),
    reset: () => show({ ...view, filter: NOTHING }),
    /** Shows a search that was kept. */
    recall: (kept: string) => show(viewOf(kept)),
    /** The same column again turns the order round. */
    sortBy: (column: string) => {
      const sort = ProductSort.options.find((one) => one === column)
      if (sort === undefined) return
      const descending = sort === view.sort ? !view.descending : startsDescending(sort)
      show({ ...view, sort, descending })
    },
  }
}
