import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { KeypadLamp } from '../../../contract/keypad'
import type { DeskEvent, ServiceLamp } from '../../../contract/system'
import { atMostEvery } from '../lib/at-most-every'
import { api, client, refusalCode } from '../lib/client'

/** The two lamps of the top bar; null until main has told, and while it cannot be heard. */
export interface Lamps {
  readonly keypad: KeypadLamp | null
  readonly service: ServiceLamp | null
}

const UNKNOWN: Lamps = { keypad: null, service: null }
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000
/** Loose plugs tell of themselves many times a second; the lists of keypads are asked for again less often. */
const DEVICES_PAUSE_MS = 400
/** A run refuses many cards in a row. */
const ATTENTION_PAUSE_MS = 1_000

/** Asks again for what an event has made old; what may change many times a second, apart. */
function refresh(queries: QueryClient, event: DeskEvent): void {
  const old = (queryKey: readonly unknown[]) => void queries.invalidateQueries({ queryKey })
  switch (event.type) {
    case 'keypad':
      return old(api.keypad.lamp.key())
    case 'service':
    case 'keypad-changed':
    case 'attention-changed':
      return
    case 'job':
      old(api.jobs.key())
      if (event.job.kind === 'subscription-run') {
        if (event.job.state === 'done' || event.job.state === 'cancelled') {
          old(api.subscriptions.key())
          old(api.home.key())
        }
        return old(api.subscriptionRuns.key())
      }
      if (event.job.kind === 'subscription-bulk') {
        if (event.job.state === 'done' || event.job.state === 'cancelled') old(api.subscriptions.key())
        return old(api.subscriptionBulk.key())
      }
      if (event.job.state === 'done' || event.job.state === 'cancelled') old(api.customers.key())
      old(api.subscriptionImports.key())
      if (event.job.kind === 'subscription-import' && event.job.state === 'done') old(api.subscriptions.key())
      return old(api.customerImports.key())
    case 'locked':
      return old(api.auth.session.key())
    case 'calls-changed':
      return old(api.calls.key())
    case 'contacts-changed':
      old(api.contactLog.key())
      old(api.callbacks.key())
      old(api.pinnedNotes.key())
      old(api.identityCheck.key())
      old(api.customerMails.key())
      return old(api.home.key())
    case 'order-made':
      old(api.orderTabs.key())
      old(api.orders.key())
      old(api.customers.key())
      return old(api.home.key())
    case 'payment-moved':
      old(api.checkout.get.key({ input: { checkoutId: event.checkoutId } }))
      old(api.orders.key())
      return old(api.home.key())
  }
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

interface Listener {
  /** The stream stands (again): whatever happened before it was not heard. */
  readonly onOpen: (again: boolean) => void
  readonly onEvent: (event: DeskEvent) => void
  readonly onLost: (error: unknown) => void
}

/** Follows the events of main until aborted; a broken stream is opened again after a growing pause. */
async function follow(signal: AbortSignal, listener: Listener): Promise<void> {
  let failures = 0
  for (let again = false; !signal.aborted; again = true) {
    try {
      const events = await client.system.events(undefined, { signal })
      listener.onOpen(again)
      for await (const event of events) {
        failures = 0
        listener.onEvent(event)
      }
      listener.onLost(null)
    } catch (error) {
      if (!signal.aborted) listener.onLost(error)
    }
    await pause(Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS), signal)
    failures += 1
  }
}

/** Listens to main for as long as the desk is open. */
export function useDeskEvents(): Lamps {
  const queries = useQueryClient()
  const [lamps, setLamps] = useState(UNKNOWN)
  useEffect(() => {
    const stop = new AbortController()
    const devices = atMostEvery(DEVICES_PAUSE_MS, () => {
      void queries.invalidateQueries({ queryKey: api.keypadMonitor.key() })
    })
    const attention = atMostEvery(ATTENTION_PAUSE_MS, () => {
      for (const queryKey of [api.home.key(), api.subscriptionRuns.attention.key(), api.customerMails.key()])
        void queries.invalidateQueries({ queryKey })
    })
    void follow(stop.signal, {
      onOpen: (again) => {
        if (again) void queries.invalidateQueries()
      },
      onEvent: (event) => {
        if (event.type === 'keypad') setLamps((seen) => ({ ...seen, keypad: event.lamp }))
        if (event.type === 'service') setLamps((seen) => ({ ...seen, service: event.lamp }))
        if (event.type === 'keypad' || event.type === 'keypad-changed') devices.ask()
        if (event.type === 'attention-changed') attention.ask()
        refresh(queries, event)
      },
      onLost: (error) => {
        setLamps(UNKNOWN)
        const code = refusalCode(error)
        if (code !== null) void queries.invalidateQueries({ queryKey: api.auth.session.key() })
      },
    })
    return () => {
      stop.abort()
      devices.stop()
      attention.stop()
    }
  }, [queries])
  return lamps
}
