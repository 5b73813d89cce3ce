import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { OrderFilter } from '../../../../contract/orders'
import { rememberAddress } from '../../ui/remembered-row'

/** The filter as it stands in the address; whatever does not parse is as if it were not there. */
export function filterOf(search: string): OrderFilter {
  const params = new URLSearchParams(search)
  const parsed = OrderFilter.safeParse({
    text: params.get('text') ?? '',
    status: params.getAll('status'),
    paymentMethod: params.getAll('method'),
    from: params.get('from'),
    to: params.get('to'),
    keypad: params.get('keypad') ?? '',
    shopId: params.get('shop'),
  })
  return parsed.success ? parsed.data : OrderFilter.parse({})
}

/** The address of a filter. */
export function addressOf(filter: OrderFilter): string {
  const params = new URLSearchParams()
  if (filter.text !== '') params.set('text', filter.text)
  for (const status of filter.status) params.append('status', status)
  for (const method of filter.paymentMethod) params.append('method', method)
  if (filter.from !== null) params.set('from', filter.from)
  if (filter.to !== null) params.set('to', filter.to)
  if (filter.keypad !== '') params.set('keypad', filter.keypad)
  if (filter.shopId !== null) params.set('shop', filter.shopId)
  const query = params.toString()
  return query === '' ? '/orders' : `/orders?${query}`
}

/** The filter of 注文一覧, kept in the address so that it survives leaving and can be sent to a colleague. */
export function useOrderFilter() {
  const [, go] = useLocation()
  const filter = filterOf(useSearch())
  const address = addressOf(filter)
  useEffect(() => rememberAddress('/orders', address), [address])
  return {
    filter,
    isFiltered: address !== '/orders',
    change: (part: Partial<OrderFilter>) => go(addressOf({ ...filter, ...part }), { replace: true }),
    reset: () => go('/orders', { replace: true }),
  }
}
