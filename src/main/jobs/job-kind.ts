import type { DeskDatabase, OpenConfig, Statement } from '../db/open-database'
import type { Clock } from '../platform/clock'
import type { Log } from '../platform/log'

/** How a piece of work came to an end; `asking` waits for a person, and `wake` lets it go on. */
export type JobEnd = 'done' | 'cancelled' | 'asking'

/** What a running job is handed. */
export interface JobContext {
  readonly id: string
  /** As it was given at the start; each kind parses its own. */
  readonly input: unknown
  readonly database: DeskDatabase
  /** For connections of its own: what it reads for long goes past the writing thread. */
  readonly config: OpenConfig
  readonly clock: Clock
  readonly log: Log
  /** A person wants it to stop. */
  cancelWanted(): boolean
  /** The desk is being closed: leave at once, the rest comes after the next start. */
  readonly closing: AbortSignal
  /** Shows how far it is; the statement keeps it, in the batch that did the work. */
  progress(done: number, total: number): Statement
}

/** A kind of long work. `run` is called again from the beginning after a crash: it goes on from what the rows say. */
export interface JobRunner {
  /** Jobs of one lane wait for each other: one that writes at a time. */
  readonly lane: 'write' | 'read'
  run(context: JobContext): Promise<JobEnd>
}
