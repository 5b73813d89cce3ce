import type { ServingPlace } from '../../../../contract/serving'

interface Served {
  readonly id: string
  readonly place: ServingPlace
}

const served = new Map<symbol, Served>()
const listeners = new Set<() => void>()
let snapshot: readonly Served[] = []

function changed(): void {
  // A customer who is open in both places is being ordered for: that says more.
  const byId = new Map<string, Served>()
  for (const one of served.values()) {
    if (one.place === 'order' || !byId.has(one.id)) byId.set(one.id, one)
  }
  snapshot = [...byId.values()].toSorted((a, b) => a.id.localeCompare(b.id))
  for (const listener of listeners) listener()
}

/** Which customers are open in this window, wherever in it. */
export const servingStore = {
  /** Says that a customer is open; the answer takes it back. */
  serve(id: string, place: ServingPlace): () => void {
    const key = Symbol(id)
    served.set(key, { id, place })
    changed()
    return () => {
      served.delete(key)
      changed()
    }
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  current: (): readonly Served[] => snapshot,
}
