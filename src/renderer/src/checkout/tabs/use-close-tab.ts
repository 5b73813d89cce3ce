import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { OrderTab } from '../../../../contract/order-tabs'
import { api, client, describeError } from '../../lib/client'
import { draftStore } from '../draft/draft-store'

/** True when nothing was entered, neither at the last save nor since. */
function isUntouched(tab: OrderTab): boolean {
  const draft = draftStore.known(tab.checkoutId)
  return (
    tab.isEmpty && (draft === null || (draft.state().save === 'saved' && draft.state().view.version === 1))
  )
}

/** Closing asks, unless nothing was entered. What is not saved yet is saved first; when that fails, the tab stays. */
export function useCloseTab(tabs: readonly OrderTab[], current: OrderTab | null) {
  const { t } = useTranslation('checkout')
  const [, go] = useLocation()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<OrderTab | null>(null)

  async function closeNow(tab: OrderTab): Promise<void> {
    const draft = draftStore.known(tab.checkoutId)
    if (draft && !(await draft.flush())) {
      notifications.show({ message: t('tabs.notSaved'), color: 'red' })
      return
    }
    try {
      const left = await client.orderTabs.close({ checkoutId: tab.checkoutId })
      draftStore.forget(tab.checkoutId)
      queries.setQueryData(api.orderTabs.list.queryKey(), left)
      void queries.invalidateQueries({ queryKey: api.home.key() })
      if (tab.checkoutId !== current?.checkoutId) return
      const at = tabs.findIndex(({ checkoutId }) => checkoutId === tab.checkoutId)
      const next = left[Math.min(at, left.length - 1)]
      go(next ? `/checkout/${next.checkoutId}` : '/')
    } catch (error) {
      notifications.show({ message: describeError(error).message, color: 'red' })
    }
  }

  return {
    asking,
    close: (tab: OrderTab) => {
      if (isUntouched(tab)) void closeNow(tab)
      else setAsking(tab)
    },
    answer: (yes: boolean) => {
      setAsking(null)
      if (yes && asking) void closeNow(asking)
    },
  }
}
