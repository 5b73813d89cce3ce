import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { AttentionFilter, AttentionSort } from '../../../../contract/subscription-run-views'
import { rememberAddress } from '../../ui/remembered-row'

const LIST = '/subscriptions/attention'

/** The filter as it stands in the address; whatever does not parse is as if it were not there. */
export function filterOf(search: string): AttentionFilter {
  const params = new URLSearchParams(search)
  const parsed = AttentionFilter.safeParse({
    show: params.get('show') ?? 'open',
    reasons: params.getAll('reason'),
    text: params.get('text') ?? '',
  })
  return parsed.success ? parsed.data : AttentionFilter.parse({})
}

/** The address of a filter and an order. */
export function addressOf(filter: AttentionFilter, sort: AttentionSort): string {
  const params = new URLSearchParams()
  if (filter.show !== 'open') params.set('show', filter.show)
  for (const reason of filter.reasons) params.append('reason', reason)
  if (filter.text !== '') params.set('text', filter.text)
  if (sort !== 'ship') params.set('sort', sort)
  const query = params.toString()
  return query === '' ? LIST : `${LIST}?${query}`
}

/** The filter of 要対応, kept in the address so that it survives leaving. */
export function useAttentionFilter() {
  const [, go] = useLocation()
  const search = useSearch()
  const filter = filterOf(search)
  const asked = AttentionSort.safeParse(new URLSearchParams(search).get('sort'))
  const sort = asked.success ? asked.data : 'ship'
  const address = addressOf(filter, sort)
  useEffect(() => rememberAddress(LIST, address), [address])
  return {
    filter,
    sort,
    isFiltered: addressOf(filter, 'ship') !== LIST,
    change: (part: Partial<AttentionFilter>) =>
      go(addressOf({ ...filter, ...part }, sort), { replace: true }),
    sortBy: (next: AttentionSort) => go(addressOf(filter, next), { replace: true }),
    reset: () => go(addressOf(AttentionFilter.parse({}), sort), { replace: true }),
  }
}
