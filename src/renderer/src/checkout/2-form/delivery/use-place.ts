import { useQuery } from '@tanstack/react-query'
import type { ShipTo } from '../../../../../contract/shipments'
import { api } from '../../../lib/client'
import { useDraftState } from '../../draft/draft-context'
import { useCallerFields } from '../customer/use-customer'

interface Place {
  readonly name: string
  readonly phone: string
  readonly postalCode: string
  readonly prefecture: string
  readonly city: string
  readonly address: string
  readonly building: string
}

/** お届け先 on the customer's file; none for a customer that is not on file. */
export function useSavedAddresses() {
  const { customer } = useDraftState().form
  const customerId = customer.kind === 'existing' ? customer.customerId : null
  const query = useQuery({
    ...api.checkout.savedAddresses.queryOptions({ input: { customerId: customerId ?? '' } }),
    enabled: customerId !== null,
  })
  return customerId === null ? [] : (query.data ?? [])
}

/** The address that a delivery goes to; null while it is not known. */
export function usePlaceOf(): (shipTo: ShipTo) => Place | null {
  const caller = useCallerFields()
  const saved = useSavedAddresses()
  return (shipTo) => {
    switch (shipTo.kind) {
      case 'other':
        return shipTo
      case 'saved':
        return saved.find(({ id }) => id === shipTo.addressId) ?? null
      case 'customer':
        return caller ? { ...caller, name: `${caller.familyName} ${caller.givenName}` } : null
    }
  }
}
