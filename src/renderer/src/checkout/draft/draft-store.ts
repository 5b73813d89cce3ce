import type { Draft } from './draft'

/**
 * The drafts of the open tabs: switching between them loses nothing, not even what could not be saved yet. They belong
 * to the person who is signed in.
 */
const drafts = new Map<string, Draft>()
const listeners = new Set<() => void>()

const changed = () => {
  for (const listener of listeners) listener()
}

export const draftStore = {
  known: (checkoutId: string): Draft | null => drafts.get(checkoutId) ?? null,
  keep(draft: Draft): Draft {
    drafts.set(draft.state().view.checkoutId, draft)
    changed()
    return draft
  },
  forget(checkoutId: string): void {
    if (drafts.delete(checkoutId)) changed()
  },
  /** Saves what is not saved yet, wherever it was typed. */
  async flush(): Promise<void> {
    const unsaved = [...drafts.values()].filter((draft) => draft.state().save !== 'saved')
    await Promise.all(unsaved.map((draft) => draft.flush()))
  },
  clear(): void {
    drafts.clear()
    changed()
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** Saves what is not saved yet when the page goes. */
window.addEventListener('pagehide', () => void draftStore.flush())
