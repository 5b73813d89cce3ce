import { ORPCError } from '@orpc/client'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import type { SubscriptionDetail } from '../../../../contract/subscription-views'
import { api, refusalCode } from '../../lib/client'

const Why = z.object({ why: z.string() })
const Fields = z.object({ fields: z.array(z.object({ message: z.string() })).min(1) })

/** What stands in the way, in the words of main; null when it is something for the error panel. */
function wordsOf(error: unknown): string | null {
  if (!(error instanceof ORPCError)) return null
  const why = Why.safeParse(error.data)
  if (why.success) return why.data.why
  const fields = Fields.safeParse(error.data)
  if (fields.success) return fields.data.fields.map(({ message }) => message).join(' ')
  return error.defined ? error.message : null
}

/** What every change of a contract goes with. */
export interface ChangeBase {
  readonly id: string
  readonly version: number
  readonly override: string
}

interface Change {
  readonly detail: SubscriptionDetail
  /** What to say when it is done. */
  readonly said: string
  readonly onDone: () => void
}

/**
 * One change of a contract under its dialog: behind the deadline it asks for a reason, and where another screen was
 * faster the newest contract is fetched and the person decides again.
 */
export function useSubscriptionChange({ detail, said, onDone }: Change) {
  const queries = useQueryClient()
  const [override, setOverride] = useState('')
  const change = useMutation({
    mutationFn: (act: (base: ChangeBase) => Promise<SubscriptionDetail>) =>
      act({ id: detail.id, version: detail.version, override: override.trim() }),
    onSuccess: async (saved) => {
      queries.setQueryData(api.subscriptions.get.queryKey({ input: { id: saved.id } }), saved)
      notifications.show({ message: said, color: 'accent' })
      onDone()
      await Promise.all([
        queries.invalidateQueries({ queryKey: api.subscriptions.key() }),
        queries.invalidateQueries({ queryKey: api.subscriptionInsights.key() }),
      ])
    },
    onError: async (error) => {
      if (refusalCode(error) === 'STALE') {
        await queries.invalidateQueries({ queryKey: api.subscriptions.key() })
      }
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
    refused: code === 'STALE' || code === 'PAST_DEADLINE' ? null : wordsOf(error),
    error: error !== null && code !== 'STALE' && wordsOf(error) === null ? error : null,
    isRunning: change.isPending,
    run: (act: (base: ChangeBase) => Promise<SubscriptionDetail>) => {
      if (!change.isPending) change.mutate(act)
    },
  }
}
export type SubscriptionChange = ReturnType<typeof useSubscriptionChange>
