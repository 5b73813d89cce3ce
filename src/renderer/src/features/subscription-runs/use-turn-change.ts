import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AttentionTurn } from '../../../../contract/subscription-run-views'
import { api, client, refusalCode } from '../../lib/client'
import { tellError } from '../../lib/tell-error'

/** What a person does with one turn of 要対応; the lists are asked for again behind it. */
export function useTurnChange(turn: AttentionTurn, onGone: () => void) {
  const { t } = useTranslation('subscriptionRuns')
  const queries = useQueryClient()
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: api.subscriptionRuns.key() }),
      queries.invalidateQueries({ queryKey: api.subscriptions.key() }),
      queries.invalidateQueries({ queryKey: api.orders.key() }),
      queries.invalidateQueries({ queryKey: api.home.key() }),
    ])
  const onError = (error: unknown) => {
    if (refusalCode(error) === 'STALE') notifications.show({ message: t('attention.stale'), color: 'yellow' })
    else tellError(error)
    void refresh()
  }
  const { cycleId, version } = turn
  const retry = useMutation({
    mutationFn: (cardId: string | null) => client.subscriptionRuns.retryNow({ cycleId, version, cardId }),
    onSuccess: async ({ outcome, code }) => {
      notifications.show({
        message: t(`attention.outcome.${outcome}`, { code: code ?? '' }),
        color: outcome === 'authorized' ? 'accent' : 'red',
      })
      await refresh()
      if (outcome === 'authorized') onGone()
    },
    onError,
  })
  const call = useMutation({
    mutationFn: (called: boolean) => client.subscriptionRuns.markCalled({ cycleId, version, called }),
    onSuccess: async ({ calledAt, subscription }) => {
      if (calledAt !== null)
        notifications.show({
          message: t('attention.called', { name: subscription.customer.name }),
          color: 'accent',
        })
      await refresh()
    },
    onError,
  })
  const skip = useMutation({
    mutationFn: () => client.subscriptionRuns.skipTurn({ cycleId, version }),
    onSuccess: async () => {
      notifications.show({ message: t('attention.skipped'), color: 'accent' })
      await refresh()
      onGone()
    },
    onError,
  })
  const move = useMutation({
    mutationFn: (deliverOn: string) => client.subscriptionRuns.moveTurn({ cycleId, version, deliverOn }),
    onSuccess: async () => {
      notifications.show({ message: t('attention.moved'), color: 'accent' })
      await refresh()
    },
  })
  return { retry, call, skip, move, refresh }
}
export type TurnChange = ReturnType<typeof useTurnChange>
