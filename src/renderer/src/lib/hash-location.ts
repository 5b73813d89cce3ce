import { useSyncExternalStore } from 'react'

/** Address behind the #, with its query: `#/orders?status=new` → `/orders?status=new`. */
const address = (): string => `/${window.location.hash.replace(/^#?\/?/, '')}`

/** Path and query of an address; either may be empty. */
export function splitAddress(full: string): { path: string; query: string } {
  const at = full.indexOf('?')
  return at < 0 ? { path: full, query: '' } : { path: full.slice(0, at), query: full.slice(at + 1) }
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}

/** Goes to an address of the desk. Replacing it leaves no step to go back to. */
export function goTo(to: string, options: { replace?: boolean } = {}): void {
  const url = `#${to}`
  if (options.replace) window.history.replaceState(null, '', url)
  else window.history.pushState(null, '', url)
  window.dispatchEvent(new Event('hashchange'))
}

/** The path for wouter. Its own hash hook leaves queries in front of the #, where they outlive their page. */
export function useHashPath(): [string, typeof goTo] {
  return [useSyncExternalStore(subscribe, () => splitAddress(address()).path), goTo]
}
useHashPath.hrefs = (href: string): string => `#${href}`

/** The query of the same address for wouter's `useSearch`. */
export const useHashQuery = (): string => useSyncExternalStore(subscribe, () => splitAddress(address()).query)
