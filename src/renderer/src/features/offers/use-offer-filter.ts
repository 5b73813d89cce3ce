import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { OfferFilter } from '../../../../contract/offers'
import { rememberAddress } from '../../ui/remembered-row'

const LIST = '/offers'
const NOTHING = OfferFilter.parse({})

/** The filter as it stands in the address; whatever does not parse is as if it were not there. */
export function filterOf(search: string): OfferFilter {
  const params = new URLSearchParams(search)
  const parsed = OfferFilter.safeParse({
    text: (params.get('text') ?? '').slice(0, 80),
    mediumId: params.get('medium'),
    state: params.get('state'),
  })
  return parsed.success ? parsed.data : NOTHING
}

/** The filter's address. */
export function addressOf({ text, mediumId, state }: OfferFilter): string {
  const params = new URLSearchParams()
  if (text !== '') params.set('text', text)
  if (mediumId !== null) params.set('medium', mediumId)
  if (state !== null) params.set('state', state)
  const query = params.toString()
  return query === '' ? LIST : `${LIST}?${query}`
}

/** Filter of 広告・オファー, kept in the address. */
export function useOfferFilter() {
  const [, go] = useLocation()
  const filter = filterOf(useSearch())
  const address = addressOf(filter)
  useEffect(() => rememberAddress(LIST, address), [address])
  const show = (next: OfferFilter) => go(addressOf(next), { replace: true })
  return {
    filter,
    isFiltered: address !== LIST,
    change: (part: Partial<OfferFilter>) => show({ ...filter, ...part }),
    reset: () => show(NOTHING),
  }
}
