import { useLayoutEffect, useRef } from 'react'
import { isComposing } from '../lib/keyboard'

/**
 * Esc closes this and nothing under it: a card entry below goes on. For what may open over any dialog; listens from
 * the moment the desk stands, ahead of every dialog that opens later. Of two, the one that is drawn first wins.
 */
export function useEscapeAhead(isOpen: () => boolean, close: () => void): void {
  const latest = useRef({ isOpen, close })
  useLayoutEffect(() => {
    latest.current = { isOpen, close }
  })
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || isComposing(event) || !latest.current.isOpen()) return
      event.preventDefault()
      event.stopImmediatePropagation()
      latest.current.close()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [])
}
