import { useSyncExternalStore } from 'react'

let opened = false
const listeners = new Set<() => void>()

function set(next: boolean): void {
  opened = next
  for (const listener of listeners) listener()
}

/** Opens 診断 over whatever is on the screen. */
export const openDiagnosis = (): void => set(true)
export const closeDiagnosis = (): void => set(false)
export const diagnosisIsOpen = (): boolean => opened

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useDiagnosisOpen = (): boolean => useSyncExternalStore(subscribe, diagnosisIsOpen)
