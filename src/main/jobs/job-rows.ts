import type { CompiledQuery, Kysely } from 'kysely'
import { z } from 'zod'
import { JobKind, type JobView } from '../../contract/jobs'
import type { Database } from '../db/database.types'
import { prepared } from '../db/prepared'
import { liveJob, type LiveJob } from './live-job'

const Given = z.object({ title: z.string(), subjectId: z.string().nullable(), input: z.unknown() })

/** A new job, waiting. */
export function insertJob(
  db: Kysely<Database>,
  job: LiveJob,
  by: { owner: string; person: string; now: number },
): CompiledQuery {
  const { id, kind, title, subjectId } = job.shown
  return db
    .insertInto('job')
    .values({
      id,
      kind,
      state: 'waiting',
      owner: by.owner,
      started_by: by.person,
      input: JSON.stringify({ title, subjectId, input: job.input }),
      done: 0,
      total: 0,
      cancel_wanted: 0,
      result: null,
      cause: null,
      created_at: by.now,
      started_at: null,
      finished_at: null,
      version: 1,
    })
    .compile()
}

/** Jobs of this installation that have not come to an end. */
export async function openJobs(db: Kysely<Database>, owner: string): Promise<LiveJob[]> {
  const rows = await db
    .selectFrom('job')
    .selectAll()
    .where('owner', '=', owner)
    .where('state', 'in', ['waiting', 'running', 'asking', 'failed'])
    .orderBy('created_at')
    .execute()
  return rows.map((row) => {
    const { title, subjectId, input } = Given.parse(JSON.parse(row.input))
    const { done, total, cause } = row
    return liveJob(
      { id: row.id, kind: JobKind.parse(row.kind), title, subjectId, input },
      { state: row.state, done, total, cause, cancelWanted: row.cancel_wanted === 1 },
    )
  })
}

export async function writeState(
  db: Kysely<Database>,
  job: { id: string; state: JobView['state']; cause: string | null; now: number },
): Promise<void> {
  const { id, state, cause, now } = job
  const ended = state === 'done' || state === 'cancelled' || state === 'failed'
  await db
    .updateTable('job')
    .set((eb) => ({
      state,
      cause,
      version: eb('version', '+', 1),
      ...(state === 'running' ? { started_at: now } : {}),
      ...(ended ? { finished_at: now } : {}),
    }))
    .where('id', '=', id)
    .execute()
}

export const progressing = prepared<'id' | 'done' | 'total', unknown>((db, slot) =>
  db
    .updateTable('job')
    .set({ done: slot('done'), total: slot('total') })
    .where('id', '=', slot('id')),
)
