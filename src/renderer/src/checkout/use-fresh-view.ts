import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../lib/client'
import { useDraft } from './draft/draft-context'

/** Takes what main tells of this checkout by itself (a payment that moved): the shell marks the query as old. */
export function useFreshView(): void {
  const draft = useDraft()
  const { checkoutId, purpose } = draft.state().view
  const { data, isFetchedAfterMount } = useQuery({
    ...api.checkout.get.queryOptions({ input: { checkoutId } }),
    initialData: () => draft.state().view,
    staleTime: Infinity,
  })
  useEffect(() => {
    if (!isFetchedAfterMount) return
    // What an order knows of itself is not all of a 定期: it is asked for its own.
    if (purpose === 'subscription') void draft.refresh()
    else draft.take(data)
  }, [draft, purpose, data, isFetchedAfterMount])
}
