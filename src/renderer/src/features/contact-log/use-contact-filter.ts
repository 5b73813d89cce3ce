import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { ContactFilter } from '../../../../contract/contact-log'
import { rememberAddress } from '../../ui/remembered-row'

export const FLAGS = ['mine', 'open', 'escalated', 'due'] as const
export type Flag = (typeof FLAGS)[number]

function filterOf(search: string): ContactFilter {
  const params = new URLSearchParams(search)
  const flags = Object.fromEntries(FLAGS.map((flag) => [flag, params.get(flag) === '1']))
  const parsed = ContactFilter.safeParse({ text: params.get('text') ?? '', ...flags })
  return parsed.success ? parsed.data : ContactFilter.parse({})
}

/** The address of a filter. */
export function contactsAddress(filter: ContactFilter): string {
  const params = new URLSearchParams()
  if (filter.text !== '') params.set('text', filter.text)
  for (const flag of FLAGS) if (filter[flag]) params.set(flag, '1')
  const query = params.toString()
  return query === '' ? '/contacts' : `/contacts?${query}`
}

/** The filter of 対応履歴, kept in the address. */
export function useContactFilter() {
  const [, go] = useLocation()
  const filter = filterOf(useSearch())
  const address = contactsAddress(filter)
  useEffect(() => rememberAddress('/contacts', address), [address])
  return {
    filter,
    isFiltered: address !== '/contacts',
    change: (part: Partial<ContactFilter>) => go(contactsAddress({ ...filter, ...part }), { replace: true }),
    reset: () => go('/contacts', { replace: true }),
  }
}
