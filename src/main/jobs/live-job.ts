import type { JobKind, JobView } from '../../contract/jobs'

type Shown = Omit<JobView, 'secondsLeft'>

/** A job of this session, as it changes while it runs. */
export interface LiveJob {
  shown: Shown
  readonly input: unknown
  /** When the screens were last told of it. */
  told: number
  /** Where it stood when it began to run this time: its speed is measured from here. */
  measured: { readonly at: number; readonly done: number } | null
}

export const liveJob = (
  job: {
    readonly id: string
    readonly kind: JobKind
    readonly title: string
    readonly subjectId: string | null
    readonly input: unknown
  },
  more: Partial<Shown> = {},
): LiveJob => ({
  shown: {
    id: job.id,
    kind: job.kind,
    state: 'waiting',
    title: job.title,
    subjectId: job.subjectId,
    done: 0,
    total: 0,
    cancelWanted: false,
    cause: null,
    startedAt: null,
    ...more,
  },
  input: job.input,
  told: 0,
  measured: null,
})

/** A guess from so short a time would jump about. */
const MEASURE_MS = 2_000

/** Whole seconds that it may still take at the speed so far; null while that is not known. */
function secondsLeft({ shown, measured }: LiveJob, now: number): number | null {
  if (shown.state !== 'running' || !measured || shown.total === 0) return null
  const [ms, moved] = [now - measured.at, shown.done - measured.done]
  if (ms < MEASURE_MS || moved <= 0) return null
  return Math.max(0, Math.ceil(((shown.total - shown.done) * ms) / moved / 1000))
}

export const viewOf = (job: LiveJob, now: number): JobView => ({
  ...job.shown,
  secondsLeft: secondsLeft(job, now),
})
