import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriptionDetail } from '../../../../contract/subscription-views'
import { api, refusalCode } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { refusalWords } from './change-faults'
import { tellUndo } from './tell-undo'

/** What every change of a contract goes with. */
export interface ChangeBase {
  readonly id: string
  readonly version: number
  readonly override: string
}
type Act = (base: ChangeBase) => Promise<SubscriptionDetail>

interface Change {
  readonly detail: SubscriptionDetail
  /** What to say when it is done. */
  readonly said: string
  readonly onDone: () => void
  /** Takes it back; left out where nothing does so faithfully. */
  readonly undo?: Act | undefined
}

/** Keeps what main answered to a change, and lets all lists follow. */
function useKeep() {
  const queries = useQueryClient()
  return {
    keep: (saved: SubscriptionDetail) =>
      void queries.setQueryData(api.subscriptions.get.queryKey({ input: { id: saved.id } }), saved),
    refresh: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: api.subscriptions.key() }),
        queries.invalidateQueries({ queryKey: api.subscriptionInsights.key() }),
      ]),
  }
}

/**
 * One change of a contract under its dialog: behind the deadline it asks for a reason, and where another screen was
 * faster the newest contract is fetched and the person decides again.
 */
export function useSubscriptionChange({ detail, said, onDone, undo }: Change) {
  const { t } = useTranslation('subscriptionDesk')
  const { keep, refresh } = useKeep()
  const [override, setOverride] = useState('')
  const reason = override.trim()
  const takeBack = async (act: Act, { id, version }: SubscriptionDetail) => {
    try {
      keep(await act({ id, version, override: reason }))
      notifications.show({ message: t('restore.done'), color: 'accent' })
    } catch (error) {
      tellError(error)
    }
    await refresh()
  }
  const change = useMutation({
    mutationFn: (act: Act) => act({ id: detail.id, version: detail.version, override: reason }),
    onSuccess: async (saved) => {
      keep(saved)
      if (undo === undefined) notifications.show({ message: said, color: 'accent' })
      else {
        const id = `subscription-${detail.id}`
        tellUndo({ id, said, undo: t('restore.yes'), onUndo: () => void takeBack(undo, saved) })
      }
      onDone()
      await refresh()
    },
    onError: async (error) => {
      if (refusalCode(error) === 'STALE') await refresh()
    },
  })
  const { error } = change
  const code = refusalCode(error)
  return {
    override,
    setOverride,
    /** The deadline of the next turn is over: a reason is needed. */
    asksReason: code === 'PAST_DEADLINE',
    isStale: code === 'STALE',
    refused: code === 'STALE' || code === 'PAST_DEADLINE' ? null : refusalWords(error),
    error: error !== null && code !== 'STALE' && refusalWords(error) === null ? error : null,
    isRunning: change.isPending,
    run: (act: Act) => {
      if (!change.isPending) change.mutate(act)
    },
  }
}
export type SubscriptionChange = ReturnType<typeof useSubscriptionChange>
