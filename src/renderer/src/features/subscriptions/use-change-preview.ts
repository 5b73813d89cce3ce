import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { PreviewedChange, SubscriptionDetail } from '../../../../contract/subscription-views'
import { client } from '../../lib/client'
import { useDebounced } from '../../ui/use-debounced'
import { faultsOf } from './change-faults'

/** What follows of a change, a moment after the last key; null while it is not filled in. */
export function useChangePreview(detail: SubscriptionDetail, change: PreviewedChange | null) {
  const asked = change === null ? null : JSON.stringify(change)
  const settled = useDebounced(asked)
  const preview = useQuery({
    queryKey: ['subscription-preview', detail.id, detail.version, settled],
    queryFn: ({ signal }) => {
      if (change === null) throw new Error('nothing to look at')
      return client.subscriptions.preview({ id: detail.id, change }, { signal })
    },
    enabled: settled !== null && settled === asked,
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  })
  const faults = change === null ? new Map<string, string>() : faultsOf(preview.error)
  const rule =
    change?.kind === 'rule' ? change.rule : change?.kind === 'update' ? change.fields.rule : detail.rule
  return {
    rule,
    isEmpty: change === null,
    isPending: change !== null && preview.isPending,
    error: change === null ? null : preview.error,
    plan: change === null ? undefined : preview.data,
    /** What main says of the field of a path. */
    faultOf: (path: string): string | undefined => faults.get(path),
  }
}
export type Preview = ReturnType<typeof useChangePreview>
