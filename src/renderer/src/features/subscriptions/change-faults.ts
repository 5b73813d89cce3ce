import { ORPCError } from '@orpc/client'
import { z } from 'zod'

const Why = z.object({ why: z.string() })
const Fields = z.object({
  fields: z.array(z.object({ path: z.string(), message: z.string() })).min(1),
})

/** Sentences of refused fields by their path; none when it was something else. */
export function faultsOf(error: unknown): ReadonlyMap<string, string> {
  const refused = error instanceof ORPCError ? Fields.safeParse(error.data) : null
  return new Map(refused?.success ? refused.data.fields.map(({ path, message }) => [path, message]) : [])
}

/** What stands in the way, in the words of main; null when it is something for the error panel. */
export function refusalWords(error: unknown): string | null {
  if (!(error instanceof ORPCError)) return null
  const why = Why.safeParse(error.data)
  if (why.success) return why.data.why
  const faults = faultsOf(error)
  if (faults.size > 0) return [...new Set(faults.values())].join(' ')
  return error.defined ? error.message : null
}
