import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { KeypadLamp } from '../../../contract/keypad'
import type { DeskEvent, ServiceLamp } from '../../../contract/system'
import { api, client } from '../lib/client'

export interface Lamps {
  readonly keypad: KeypadLamp | null
  readonly service: ServiceLamp | null
}

/** Asks again for what an event has made old. */
function refresh(queries: QueryClient, event: DeskEvent): void {
  const old = (queryKey: readonly unknown[]) => void queries.invalidateQueries({ queryKey })
  switch (event.type) {
    case 'keypad':
      return old(api.keypad.lamp.key())
    case 'service':
      return
    case 'locked':
      return old(api.auth.session.key())
    case 'order-made':
      old(api.orders.key())
      old(api.customers.key())
      return old(api.home.key())
    case 'payment-moved':
      old(api.checkout.get.key({ input: { checkoutId: event.checkoutId } }))
      return old(api.home.key())
  }
}

/** Listens to main for as long as the desk is open. */
export function useDeskEvents(): Lamps {
  const queries = useQueryClient()
  const [lamps, setLamps] = useState<Lamps>({ keypad: null, service: null })
  useEffect(() => {
    const stop = new AbortController()
    const listen = async () => {
      for await (const event of await client.system.events(undefined, { signal: stop.signal })) {
        if (event.type === 'keypad') setLamps((seen) => ({ ...seen, keypad: event.lamp }))
        if (event.type === 'service') setLamps((seen) => ({ ...seen, service: event.lamp }))
        refresh(queries, event)
      }
    }
    listen().catch(() => undefined)
    return () => stop.abort()
  }, [queries])
  return lamps
}
