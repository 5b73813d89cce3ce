import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../lib/client'
import { useDraft } from './draft/draft-context'

/** Takes what main tells of this checkout by itself (a payment that moved): the shell marks the query as old. */
export function useFreshView(): void {
  const draft = useDraft()
  const { checkoutId } = draft.state().view
  const { data, isFetchedAfterMount } = useQuery({
    ...api.checkout.get.queryOptions({ input: { checkoutId } }),
    initialData: () => draft.state().view,
    staleTime: Infinity,
  })
  useEffect(() => {
    if (isFetchedAfterMount) draft.take(data)
  }, [draft, data, isFetchedAfterMount])
}
