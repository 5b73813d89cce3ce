import { createContext, useContext, useState, type ReactNode, type RefCallback } from 'react'

/** Places of the form that the focus is led to. */
export type FocusPlace =
  | 'heading'
  | 'customer-search'
  | 'customer-picked'
  | 'customer-new'
  | 'product-search'
  | 'delivery'
  | 'payment'
  | 'card-entered'
  | 'proceed'
  | 'failure'

const FOCUSABLE =
  'input:not(:disabled),button:not(:disabled),select:not(:disabled),textarea:not(:disabled),a[href],[tabindex]'

/** Focuses an element, or the first control in it (of radio buttons: the chosen one). */
export function focusIn(element: HTMLElement): void {
  if (element.matches(FOCUSABLE)) return element.focus()
  const chosen = element.querySelector<HTMLElement>('input[type=radio]:checked')
  ;(chosen ?? element.querySelector<HTMLElement>(FOCUSABLE))?.focus()
}

/** Leads the focus to a place by name: at once when it is on the screen, else as soon as it appears. */
export class FocusPlan {
  readonly #elements = new Map<FocusPlace, HTMLElement>()
  readonly #refs = new Map<FocusPlace, RefCallback<HTMLElement>>()
  #wanted: FocusPlace | null = null

  readonly go = (place: FocusPlace): void => {
    const element = this.#elements.get(place)
    this.#wanted = element ? null : place
    if (element) focusIn(element)
  }

  /** The ref for the element of a place; the same function at every render. */
  readonly target = (place: FocusPlace): RefCallback<HTMLElement> => {
    const known = this.#refs.get(place)
    if (known) return known
    const ref: RefCallback<HTMLElement> = (element) => {
      if (!element) return void this.#elements.delete(place)
      this.#elements.set(place, element)
      if (this.#wanted === place) this.go(place)
    }
    this.#refs.set(place, ref)
    return ref
  }
}

const FocusPlanContext = createContext<FocusPlan | null>(null)

export function FocusPlanProvider({ children }: { children: ReactNode }) {
  const [plan] = useState(() => new FocusPlan())
  return <FocusPlanContext.Provider value={plan}>{children}</FocusPlanContext.Provider>
}

export function useFocusPlan(): FocusPlan {
  const plan = useContext(FocusPlanContext)
  if (!plan) throw new Error('useFocusPlan outside of a checkout page')
  return plan
}
