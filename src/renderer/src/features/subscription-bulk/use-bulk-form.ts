import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { BulkWish } from '../../../../contract/subscription-bulk'
import { api, client } from '../../lib/client'
import { faultsOf } from '../subscriptions/change-faults'
import { wishOfDraft, type BulkDraft, type Faults } from './bulk-draft'

const NONE: Faults = new Map()

/** The form of a new 一括変更: what is typed, what is missing, and the way to the look at what would change. */
export function useBulkForm(first: BulkDraft) {
  const { t } = useTranslation('subscriptionBulk')
  const [draft, setDraft] = useState(first)
  const [missing, setMissing] = useState(NONE)
  const [, go] = useLocation()
  const queries = useQueryClient()
  const checking = useMutation({
    mutationFn: (wish: BulkWish) => client.subscriptionBulk.preview(wish),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: api.subscriptionBulk.key() })
      go(`/subscriptions/bulk/${id}`)
    },
  })
  const refused = faultsOf(checking.error)
  return {
    draft,
    change(part: Partial<BulkDraft>) {
      setDraft({ ...draft, ...part })
      setMissing(NONE)
      checking.reset()
    },
    faultOf(path: string): string | undefined {
      const fault = missing.get(path)
      return fault === undefined ? refused.get(path) : t(`missing.${fault}`)
    },
    check() {
      if (checking.isPending) return
      const answer = wishOfDraft(draft)
      if ('wish' in answer) checking.mutate(answer.wish)
      else setMissing(answer.faults)
    },
    isChecking: checking.isPending,
    /** What the fields cannot show. */
    error: checking.isError && refused.size === 0 ? checking.error : null,
  }
}
export type BulkForm = ReturnType<typeof useBulkForm>
