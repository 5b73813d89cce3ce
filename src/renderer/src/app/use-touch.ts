import { useEffect } from 'react'
import { client } from '../lib/client'

const AT_MOST_EVERY_MS = 20_000

/** Tells main that a person is at the desk, so that the idle lock waits. */
export function useTouch(): void {
  useEffect(() => {
    let last = 0
    const touched = () => {
      const now = performance.now()
      if (now - last < AT_MOST_EVERY_MS) return
      last = now
      void client.auth.touch().catch(() => undefined)
    }
    const events = ['keydown', 'pointerdown'] as const
    for (const event of events) window.addEventListener(event, touched, { capture: true, passive: true })
    return () => {
      for (const event of events) window.removeEventListener(event, touched, { capture: true })
    }
  }, [])
}
