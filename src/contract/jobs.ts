import { z } from 'zod'
import { procedure } from './procedure'
import { Id, Instant } from './values'

export const JobKind = z.enum([
  'customer-import',
  'customer-undo',
  'subscription-run',
  'subscription-import',
  'subscription-bulk',
])
export type JobKind = z.infer<typeof JobKind>

export const JobState = z.enum(['waiting', 'running', 'asking', 'done', 'cancelled', 'failed'])
export type JobState = z.infer<typeof JobState>

/** Long work as the screens show it: how far it is, and how long it may still take. */
export const JobView = z.object({
  id: Id,
  kind: JobKind,
  /** `asking` waits for a person's decision. */
  state: JobState,
  /** What it works on, in a few words for people: the name of a file. */
  title: z.string(),
  /** The row that it belongs to; null when it has none. */
  subjectId: Id.nullable(),
  done: z.int(),
  /** 0: not known yet. */
  total: z.int(),
  secondsLeft: z.int().nullable(),
  cancelWanted: z.boolean(),
  /** Support code of a job that failed. */
  cause: z.string().nullable(),
  startedAt: Instant.nullable(),
})
export type JobView = z.infer<typeof JobView>

export const jobs = {
  /** Work that goes on, waits, asks, or has ended since the desk was opened; the oldest first. */
  live: procedure('home.read').output(z.array(JobView)),
}
