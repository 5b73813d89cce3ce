import { z } from 'zod'
import { describeError, refusalCode } from '../../lib/client'
import type { Refused } from './calls'

const WithFields = z.object({
  data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
})

/** What a call of the checkout threw, as the draft understands it. */
export function readRefusal(error: unknown): Refused {
  const code = refusalCode(error)
  switch (code) {
    case 'UNAUTHORIZED':
    case 'LOCKED':
      return { kind: 'shut' }
    case 'STALE':
    case 'WRONG_STAGE':
      return { kind: 'moved' }
    case 'INVALID_FORM': {
      const refusal = WithFields.safeParse(error)
      if (refusal.success) return { kind: 'faults', faults: refusal.data.data.fields }
    }
  }
  const { message, supportCode } = describeError(error)
  return { kind: 'trouble', message: code === null ? null : message, supportCode }
}
