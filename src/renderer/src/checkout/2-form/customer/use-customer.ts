import { useQuery } from '@tanstack/react-query'
import type { CustomerDetail, CustomerFields } from '../../../../../contract/customers'
import { api } from '../../../lib/client'
import { useDraftState } from '../../draft/draft-context'

export const NO_FIELDS: CustomerFields = {
  familyName: '',
  givenName: '',
  familyKana: '',
  givenKana: '',
  phone: '',
  email: '',
  postalCode: '',
  prefecture: '',
  city: '',
  address: '',
  building: '',
}

/** The picked customer with cards and last order; undefined until it has come, or when none is picked. */
export function usePickedCustomer(): { id: string | null; detail: CustomerDetail | undefined } {
  const { customer } = useDraftState().form
  const id = customer.kind === 'existing' ? customer.customerId : null
  const query = useQuery({
    ...api.customers.get.queryOptions({ input: { id: id ?? '' } }),
    enabled: id !== null,
  })
  return { id, detail: id === null ? undefined : query.data }
}

/** What is known of the caller's name and address, picked or being typed. */
export function useCallerFields(): CustomerFields | null {
  const { customer } = useDraftState().form
  const { detail } = usePickedCustomer()
  switch (customer.kind) {
    case 'none':
      return null
    case 'new':
      return customer.fields
    case 'existing':
      return detail?.fields ?? null
  }
}

/** Address on one line as it is written in Japan. */
export const addressLine = (
  fields: Pick<CustomerFields, 'prefecture' | 'city' | 'address' | 'building'>,
): string =>
  [`${fields.prefecture}${fields.city}${fields.address}`, fields.building]
    .filter((part) => part !== '')
    .join(' ')
