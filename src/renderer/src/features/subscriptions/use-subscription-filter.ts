import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { z } from 'zod'
import { SubscriptionFilter } from '../../../../contract/subscription-views'
import { rememberAddress } from '../../ui/remembered-row'

const LIST = '/subscriptions'
const Sort = z.enum(['next', 'newest'])
export type SubscriptionSort = z.infer<typeof Sort>

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text))

/** The filter as it stands in the address; whatever does not parse is as if it were not there. */
export function filterOf(search: string): SubscriptionFilter {
  const params = new URLSearchParams(search)
  const parsed = SubscriptionFilter.safeParse({
    text: params.get('text') ?? '',
    status: params.getAll('status'),
    nextFrom: params.get('from'),
    nextTo: params.get('to'),
    productId: params.get('product'),
    customerId: params.get('customer'),
    turnFrom: numberOf(params.get('turnFrom')),
    turnTo: numberOf(params.get('turnTo')),
    failedTries: numberOf(params.get('failed')),
    attention: params.get('attention') === '1',
    cardExpires: params.get('expires') === '1',
    cancelReason: params.get('reason'),
  })
  return parsed.success ? parsed.data : SubscriptionFilter.parse({})
}

/** The address of a filter and an order. */
export function addressOf(filter: SubscriptionFilter, sort: SubscriptionSort): string {
  const params = new URLSearchParams()
  const named: readonly (readonly [string, string | number | null])[] = [
    ['from', filter.nextFrom],
    ['to', filter.nextTo],
    ['product', filter.productId],
    ['customer', filter.customerId],
    ['turnFrom', filter.turnFrom],
    ['turnTo', filter.turnTo],
    ['failed', filter.failedTries],
    ['reason', filter.cancelReason],
  ]
  if (filter.text !== '') params.set('text', filter.text)
  for (const status of filter.status) params.append('status', status)
  for (const [name, value] of named) if (value !== null) params.set(name, String(value))
  if (filter.attention) params.set('attention', '1')
  if (filter.cardExpires) params.set('expires', '1')
  if (sort !== 'next') params.set('sort', sort)
  const query = params.toString()
  return query === '' ? LIST : `${LIST}?${query}`
}

/** The filter of 定期一覧, kept in the address so that it survives leaving and can be sent to a colleague. */
export function useSubscriptionFilter() {
  const [, go] = useLocation()
  const search = useSearch()
  const filter = filterOf(search)
  const asked = Sort.safeParse(new URLSearchParams(search).get('sort'))
  const sort = asked.success ? asked.data : 'next'
  const address = addressOf(filter, sort)
  useEffect(() => rememberAddress(LIST, address), [address])
  return {
    filter,
    sort,
    isFiltered: addressOf(filter, 'next') !== LIST,
    change: (part: Partial<SubscriptionFilter>) =>
      go(addressOf({ ...filter, ...part }, sort), { replace: true }),
    sortBy: (next: SubscriptionSort) => go(addressOf(filter, next), { replace: true }),
    reset: () => go(addressOf(SubscriptionFilter.parse({}), sort), { replace: true }),
  }
}
