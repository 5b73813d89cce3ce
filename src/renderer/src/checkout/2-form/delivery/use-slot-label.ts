import { useQuery } from '@tanstack/react-query'
import type { Shipment } from '../../../../../contract/shipments'
import { api } from '../../../lib/client'
import { usePlaceOf } from './use-place'

/** Words of a delivery's time slot; null when none is chosen or its words have not come yet. */
export function useSlotLabel({ slotCode, shipTo, deliverOn }: Shipment): string | null {
  const { prefecture = '', postalCode = '' } = usePlaceOf()(shipTo) ?? {}
  const query = useQuery({
    ...api.checkout.deliveryChoices.queryOptions({ input: { prefecture, postalCode, deliverOn } }),
    enabled: slotCode !== null,
  })
  return query.data?.slots.find((slot) => slot.code === slotCode)?.label ?? null
}
