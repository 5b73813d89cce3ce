import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useLocation } from 'wouter'
import { MAX_TABS, type OrderTab } from '../../../../contract/order-tabs'
import { api, client, refusalCode } from '../../lib/client'
import { readRegistrationRefusal, registrationCalls } from '../../features/subscription-registration/calls'
import { NO_FIELDS } from '../2-form/customer/use-customer'
import type { Refused } from './calls'
import { Draft } from './draft'
import { draftStore } from './draft-store'
import { readRefusal } from './refusals'

/** With what a new order begins. */
interface Beginning {
  readonly purpose: 'order' | 'subscription'
  readonly customerId: string | null
  /** The call that it is opened for. */
  readonly callId: string | null
}

/** Opening is shared: an effect that runs twice must not make two drafts. */
let opening: Promise<Draft> | null = null

/** A tab was closed to make room for this one: says which, and where it is. */
function tellParked(parked: OrderTab | null): void {
  if (!parked) return
  draftStore.forget(parked.checkoutId)
  const name = parked.customerName ?? (parked.phone || i18next.t('checkout:tabs.fresh'))
  notifications.show({ message: i18next.t('checkout:tabs.parked', { name, count: MAX_TABS }) })
}

/** 定期登録: the open one of this customer in which nothing was entered, or a new draft. */
async function openRegistration(customerId: string | null): Promise<Draft> {
  await draftStore.flush()
  const tabs = await client.orderTabs.list()
  const untouched = tabs.find(({ purpose, isEmpty }) => purpose === 'subscription' && isEmpty)
  if (untouched && customerId === null) return openKnown(untouched.checkoutId)
  const { checkoutId } = await client.subscriptions.openDraft({ customerId })
  return openKnown(checkoutId)
}

async function openNew({ purpose, customerId, callId }: Beginning): Promise<Draft> {
  if (purpose === 'subscription') return openRegistration(customerId)
  await draftStore.flush()
  const call = callId === null ? null : await client.calls.get({ id: callId })
  if (call?.checkoutId) return openKnown(call.checkoutId)
  const { view, parked } = await client.orderTabs.begin()
  tellParked(parked)
  const { checkoutId } = view
  const draft = draftStore.known(checkoutId) ?? draftStore.keep(new Draft(view, client.checkout, readRefusal))
  if (callId !== null) await client.calls.attach({ id: callId, checkoutId })
  const known = customerId ?? (call?.match.kind === 'one' ? call.match.customerId : null)
  if (known !== null) draft.edit((form) => ({ ...form, customer: { kind: 'existing', customerId: known } }))
  else if (call && call.phone !== '') {
    const fields = { ...NO_FIELDS, phone: call.phone }
    draft.edit((form) => ({ ...form, customer: { kind: 'new', fields } }))
  }
  void draft.flush()
  return draft
}

async function openKnown(checkoutId: string): Promise<Draft> {
  const kept = draftStore.known(checkoutId)
  if (kept) {
    void kept.refresh()
    return kept
  }
  await draftStore.flush()
  const [draft, { parked }] = await Promise.all([
    fetchDraft(checkoutId),
    client.orderTabs.open({ checkoutId }),
  ])
  tellParked(parked)
  return draftStore.known(checkoutId) ?? draftStore.keep(draft)
}

async function fetchDraft(checkoutId: string): Promise<Draft> {
  const view = await client.checkout.get({ checkoutId })
  if (view.purpose !== 'subscription') return new Draft(view, client.checkout, readRefusal)
  const calls = registrationCalls()
  return new Draft(await calls.get({ checkoutId }), calls, readRegistrationRefusal)
}

export type Opened =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly draft: Draft }
  /** As many orders are open as there can be. */
  | { readonly kind: 'full'; readonly again: () => void }
  | { readonly kind: 'failed'; readonly refused: Refused; readonly again: () => void }

/** The draft of an address. Without an id a new one is opened and the address becomes its own. */
export function useOpenedDraft(
  checkoutId: string | null,
  { purpose, customerId, callId }: Beginning,
): Opened {
  const [, navigate] = useLocation()
  const queries = useQueryClient()
  const [attempt, setAttempt] = useState(0)
  const wanted = `${purpose} ${checkoutId ?? ''} ${customerId ?? ''} ${callId ?? ''} ${attempt}`
  const [result, setResult] = useState<{ readonly for: string; readonly opened: Opened } | null>(null)
  // A tab that was shown before is there at once: no keystroke falls into a gap.
  const kept = useSyncExternalStore(draftStore.subscribe, () =>
    checkoutId === null ? null : draftStore.known(checkoutId),
  )
  const opened: Opened =
    result?.for === wanted ? result.opened : kept ? { kind: 'open', draft: kept } : { kind: 'opening' }

  useEffect(() => {
    let here = true
    const show = (opened: Opened) => here && setResult({ for: wanted, opened })
    const again = () => setAttempt((count) => count + 1)
    const fail = (error: unknown) => {
      show(
        refusalCode(error) === 'TOO_MANY'
          ? { kind: 'full', again }
          : { kind: 'failed', refused: readRefusal(error), again },
      )
    }
    const tabsChanged = () => queries.invalidateQueries({ queryKey: api.orderTabs.key() })
    if (checkoutId !== null) {
      openKnown(checkoutId).then((draft) => {
        void tabsChanged()
        show({ kind: 'open', draft })
      }, fail)
    } else {
      opening ??= openNew({ purpose, customerId, callId }).finally(() => {
        opening = null
      })
      opening.then((draft) => {
        if (here) navigate(`/checkout/${draft.state().view.checkoutId}`, { replace: true })
      }, fail)
    }
    return () => {
      here = false
    }
  }, [wanted, purpose, checkoutId, customerId, callId, navigate, queries])

  const draft = opened.kind === 'open' ? opened.draft : null
  useEffect(() => {
    if (!draft) return
    return () => {
      const { checkoutId: id, stage } = draft.state().view
      if (stage === 'completed' || stage === 'discarded') draftStore.forget(id)
      void draft.flush().then(() => queries.invalidateQueries({ queryKey: api.orderTabs.key() }))
    }
  }, [draft, queries])
  return opened
}
