import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { CallFilter } from '../../../../contract/calls'
import { rememberAddress } from '../../ui/remembered-row'

/** The filter as it stands in the address; whatever does not parse is as if it were not there. */
export function callFilterOf(search: string): CallFilter {
  const params = new URLSearchParams(search)
  const parsed = CallFilter.safeParse({ text: params.get('text') ?? '', state: params.getAll('state') })
  return parsed.success ? parsed.data : CallFilter.parse({})
}

/** The address of a filter. */
export function callsAddress(filter: CallFilter): string {
  const params = new URLSearchParams()
  if (filter.text !== '') params.set('text', filter.text)
  for (const state of filter.state) params.append('state', state)
  const query = params.toString()
  return query === '' ? '/calls' : `/calls?${query}`
}

/** The filter of 着信履歴, kept in the address. */
export function useCallFilter() {
  const [, go] = useLocation()
  const filter = callFilterOf(useSearch())
  const address = callsAddress(filter)
  useEffect(() => rememberAddress('/calls', address), [address])
  return {
    filter,
    isFiltered: address !== '/calls',
    change: (part: Partial<CallFilter>) => go(callsAddress({ ...filter, ...part }), { replace: true }),
    reset: () => go('/calls', { replace: true }),
  }
}
