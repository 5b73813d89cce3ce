import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { CustomerMailFilter } from '../../../../contract/customer-mails'
import { rememberAddress } from '../../ui/remembered-row'

export const MAILS = '/subscriptions/mails'

/** The filter as it stands in the address; whatever does not parse is as if it were not there. */
export function filterOf(search: string): CustomerMailFilter {
  const params = new URLSearchParams(search)
  const parsed = CustomerMailFilter.safeParse({
    text: params.get('text') ?? '',
    state: params.getAll('state'),
    kind: params.getAll('kind'),
  })
  return parsed.success ? parsed.data : CustomerMailFilter.parse({})
}

/** The address of a filter. */
export function addressOf(filter: CustomerMailFilter): string {
  const params = new URLSearchParams()
  if (filter.text !== '') params.set('text', filter.text)
  for (const state of filter.state) params.append('state', state)
  for (const kind of filter.kind) params.append('kind', kind)
  const query = params.toString()
  return query === '' ? MAILS : `${MAILS}?${query}`
}

/** The filter of メール送信, kept in the address so that it survives leaving and can be sent to a colleague. */
export function useMailFilter() {
  const [, go] = useLocation()
  const filter = filterOf(useSearch())
  const address = addressOf(filter)
  useEffect(() => rememberAddress(MAILS, address), [address])
  return {
    filter,
    isFiltered: address !== MAILS,
    change: (part: Partial<CustomerMailFilter>) => go(addressOf({ ...filter, ...part }), { replace: true }),
    reset: () => go(MAILS, { replace: true }),
  }
}
