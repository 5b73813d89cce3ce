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

const TEXT_FIELD = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select'

const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches(TEXT_FIELD))

/** True while a dialog waits for an answer: keys of the desk itself then do nothing. */
export const dialogIsOpen = (): boolean => document.querySelector('[role=dialog][aria-modal=true]') !== null

/** Calls the handler when the key is pressed anywhere on the page. Plain characters act only outside of fields. */
export function useHotkey(
  combination: string,
  handler: () => void,
  options: { enabled?: boolean } = {},
): void {
  const { enabled = true } = options
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
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

let curtain = false

/** While the curtain is down (locked screen), function keys, Ctrl keys and Esc reach nothing below it. */
export const setKeyCurtain = (down: boolean): void => {
  curtain = down
}

/** Must run before anything else listens to keys, so that it stands first in the row. */
export function installKeyCurtain(): void {
  const onKey = (event: KeyboardEvent) => {
    if (!curtain) return
    const edits = /^[acvxz]$/i.test(event.key)
    const acts = FUNCTION_KEY.test(event.key) || event.key === 'Escape' || event.altKey
    if (!acts && (!(event.ctrlKey || event.metaKey) || edits)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  window.addEventListener('keydown', onKey, { capture: true })
}

const FIELDS = 'input:not([type=hidden]), select, textarea, button[data-flow], [role=radio], [role=combobox]'

/** A choice of several is one stop: its chosen button, where there is one. */
const isBesideChosen = (element: HTMLElement): boolean =>
  element instanceof HTMLInputElement &&
  element.type === 'radio' &&
  !element.checked &&
  document.querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]:checked`) !== null

const canTakeFocus = (element: HTMLElement): boolean =>
  !element.matches(':disabled, [aria-disabled=true], [tabindex="-1"]') &&
  element.getClientRects().length > 0 &&
  !isBesideChosen(element)

/** Typing replaces what a field has, except in one that is filled halfway (`data-caret=end`): there it goes on. */
export function selectContent(field: HTMLInputElement): void {
  const { length } = field.value
  if (field.dataset['caret'] === 'end') field.setSelectionRange(length, length)
  else field.select()
}

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
      if (next instanceof HTMLInputElement) selectContent(next)
    }
    root.addEventListener('keydown', onKey)
    return () => root.removeEventListener('keydown', onKey)
  }, [form])
}
