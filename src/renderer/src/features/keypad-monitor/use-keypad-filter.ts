import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { KeypadFilter } from '../../../../contract/keypad-monitor'
import { rememberAddress } from '../../ui/remembered-row'

/** Columns that the list can be sorted by: the ids of the columns are main's own words. */
export const SORTS = ['last-seen', 'serial', 'state', 'shop'] as const
type Sort = (typeof SORTS)[number]

/** What the address of the list says. */
export interface KeypadView {
  readonly filter: KeypadFilter
  readonly sort: Sort
  readonly descending: boolean
}

const LIST = '/keypads'
const DEFAULT_SORT: Sort = 'last-seen'

/** The newest first, everything else from its beginning. */
const startsDescending = (sort: Sort): boolean => sort === DEFAULT_SORT

/** The view as it stands in the address; whatever does not parse is as if it were not there. */
export function viewOf(search: string): KeypadView {
  const params = new URLSearchParams(search)
  const parsed = KeypadFilter.safeParse({
    text: params.get('text') ?? '',
    state: params.getAll('state'),
    shopId: params.getAll('shop'),
    model: params.getAll('model'),
    p2pe: params.getAll('p2pe'),
    update: params.getAll('update'),
  })
  const sort = SORTS.find((one) => one === params.get('sort')) ?? DEFAULT_SORT
  const order = params.get('order')
  return {
    filter: parsed.success ? parsed.data : KeypadFilter.parse({}),
    sort,
    descending: order === 'up' || order === 'down' ? order === 'down' : startsDescending(sort),
  }
}

/** The address of a view. */
export function addressOf({ filter, sort, descending }: KeypadView): string {
  const params = new URLSearchParams()
  if (filter.text !== '') params.set('text', filter.text)
  for (const state of filter.state) params.append('state', state)
  for (const shop of filter.shopId) params.append('shop', shop)
  for (const model of filter.model) params.append('model', model)
  for (const state of filter.p2pe) params.append('p2pe', state)
  for (const state of filter.update) params.append('update', state)
  if (sort !== DEFAULT_SORT) params.set('sort', sort)
  if (descending !== startsDescending(sort)) params.set('order', descending ? 'down' : 'up')
  const query = params.toString()
  return query === '' ? LIST : `${LIST}?${query}`
}

const isFiltered = ({ text, state, shopId, model, p2pe, update }: KeypadFilter): boolean =>
  text !== '' || state.length + shopId.length + model.length + p2pe.length + update.length > 0

/** Filter and order of テンキー一覧, kept in the address so that they survive leaving. */
export function useKeypadFilter() {
  const [, go] = useLocation()
  const view = viewOf(useSearch())
  const address = addressOf(view)
  useEffect(() => rememberAddress(LIST, address), [address])
  const show = (next: KeypadView) => go(addressOf(next), { replace: true })
  return {
    ...view,
    isFiltered: isFiltered(view.filter),
    change: (part: Partial<KeypadFilter>) => show({ ...view, filter: { ...view.filter, ...part } }),
    reset: () => show({ ...view, filter: KeypadFilter.parse({}) }),
    /** The same column again turns the order round. */
    sortBy: (column: string) => {
      const sort = SORTS.find((one) => one === column)
      if (sort === undefined) return
      show({
        ...view,
        sort,
        descending: sort === view.sort ? !view.descending : startsDescending(sort),
      })
    },
  }
}
