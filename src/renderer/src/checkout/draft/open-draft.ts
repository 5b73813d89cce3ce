import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../../lib/client'
import type { Refused } from './calls'
import { Draft } from './draft'
import { readRefusal } from './refusals'

/** Opening is shared: an effect that runs twice must not make two drafts. */
let opening: Promise<Draft> | null = null
/** The draft that was just opened, kept while the address changes to its own. */
let handedOver: Draft | null = null

async function openNew(customerId: string | null): Promise<Draft> {
  const draft = new Draft(await client.checkout.open(), client.checkout, readRefusal)
  if (customerId !== null) {
    draft.edit((form) => ({ ...form, customer: { kind: 'existing', customerId } }))
    await draft.flush()
  }
  return draft
}

async function openKnown(checkoutId: string): Promise<Draft> {
  if (handedOver?.state().view.checkoutId === checkoutId) return handedOver
  return new Draft(await client.checkout.get({ checkoutId }), client.checkout, readRefusal)
}

type Opened =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly draft: Draft }
  | { readonly kind: 'failed'; readonly refused: Refused; readonly again: () => void }

/** The draft of an address. Without an id a new one is opened and the address becomes its own. */
export function useOpenedDraft(checkoutId: string | null, customerId: string | null): Opened {
  const [, navigate] = useLocation()
  const [attempt, setAttempt] = useState(0)
  const [result, setResult] = useState<{ readonly for: string; readonly opened: Opened } | null>(null)
  const wanted = `${checkoutId ?? ''} ${customerId ?? ''} ${attempt}`
  const opened: Opened = result?.for === wanted ? result.opened : { kind: 'opening' }

  useEffect(() => {
    let here = true
    const show = (opened: Opened) => here && setResult({ for: wanted, opened })
    const fail = (error: unknown) =>
      show({ kind: 'failed', refused: readRefusal(error), again: () => setAttempt((count) => count + 1) })
    if (checkoutId !== null) {
      openKnown(checkoutId).then((draft) => show({ kind: 'open', draft }), fail)
    } else {
      opening ??= openNew(customerId).finally(() => {
        opening = null
      })
      opening.then((draft) => {
        if (!here) return
        handedOver = draft
        navigate(`/checkout/${draft.state().view.checkoutId}`, { replace: true })
      }, fail)
    }
    return () => {
      here = false
    }
  }, [wanted, checkoutId, customerId, navigate])

  const draft = opened.kind === 'open' ? opened.draft : null
  useEffect(() => {
    if (!draft) return
    const keep = () => void draft.flush()
    window.addEventListener('pagehide', keep)
    return () => {
      window.removeEventListener('pagehide', keep)
      keep()
    }
  }, [draft])
  return opened
}
