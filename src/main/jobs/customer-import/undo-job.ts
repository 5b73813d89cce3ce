import { z } from 'zod'
import { sql } from 'kysely'
import type { JobContext, JobEnd, JobRunner } from '../job-kind'
import { revertChanges } from './apply-changes'
import { loadImport, moveImport } from './import-rows'
import { keepTouched, removeImport } from './remove-import'

const Input = z.object({ importId: z.uuid() })

/**
 * Takes a visible import out again: who has been touched since is let go first, then one switch hides all others, and they
 * are deleted behind it. Changed customers get back what they had.
 */
async function runUndo(context: JobContext): Promise<JobEnd> {
  const { importId } = Input.parse(context.input)
  const { database, closing } = context
  const { state } = await loadImport(database.db, importId)
  if (state === 'undone') return 'done'
  if (state === 'visible') {
    await keepTouched(context, importId)
    if (closing.aborted) return 'done'
    await moveImport(database.db, importId, 'visible', { state: 'undoing', hidden: 1 })
  }
  await revertChanges(context, importId, ({ id, number }) => ({
    query: sql`insert into customer_import_kept (import_id, customer_id, customer_number, reason)
      values (${importId}, ${id}, ${number}, 'edited') on conflict do nothing`.compile(database.db),
  }))
  if (!closing.aborted) await removeImport(context, importId)
  return 'done'
}

export const undoRunner: JobRunner = { lane: 'write', run: runUndo }
