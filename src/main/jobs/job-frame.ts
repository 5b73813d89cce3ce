import type { JobKind, JobView } from '../../contract/jobs'
import type { DeskEvent } from '../../contract/system'
import type { DeskDatabase, OpenConfig, Statement } from '../db/open-database'
import type { Clock } from '../platform/clock'
import type { Emitter } from '../platform/emitter'
import { newId } from '../platform/ids'
import type { Jobs, NewJob } from '../platform/jobs.port'
import { newSupportCode, type Log } from '../platform/log'
import { Refusal } from '../platform/refusal'
import type { JobRunner } from './job-kind'
import { insertJob, openJobs, progressing, writeState } from './job-rows'
import { liveJob, viewOf, type LiveJob } from './live-job'

export interface FrameDeps {
  readonly database: DeskDatabase
  readonly config: OpenConfig
  readonly clock: Clock
  readonly log: Log
  readonly events: Emitter<DeskEvent>
  /** This installation: only its own jobs go on here, their files are on this PC. */
  readonly owner: string
  readonly runners: Readonly<Record<JobKind, JobRunner>>
}

export interface JobFrame extends Jobs {
  /** Goes on with what a crash or the end of the last session has left. */
  resume(): Promise<void>
  /** Leaves all work where it is, and waits until nothing runs. */
  close(): Promise<void>
}

/** The screens are told of progress at most this often. */
const TELL_EVERY_MS = 250

const words = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : 'unknown')

/** Long work beside the desk: a row for each job, one after the other in each lane, resumed after a restart. */
export const jobFrame = (deps: FrameDeps): JobFrame => new Frame(deps)

class Frame implements JobFrame {
  readonly #deps: FrameDeps
  readonly #jobs = new Map<string, LiveJob>()
  readonly #closing = new AbortController()
  readonly #lanes = new Map<JobRunner['lane'], Promise<void>>()

  constructor(deps: FrameDeps) {
    this.#deps = deps
  }

  async start({ by, with: beside, ...work }: NewJob): Promise<string> {
    const { database, owner, clock } = this.#deps
    const job = liveJob({ ...work, id: newId() })
    const row = insertJob(database.db, job, { owner, person: by, now: clock.now() })
    await database.batch([{ query: row }, ...(beside?.(job.shown.id) ?? [])])
    this.#jobs.set(job.shown.id, job)
    this.#tell(job)
    this.#enqueue(job)
    return job.shown.id
  }

  async cancel(id: string): Promise<void> {
    const job = this.#known(id)
    const { db } = this.#deps.database
    await db.updateTable('job').set({ cancel_wanted: 1 }).where('id', '=', id).execute()
    job.shown = { ...job.shown, cancelWanted: true }
    this.#tell(job)
    await this.#goOn(job)
  }

  wake(id: string): Promise<void> {
    return this.#goOn(this.#known(id))
  }

  live(): JobView[] {
    const now = this.#deps.clock.now()
    return [...this.#jobs.values()].map((job) => viewOf(job, now))
  }

  view(id: string): JobView | null {
    const job = this.#jobs.get(id)
    return job ? viewOf(job, this.#deps.clock.now()) : null
  }

  async resume(): Promise<void> {
    const { database, owner } = this.#deps
    for (const job of await openJobs(database.db, owner)) {
      this.#jobs.set(job.shown.id, job)
      if (job.shown.state === 'waiting' || job.shown.state === 'running') this.#enqueue(job)
      else this.#tell(job)
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#lanes.values())
  }

  #known(id: string): LiveJob {
    const job = this.#jobs.get(id)
    if (!job) throw new Refusal('NOT_NOW')
    return job
  }

  async #goOn(job: LiveJob): Promise<void> {
    if (job.shown.state !== 'asking' && job.shown.state !== 'failed') return
    await this.#move(job, 'waiting')
    this.#enqueue(job)
  }

  #enqueue(job: LiveJob): void {
    const { lane } = this.#deps.runners[job.shown.kind]
    const mine = (this.#lanes.get(lane) ?? Promise.resolve())
      .then(() => this.#run(job))
      .catch((error: unknown) => this.#deps.log.error({ err: words(error) }, 'job lost'))
    this.#lanes.set(lane, mine)
  }

  async #run(job: LiveJob): Promise<void> {
    const { database, config, clock, log, runners } = this.#deps
    const { signal: closing } = this.#closing
    if (closing.aborted) return
    await this.#move(job, 'running')
    try {
      const end = await runners[job.shown.kind].run({
        id: job.shown.id,
        input: job.input,
        database,
        config,
        clock,
        log,
        cancelWanted: () => job.shown.cancelWanted,
        closing,
        progress: (done, total) => this.#progress(job, done, total),
      })
      if (!closing.aborted) await this.#move(job, end)
    } catch (error) {
      if (closing.aborted) return
      const supportCode = newSupportCode()
      log.error({ supportCode, kind: job.shown.kind, err: words(error) }, 'job failed')
      await this.#move(job, 'failed', supportCode)
    }
  }

  async #move(job: LiveJob, state: JobView['state'], cause: string | null = null): Promise<void> {
    const now = this.#deps.clock.now()
    const startedAt = state === 'running' ? now : job.shown.startedAt
    if (state === 'running') job.measured = null
    await writeState(this.#deps.database.db, { id: job.shown.id, state, cause, now })
    job.shown = { ...job.shown, state, cause, startedAt }
    this.#tell(job)
  }

  #progress(job: LiveJob, done: number, total: number): Statement {
    const now = this.#deps.clock.now()
    job.shown = { ...job.shown, done, total }
    job.measured ??= { at: now, done }
    if (now - job.told >= TELL_EVERY_MS) this.#tell(job)
    return { query: progressing(this.#deps.database.db, { id: job.shown.id, done, total }) }
  }

  #tell(job: LiveJob): void {
    job.told = this.#deps.clock.now()
    this.#deps.events.emit({ type: 'job', job: viewOf(job, job.told) })
  }
}
