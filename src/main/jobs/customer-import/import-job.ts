import { z } from 'zod'
import { smallCheckpoints } from '../../db/checkpoints'
import { UniqueViolation } from '../../db/errors'
import { mergeSearchStep, putOffSearchMerges } from '../../db/search-merge'
import { expectSameFile } from '../csv-import/same-file'
import type { JobContext, JobEnd, JobRunner } from '../job-kind'
import { Pace } from '../pace'
import { applyChanges } from './apply-changes'
import { chunkStatements, loadImport, moveImport, type ImportRow } from './import-rows'
import type { ImportTask, StagedChunk } from './messages'
import { readPlan } from './plan'
import { startReading, type ReaderThread } from './reader-thread'
import { removeImport } from './remove-import'

const Input = z.object({ importId: z.uuid() })

/** Pages of the search index that are joined in one step, and after how many chunks. */
const MERGE_PAGES = { first: 40, least: 8, most: 150 }
const CHUNK_ROWS = { first: 60, least: 20, most: 400 }

type Read = 'end' | 'asking' | 'cancel' | 'closing'

/** Reads the rest of the file, chunk by chunk. */
async function readFile(context: JobContext, row: ImportRow): Promise<Read> {
  await expectSameFile(row)
  const { database } = context
  const task: ImportTask = {
    work: 'customer-import',
    config: context.config,
    importId: row.id,
    path: row.file_path,
    plan: readPlan(row.plan),
    from: { byte: row.byte_offset, line: row.line === 0 ? 1 : row.line },
    numberBase: row.number_base,
    now: row.created_at,
  }
  const thread = startReading(task, database)
  const pace = new Pace(CHUNK_ROWS)
  const merging = new Pace(MERGE_PAGES)
  let chunks = row.chunk
  const write = async (chunk: StagedChunk) => {
    const statements = chunkStatements(database, { id: row.id, chunk: chunks }, chunk)
    const from = performance.now()
    await database.batch([...statements, context.progress(chunk.byte, row.file_size)])
    pace.took(performance.now() - from)
    chunks++
  }
  try {
    for (;;) {
      if (context.closing.aborted) return 'closing'
      if (context.cancelWanted()) return 'cancel'
      const handed = await thread.next(pace.size)
      if (handed === 'end') return 'end'
      if ('broken' in handed) {
        await keepQuestion(context, handed.broken)
        return 'asking'
      }
      await writeOrLookAgain(thread, handed, write)
      const from = performance.now()
      await mergeSearchStep(database, merging.size)
      merging.took(performance.now() - from)
    }
  } finally {
    await thread.close()
  }
}

const LOOKS = 5

/** Another seat may have made a customer of the same number in the meantime: then the rows are looked up once more. */
async function writeOrLookAgain(
  thread: ReaderThread,
  handed: { chunk: StagedChunk },
  write: (chunk: StagedChunk) => Promise<void>,
): Promise<void> {
  let current = handed
  for (let look = 1; ; look++) {
    try {
      return await write(current.chunk)
    } catch (error) {
      if (!(error instanceof UniqueViolation) || look === LOOKS) throw error
      const again = await thread.again()
      if (again === 'end' || 'broken' in again) throw error
      current = again
    }
  }
}

async function keepQuestion({ database, id }: JobContext, row: object): Promise<void> {
  await database.db
    .updateTable('job')
    .set({ result: JSON.stringify(row) })
    .where('id', '=', id)
    .execute()
}

/** Joins what is left of the search index in small steps, and lets it join by itself again. */
async function settleSearch({ database, closing }: JobContext): Promise<void> {
  const pace = new Pace(MERGE_PAGES)
  for (;;) {
    if (closing.aborted) return
    const from = performance.now()
    if (!(await mergeSearchStep(database, pace.size))) break
    pace.took(performance.now() - from)
  }
  await putOffSearchMerges(database, false)
}

/**
 * Brings an import to its end from wherever it stands: reads the file into hidden rows, shows them all by one switch, then
 * changes the customers who were here before. A cancelled one is taken out again.
 */
async function runImport(context: JobContext): Promise<JobEnd> {
  const { importId } = Input.parse(context.input)
  const { database, clock } = context
  const row = await loadImport(database.db, importId)
  if (row.state === 'reading') {
    await putOffSearchMerges(database, true)
    await smallCheckpoints(database, true)
    const read = context.cancelWanted()
      ? 'cancel'
      : await readFile(context, row).finally(() => smallCheckpoints(database, false))
    if (read === 'asking') return 'asking'
    if (read === 'closing') return 'done'
    await settleSearch(context)
    if (context.closing.aborted) return 'done'
    await moveImport(database.db, importId, 'reading', { state: read === 'end' ? 'staged' : 'cancelled' })
  }
  await moveImport(database.db, importId, 'staged', {
    state: 'visible',
    hidden: 0,
    visible_at: clock.now(),
  })
  const { state } = await loadImport(database.db, importId)
  if (state === 'cancelled') {
    await removeImport(context, importId)
    return 'cancelled'
  }
  await applyChanges(context, importId)
  return 'done'
}

export const importRunner: JobRunner = { lane: 'write', run: runImport }
