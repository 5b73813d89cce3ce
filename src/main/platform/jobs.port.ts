import type { CompiledQuery } from 'kysely'
import type { JobKind, JobView } from '../../contract/jobs'

/** Work to be done. */
export interface NewJob {
  readonly kind: JobKind
  /** For people: the name of a file. */
  readonly title: string
  readonly subjectId: string | null
  /** Kept as JSON; its kind knows the shape. */
  readonly input: unknown
  readonly by: string
  /** Statements that stand and fall with the job's row. */
  readonly with?: (jobId: string) => readonly { readonly query: CompiledQuery }[]
}

/** Long work beside the desk, as features ask for it. */
export interface Jobs {
  /** Puts work into the queue: it is a row before it begins, and goes on after a restart. Answers with its id. */
  start(job: NewJob): Promise<string>
  /** Asks a job to stop; it leaves things in order first. */
  cancel(id: string): Promise<void>
  /** Lets a job go on that asks, or that has failed. */
  wake(id: string): Promise<void>
  /** What the screens are shown. */
  live(): readonly JobView[]
  view(id: string): JobView | null
}
