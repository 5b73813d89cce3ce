import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Draft } from './draft'
import type { DraftState } from './state'

const DraftContext = createContext<Draft | null>(null)
export const DraftProvider = DraftContext.Provider

/** The draft of the page. Throws outside of one: a part of the form cannot stand alone. */
export function useDraft(): Draft {
  const draft = useContext(DraftContext)
  if (!draft) throw new Error('useDraft outside of a checkout page')
  return draft
}

export function useDraftState(): DraftState {
  const draft = useDraft()
  return useSyncExternalStore(draft.subscribe, draft.state)
}

/** What main said of the field at this path, or undefined. */
export function useFault(path: string): string | undefined {
  return useDraftState().faults.find((fault) => fault.path === path)?.message
}
