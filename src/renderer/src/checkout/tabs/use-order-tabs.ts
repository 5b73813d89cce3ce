import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { CheckoutPurpose } from '../../../../contract/checkout'
import { MAX_TABS, type OrderTab } from '../../../../contract/order-tabs'
import { api } from '../../lib/client'
import { dialogIsOpen, isComposing } from '../../lib/keyboard'
import { draftStore } from '../draft/draft-store'

const tabPath = (checkoutId: string): string => `/checkout/${checkoutId}`

/** The open orders of this person, and which of them the address shows. */
export function useOrderTabs(enabled = true) {
  const [path, go] = useLocation()
  const tabs = useQuery({ ...api.orderTabs.list.queryOptions(), enabled }).data ?? []
  return {
    tabs,
    current: tabs.find((tab) => path === tabPath(tab.checkoutId)) ?? null,
    show: (tab: OrderTab) => go(tabPath(tab.checkoutId)),
  }
}

/** What the form on the screen is for: an order, a 定期, …; null where there is none, or nobody knows yet. */
export function useShownPurpose(enabled: boolean): CheckoutPurpose | null {
  const [path] = useLocation()
  const { current } = useOrderTabs(enabled)
  const [, checkoutId = ''] = /^\/checkout\/([^/]+)$/.exec(path) ?? []
  const draft = useSyncExternalStore(draftStore.subscribe, () => draftStore.known(checkoutId))
  return draft?.state().view.purpose ?? current?.purpose ?? null
}

/** Which tab a key asks for; null: none. */
function wantedTab(event: KeyboardEvent, tabs: readonly OrderTab[], at: number): OrderTab | null {
  if (!event.ctrlKey || event.altKey || event.metaKey) return null
  if (event.key === 'Tab') {
    const step = event.shiftKey ? -1 : 1
    const next = at === -1 ? (step === 1 ? 0 : -1) : (at + step + tabs.length) % tabs.length
    return tabs.at(next) ?? null
  }
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]
  if (digit === undefined || event.shiftKey || Number(digit) > MAX_TABS) return null
  return tabs[Number(digit) - 1] ?? null
}

/**
 * Ctrl+Tab and Ctrl+1 … Ctrl+9 from wherever in the desk. While a dialog is open the order stays: a card that is being
 * keyed belongs to the order that is on the screen, and a caller is just reading out the number; Esc ends it with one key.
 */
export function OrderTabKeys({ locked }: { locked: boolean }): null {
  const { t } = useTranslation('checkout')
  const { tabs, current, show } = useOrderTabs(!locked)
  const queries = useQueryClient()
  const latest = useRef({ tabs, current, show, t })
  useEffect(() => {
    latest.current = { tabs, current, show, t }
  })
  useEffect(() => {
    if (locked) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (isComposing(event) || event.defaultPrevented || event.repeat) return
      const now = latest.current
      const at = now.tabs.findIndex((tab) => tab === now.current)
      const wanted = wantedTab(event, now.tabs, at)
      if (!wanted) return
      event.preventDefault()
      if (dialogIsOpen()) notifications.show({ id: 'tab-stays', message: now.t('tabs.dialogOpen') })
      else if (wanted !== now.current) now.show(wanted)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [locked])
  useEffect(
    () => () => {
      draftStore.clear()
      queries.removeQueries({ queryKey: api.orderTabs.key() })
    },
    [queries],
  )
  return null
}
