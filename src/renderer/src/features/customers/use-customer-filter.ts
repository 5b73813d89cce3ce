import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { CustomerFilter, CustomerSort } from '../../../../contract/customers'
import { rememberAddress } from '../../ui/remembered-row'

/** What the address of 顧客一覧 says. */
export interface CustomerView {
  readonly filter: CustomerFilter
  readonly sort: CustomerSort
  readonly descending: boolean
}

const LIST = '/customers'
const DEFAULT_SORT: CustomerSort = 'number'
const NOTHING = CustomerFilter.parse({})

/** Kana from ア on; numbers and dates from the newest. */
const startsDescending = (sort: CustomerSort): boolean => sort !== 'kana'

/** The view as it stands in the address; whatever does not parse is as if it were not there. */
export function viewOf(search: string): CustomerView {
  const params = new URLSearchParams(search)
  const parsed = CustomerFilter.safeParse({
    text: (params.get('text') ?? '').slice(0, 80),
    prefecture: params.get('prefecture') ?? '',
    tag: params.get('tag') ?? '',
    blacklist: params.get('blacklist'),
    orderedFrom: params.get('from'),
    orderedTo: params.get('to'),
  })
  const sort = CustomerSort.options.find((one) => one === params.get('sort')) ?? DEFAULT_SORT
  const order = params.get('order')
  return {
    filter: parsed.success ? parsed.data : NOTHING,
    sort,
    descending: order === 'up' || order === 'down' ? order === 'down' : startsDescending(sort),
  }
}

/** The query part of a view's address, without `?`. */
export function queryOf({ filter, sort, descending }: CustomerView): string {
  const params = new URLSearchParams()
  if (filter.text !== '') params.set('text', filter.text)
  if (filter.prefecture !== '') params.set('prefecture', filter.prefecture)
  if (filter.tag !== '') params.set('tag', filter.tag)
  if (filter.blacklist !== null) params.set('blacklist', filter.blacklist)
  if (filter.orderedFrom !== null) params.set('from', filter.orderedFrom)
  if (filter.orderedTo !== null) params.set('to', filter.orderedTo)
  if (sort !== DEFAULT_SORT) params.set('sort', sort)
  if (descending !== startsDescending(sort)) params.set('order', descending ? 'down' : 'up')
  return params.toString()
}

const addressOf = (query: string): string => (query === '' ? LIST : `${LIST}?${query}`)

/** Filter and order of 顧客一覧, kept in the address so that they survive leaving and can be kept by name. */
export function useCustomerFilter() {
  const [, go] = useLocation()
  const view = viewOf(useSearch())
  const query = queryOf(view)
  useEffect(() => rememberAddress(LIST, addressOf(query)), [query])
  const show = (next: CustomerView) => go(addressOf(queryOf(next)), { replace: true })
  return {
    ...view,
    query,
    isFiltered: queryOf({ ...view, sort: DEFAULT_SORT, descending: true }) !== '',
    change: (part: Partial<CustomerFilter>) => show({ ...view, filter: { ...view.filter, ...part } }),
    reset: () => show({ ...view, filter: NOTHING }),
    /** Shows a search that was kept. */
    recall: (kept: string) => show(viewOf(kept)),
    /** The same column again turns the order round. */
    sortBy: (column: string) => {
      const sort = CustomerSort.options.find((one) => one === column)
      if (sort === undefined) return
      const descending = sort === view.sort ? !view.descending : startsDescending(sort)
      show({ ...view, sort, descending })
    },
  }
}
