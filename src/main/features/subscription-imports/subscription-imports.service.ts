import type { Session } from '../../../contract/auth'
import {
  ReadyContract,
  type SubscriptionFileReading,
  type SubscriptionImportDetail,
  type SubscriptionImportSummary,
} from '../../../contract/subscription-imports'
import { ExpectationFailed } from '../../db/errors'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import { saveFaults, shownFaults, type CsvImportsDeps } from '../csv-imports/csv-imports.service'
import { findImport, firstReady, keptContracts, type ListedImport } from './subscription-imports.repository'

const SHOWN = 100
const SHOWN_READY = 50

export const summaryOf = (row: ListedImport): SubscriptionImportSummary => ({
  id: row.id,
  state: row.state,
  fileName: row.file_name,
  startedBy: row.started_by_name,
  createdAt: row.created_at,
  visibleAt: row.visible_at,
  undoneAt: row.undone_at,
  counts: {
    read: row.rows_read,
    good: row.rows_good,
    broken: row.rows_broken,
    noCard: row.rows_no_card,
    written: row.rows_written,
    kept: row.rows_kept,
  },
})

async function importOf(deps: CsvImportsDeps, id: string): Promise<ListedImport> {
  const row = await findImport(deps.database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

/** Everything of one import: how far it is, what it would take, and what it does not take. */
export async function importDetail(deps: CsvImportsDeps, id: string): Promise<SubscriptionImportDetail> {
  const { db } = deps.database
  const row = await importOf(deps, id)
  const [ready, faults, kept] = await Promise.all([
    firstReady(db, id, SHOWN_READY),
    shownFaults(db, 'subscription', id),
    keptContracts(db, id, SHOWN),
  ])
  return {
    ...summaryOf(row),
    job: row.job_id === null ? null : deps.jobs.view(row.job_id),
    ready: ready.map(({ line, shown }) => ({ line, ...ReadyContract.parse(JSON.parse(shown)) })),
    faults,
    kept,
  }
}

/** Puts the work of an import into the queue, in the transaction that moves it there. */
async function work(
  deps: CsvImportsDeps,
  session: Session,
  row: { readonly id: string; readonly title: string },
  move: { readonly from: ListedImport['state']; readonly to: ListedImport['state'] },
): Promise<void> {
  const { db } = deps.database
  try {
    await deps.jobs.start({
      kind: 'subscription-import',
      title: row.title,
      subjectId: row.id,
      input: { importId: row.id },
      by: session.userId,
      with: (jobId) => [
        {
          query: db
            .updateTable('subscription_import')
            .set((eb) => ({ job_id: jobId, state: move.to, version: eb('version', '+', 1) }))
            .where('id', '=', row.id)
            .where('state', '=', move.from)
            .compile(),
          expect: { changes: 1 },
        },
      ],
    })
  } catch (error) {
    if (error instanceof ExpectationFailed) throw new Refusal('NOT_NOW')
    throw error
  }
}

/** Writes the import and lets its file be looked at; nothing becomes a contract. */
export async function checkImport(
  deps: CsvImportsDeps,
  session: Session,
  input: { fileId: string; reading: SubscriptionFileReading },
): Promise<{ id: string }> {
  const file = await deps.files.get(input.fileId)
  const id = newId()
  await deps.database.db
    .insertInto('subscription_import')
    .values({
      id,
      state: 'checking',
      file_name: file.name,
      file_path: file.path,
      file_size: file.size,
      file_stamp: file.stamp,
      reading: JSON.stringify(input.reading),
      byte_offset: 0,
      line: 0,
      chunk: 0,
      rows_read: 0,
      rows_good: 0,
      rows_broken: 0,
      rows_no_card: 0,
      rows_written: 0,
      rows_kept: 0,
      job_id: null,
      shop_id: session.shop.id,
      started_by: session.userId,
      created_at: deps.clock.now(),
      visible_at: null,
      undone_at: null,
      version: 1,
    })
    .execute()
  await work(deps, session, { id, title: file.name }, { from: 'checking', to: 'checking' })
  return { id }
}

export async function writeImport(deps: CsvImportsDeps, session: Session, id: string): Promise<null> {
  const row = await importOf(deps, id)
  if (row.state !== 'checked' || row.rows_good === 0) throw new Refusal('NOT_NOW')
  await work(deps, session, { id, title: row.file_name }, { from: 'checked', to: 'writing' })
  return null
}

export async function undoImport(deps: CsvImportsDeps, session: Session, id: string): Promise<null> {
  const row = await importOf(deps, id)
  if (row.state !== 'visible') throw new Refusal('NOT_NOW')
  await work(deps, session, { id, title: row.file_name }, { from: 'visible', to: 'undoing' })
  return null
}

/** Gives up an import that is not visible. One that waits for a person has no work to stop. */
export async function cancelImport(deps: CsvImportsDeps, id: string): Promise<null> {
  const { database, jobs } = deps
  const row = await importOf(deps, id)
  if (row.state === 'checked') {
    const { db } = database
    const moved = db
      .updateTable('subscription_import')
      .set((eb) => ({ state: 'cancelled' as const, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .where('state', '=', 'checked')
    const dropped = db.deleteFrom('subscription_import_row').where('import_id', '=', id)
    await database
      .batch([{ query: moved.compile(), expect: { changes: 1 } }, { query: dropped.compile() }])
      .catch((error: unknown) => {
        throw error instanceof ExpectationFailed ? new Refusal('NOT_NOW') : error
      })
    return null
  }
  if ((row.state !== 'checking' && row.state !== 'writing') || row.job_id === null)
    throw new Refusal('NOT_NOW')
  await jobs.cancel(row.job_id)
  return null
}

export async function resumeImport(deps: CsvImportsDeps, id: string): Promise<null> {
  const { job_id: jobId } = await importOf(deps, id)
  if (jobId === null || deps.jobs.view(jobId)?.state !== 'failed') throw new Refusal('NOT_NOW')
  await deps.jobs.wake(jobId)
  return null
}

/** Saves every row that is not taken, with the reason, where the person chooses. */
export const saveReport = async (deps: CsvImportsDeps, id: string) =>
  saveFaults(deps, 'subscription', await importOf(deps, id), '定期取込_取り込めない行')
