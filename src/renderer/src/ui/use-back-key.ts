import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { dialogIsOpen, isComposing } from '../lib/keyboard'
import { rememberedAddress } from './remembered-row'

/** Something that Esc closes first: a dialog, an open filter, an open list of choices. */
const somethingIsOpen = (): boolean =>
  dialogIsOpen() || document.querySelector('[aria-expanded=true]') !== null

/** Esc and Alt+← lead from a row's page back to its list, with the filters that the list had. */
export function useBackKey(list: string): void {
  const [, go] = useLocation()
  useEffect(() => {
    // Before the page's own parts: what they close with this key is still open here.
    const onKey = (event: KeyboardEvent) => {
      if (isComposing(event) || event.repeat || event.ctrlKey || event.metaKey || event.shiftKey) return
      const isBack = event.altKey ? event.key === 'ArrowLeft' : event.key === 'Escape'
      if (!isBack || somethingIsOpen()) return
      event.preventDefault()
      go(rememberedAddress(list))
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [go, list])
}
