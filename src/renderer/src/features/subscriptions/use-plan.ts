import { ORPCError } from '@orpc/client'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { TurnTry } from '../../../../contract/subscription-form'
import { client, describeError } from '../../lib/client'
import { useDebounced } from '../../ui/use-debounced'
import { readPlan, type PlanDraft } from './plan-form'
import { planStore } from './plan-store'

const PAUSE_MS = 200
const Refused = z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) })

/** Sentences of refused fields by their path; none when it was something else. */
function refusedFields(error: unknown): ReadonlyMap<string, string> {
  const refused = error instanceof ORPCError ? Refused.safeParse(error.data) : null
  return new Map(refused?.success ? refused.data.fields.map(({ path, message }) => [path, message]) : [])
}

/** What the dates of the deliveries follow from. */
const DATED = [
  'customerId',
  'prefecture',
  'rule',
  'startOn',
  'lastTurn',
] as const satisfies readonly (keyof PlanDraft)[]

/** The form of the simulator, and the deliveries that follow from it a moment after the last key. */
export function usePlan(customerId: string | null) {
  const { t } = useTranslation('subscriptions')
  const [draft, setDraft] = useState<PlanDraft>(() => {
    const kept = planStore.read()
    return customerId === null ? kept : { ...kept, customerId }
  })
  const keep = (next: PlanDraft) => {
    planStore.keep(next)
    setDraft(next)
  }
  // Other dates: what was tried of the old ones says nothing any more.
  const change = (part: Partial<PlanDraft>) =>
    keep({ ...draft, ...(DATED.some((key) => key in part) ? { tries: [] } : {}), ...part })
  const read = readPlan(draft)
  const settled = useDebounced(draft, PAUSE_MS)
  const asked = readPlan(settled)
  const form = asked.ok ? asked.form : null
  const plan = useQuery({
    queryKey: ['subscription-plan', form, settled.tries],
    // With the rule that it follows from: the words of its shifts are about that one, whatever is typed meanwhile.
    queryFn:
      form === null
        ? skipToken
        : async ({ signal }) => ({
            rule: form.rule,
            turns: await client.subscriptions.simulate({ form, tries: [...settled.tries] }, { signal }),
          }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  })
  /** Tries changes of single turns; the answer says why they cannot be, then the plan stays as it is. */
  const attempt = async (tries: readonly TurnTry[]): Promise<string | null> => {
    if (!read.ok) return t('plan.wait')
    try {
      await client.subscriptions.simulate({ form: read.form, tries: [...tries] })
    } catch (error) {
      const [message] = refusedFields(error).values()
      return message ?? describeError(error).message
    }
    // What was typed while main looked at it stays; other dates by now, and the tries are of the past.
    setDraft((now) => {
      if (DATED.some((key) => now[key] !== draft[key])) return now
      const next = { ...now, tries }
      planStore.keep(next)
      return next
    })
    return null
  }
  const fields = plan.isError ? refusedFields(plan.error) : new Map<string, string>()
  return {
    draft,
    change,
    attempt,
    isReadable: read.ok,
    /** What is wrong with the field of a path, in words. */
    faultOf: (path: string): string | undefined =>
      fields.get(path) ?? (!read.ok && read.paths.has(path) ? t('required') : undefined),
    shown: plan.data,
    isAsking: plan.isPending && form !== null,
    /** What is shown was worked out for what was typed before. */
    isOld: !read.ok || draft !== settled || plan.isPlaceholderData,
    error: plan.isError && fields.size === 0 ? plan.error : null,
    retry: () => void plan.refetch(),
  }
}
export type Plan = ReturnType<typeof usePlan>
