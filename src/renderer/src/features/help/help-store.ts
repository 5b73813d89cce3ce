import { useEffect, useSyncExternalStore } from 'react'

interface HelpState {
  readonly opened: boolean
  /** The entry that the help opens with; null: none in particular. */
  readonly topic: string | null
}

let state: HelpState = { opened: false, topic: null }
const listeners = new Set<() => void>()
/** What the screens show at present that the help can explain; the last one lies on top. */
const shown: { readonly topic: string }[] = []

function set(next: HelpState): void {
  state = next
  for (const listener of listeners) listener()
}

/** Opens the help over whatever is on the screen, on what the topmost part of it shows. */
export const openHelp = (): void => set({ opened: true, topic: shown.at(-1)?.topic ?? null })
export const closeHelp = (): void => set({ ...state, opened: false })
export const helpIsOpen = (): boolean => state.opened

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useHelp = (): HelpState => useSyncExternalStore(subscribe, () => state)

/** While this is drawn, F1 opens the help on this entry. */
export function useHelpTopic(topic: string | null): void {
  useEffect(() => {
    if (topic === null) return undefined
    const mine = { topic }
    shown.push(mine)
    return () => void shown.splice(shown.indexOf(mine), 1)
  }, [topic])
}
