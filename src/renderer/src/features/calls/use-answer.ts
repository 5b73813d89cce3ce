import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { CallView } from '../../../../contract/calls'
import { api, describeError } from '../../lib/client'

/** Leads to the caller: the customer, the choice among several, or a new order. */
export function useCaller(onChoose: (call: CallView) => void): (call: CallView) => void {
  const [, go] = useLocation()
  return (call) => {
    if (call.match.kind === 'several') return onChoose(call)
    if (call.match.kind === 'one') return go(`/customers/${call.match.customerId}`)
    go(call.checkoutId === null ? `/checkout/new?call=${call.id}` : `/checkout/${call.checkoutId}`)
  }
}

/** 応答: takes a call and leads to the caller. A call that somebody else has taken says so. */
export function useAnswer(onChoose: (call: CallView) => void): (id: string) => void {
  const toCaller = useCaller(onChoose)
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: api.calls.key() })
  const answering = useMutation(
    api.calls.answer.mutationOptions({
      onSuccess: (call) => {
        void refresh()
        toCaller(call)
      },
      onError: (error) => {
        void refresh()
        notifications.show({ message: describeError(error).message, color: 'red' })
      },
    }),
  )
  return (id) => {
    if (!answering.isPending) answering.mutate({ id })
  }
}
