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
  const [opened, setOpened] = useState<Opened>({ kind: 'opening' })
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let here = true
    const fail = (error: unknown) => {
      const again = () => setAttempt((count) => count + 1)
      if (here) setOpened({ kind: 'failed', refused: readRefusal(error), again })
    }
    setOpened((before) =>
      before.kind === 'open' && before.draft.state().view.checkoutId === checkoutId ? before : { kind: 'opening' },
    )
    if (checkoutId !== null) {
      openKnown(checkoutId).then((draft) => here && setOpened({ kind: 'open', draft }), fail)
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
  }, [checkoutId, customerId, attempt, navigate])

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
