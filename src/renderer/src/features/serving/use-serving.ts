import { useQuery } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { SERVING_BEAT_MS, type Serving, type ServingPlace } from '../../../../contract/serving'
import { api } from '../../lib/client'
import { servingStore } from './serving-store'

/** Most customers that one beat names. */
const MOST = 20

function useBeat(enabled: boolean): readonly Serving[] {
  const customers = useSyncExternalStore(servingStore.subscribe, servingStore.current)
  const beat = useQuery({
    ...api.serving.beat.queryOptions({ input: { customers: customers.slice(0, MOST) } }),
    enabled,
    staleTime: 0,
    gcTime: 0,
    refetchInterval: customers.length > 0 ? SERVING_BEAT_MS : false,
  })
  return enabled && customers.length > 0 ? (beat.data ?? []) : []
}

/** The heart of the window: says every 20 seconds whom it serves. Silent while the screen is locked. */
export function ServingBeat({ locked }: { locked: boolean }): null {
  useBeat(!locked)
  return null
}

/** Says that a customer is open here, and tells who else has the customer open. */
export function useServing(customerId: string | null, place: ServingPlace): readonly Serving[] {
  useEffect(
    () => (customerId === null ? undefined : servingStore.serve(customerId, place)),
    [customerId, place],
  )
  return useBeat(customerId !== null).filter((one) => one.customerId === customerId)
}
