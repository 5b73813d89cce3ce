import { useEffect, useRef, type RefObject } from 'react'

/** True while an input method composes: then no key of ours may act. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229

const FUNCTION_KEY = /^F\d{1,2}$/

/** `Ctrl+K`, `F8`, `?`: does this event press it? */
export function matchesKey(event: KeyboardEvent, combination: string): boolean {
  const parts = combination.split('+')
  const key = parts.at(-1) ?? ''
  const wantsControl = parts.includes('Ctrl')
  if (wantsControl !== (event.ctrlKey || event.metaKey) || event.altKey) return false
  if (FUNCTION_KEY.test(key) && event.shiftKey) return false
  return event.key.toLowerCase() === key.toLowerCase()
}

const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

/** Calls the handler when the key is pressed anywhere on the page. Plain characters act only outside of fields. */
export function useHotkey(
  combination: string,
  handler: () => void,
  options: { enabled?: boolean } = {},
): void {
  const { enabled = true } = options
  const latest = useRef(handler)
  latest.current = handler
  useEffect(() => {
    if (!enabled) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (isComposing(event) || event.defaultPrevented || event.repeat || !matchesKey(event, combination))
        return
      if (combination.length === 1 && isTextField(event.target)) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [combination, enabled])
}

const FIELDS = 'input:not([type=hidden]), select, textarea, button[data-flow], [role=radio], [role=combobox]'

const canTakeFocus = (element: HTMLElement): boolean =>
  !element.matches(':disabled, [aria-disabled=true], [tabindex="-1"]') && element.getClientRects().length > 0

/** Enter goes to the next field of the form, Shift+Enter to the one before. A field that uses Enter itself wins. */
export function useFieldFlow(form: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = form.current
    if (!root) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || isComposing(event) || event.defaultPrevented) return
      const { target } = event
      if (!(target instanceof HTMLElement) || target.matches('textarea, button, a')) return
      const fields = [...root.querySelectorAll<HTMLElement>(FIELDS)].filter(canTakeFocus)
      const next = fields[fields.indexOf(target) + (event.shiftKey ? -1 : 1)]
      event.preventDefault()
      next?.focus()
      if (next instanceof HTMLInputElement) next.select()
    }
    root.addEventListener('keydown', onKey)
    return () => root.removeEventListener('keydown', onKey)
  }, [form])
}
