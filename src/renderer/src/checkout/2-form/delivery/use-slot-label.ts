import { useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/client'
import { useDraftState } from '../../draft/draft-context'
import { useCallerFields } from '../customer/use-customer'

/** Words of the chosen time slot; null when none is chosen or its words have not come yet. */
export function useSlotLabel(): string | null {
  const { slotCode, shipTo, deliverOn } = useDraftState().view.form
  const caller = useCallerFields()
  const { prefecture = '', postalCode = '' } = (shipTo.kind === 'other' ? shipTo : caller) ?? {}
  const query = useQuery({
    ...api.checkout.deliveryChoices.queryOptions({ input: { prefecture, postalCode, deliverOn } }),
    enabled: slotCode !== null,
  })
  return query.data?.slots.find((slot) => slot.code === slotCode)?.label ?? null
}
