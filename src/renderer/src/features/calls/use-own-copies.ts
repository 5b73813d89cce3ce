import { useEffect } from 'react'
import { client } from '../../lib/client'

/** Tells main that this window has copied something: a number from our own screens is no call. */
export function useOwnCopies(): void {
  useEffect(() => {
    // The event comes before the clipboard is written.
    const copied = () => void setTimeout(() => void client.calls.copied().catch(() => undefined), 50)
    const events = ['copy', 'cut'] as const
    for (const event of events) window.addEventListener(event, copied)
    return () => {
      for (const event of events) window.removeEventListener(event, copied)
    }
  }, [])
}
