import { z } from 'zod'
import type { Session } from '../../../contract/auth'
import {
  ImportChoices,
  type FileReading,
  type ImportDetail,
  type ImportSummary,
} from '../../../contract/customer-imports'
import { firstFreeCustomerNumber } from '../../checkout/numbers'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import { saveFaults, shownFaults, type CsvImportsDeps } from '../csv-imports/csv-imports.service'
import {
  countFaults,
  findImport,
  keptCustomers,
  questionOf,
  type ListedImport,
} from './customer-imports.repository'

const Plan = z.object({ choices: ImportChoices }).loose()
const Question = z.object({ line: z.int(), reason: z.string(), raw: z.string() })

const SHOWN = 100

export const summaryOf = (row: ListedImport): ImportSummary => ({
  id: row.id,
  state: row.state,
  fileName: row.file_name,
  startedBy: row.started_by_name,
  createdAt: row.created_at,
  visibleAt: row.visible_at,
  undoneAt: row.undone_at,
  counts: {
    read: row.rows_read,
    added: row.rows_added,
    updated: row.rows_updated,
    skipped: row.rows_skipped,
    broken: row.rows_broken,
    kept: row.rows_kept,
  },
})

async function importOf(deps: CsvImportsDeps, id: string): Promise<ListedImport> {
  const row = await findImport(deps.database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

/** Everything of one import: how far it is, what it asks, and what it did not take. */
export async function importDetail(deps: CsvImportsDeps, id: string): Promise<ImportDetail> {
  const { db } = deps.database
  const row = await importOf(deps, id)
  const [faults, faultCount, kept, question, plan] = [
    await shownFaults(db, 'customer', id),
    await countFaults(db, id),
    await keptCustomers(db, id, SHOWN),
    await questionOf(db, row.job_id),
    Plan.parse(JSON.parse(row.plan)),
  ]
  return {
    ...summaryOf(row),
    job: row.job_id === null ? null : deps.jobs.view(row.job_id),
    choices: plan.choices,
    question: question === null ? null : Question.parse(JSON.parse(question)),
    faults,
    faultCount,
    kept: kept.map(({ customer_id, customer_number, reason }) => ({
      customerId: customer_id,
      number: customer_number,
      reason,
    })),
  }
}

/** Writes the import and puts its work into the queue. */
export async function startImport(
  deps: CsvImportsDeps,
  session: Session,
  input: { fileId: string; reading: FileReading; choices: ImportChoices },
): Promise<{ id: string }> {
  const { db } = deps.database
  const file = await deps.files.get(input.fileId)
  const id = newId()
  await db
    .insertInto('customer_import')
    .values({
      id,
      state: 'reading',
      hidden: 1,
      file_name: file.name,
      file_path: file.path,
      file_size: file.size,
      file_stamp: file.stamp,
      plan: JSON.stringify({ reading: input.reading, choices: input.choices, skipTo: 0 }),
      number_base: await firstFreeCustomerNumber(db),
      byte_offset: 0,
      line: 0,
      chunk: 0,
      rows_read: 0,
      rows_added: 0,
      rows_updated: 0,
      rows_skipped: 0,
      rows_broken: 0,
      rows_kept: 0,
      job_id: null,
      started_by: session.userId,
      created_at: deps.clock.now(),
      visible_at: null,
      undone_at: null,
      version: 1,
    })
    .execute()
  await work(deps, session, { id, kind: 'customer-import', title: file.name })
  return { id }
}

async function work(
  deps: CsvImportsDeps,
  session: Session,
  job: { id: string; kind: 'customer-import' | 'customer-undo'; title: string },
): Promise<void> {
  const { id, kind, title } = job
  await deps.jobs.start({
    kind,
    title,
    subjectId: id,
    input: { importId: id },
    by: session.userId,
    with: (jobId) => [
      {
        query: deps.database.db
          .updateTable('customer_import')
          .set({ job_id: jobId })
          .where('id', '=', id)
          .compile(),
      },
    ],
  })
}

/** The job of an import, when it may be moved from here. */
async function jobOf(deps: CsvImportsDeps, id: string): Promise<{ row: ListedImport; jobId: string }> {
  const row = await importOf(deps, id)
  if (row.job_id === null) throw new Refusal('NOT_NOW')
  return { row, jobId: row.job_id }
}

/** What a person has decided about the row on which the import stopped. */
export async function decide(
  deps: CsvImportsDeps,
  id: string,
  answer: 'skip' | 'skip-all' | 'stop',
): Promise<null> {
  const { row, jobId } = await jobOf(deps, id)
  const asked = await questionOf(deps.database.db, jobId)
  if (asked === null) throw new Refusal('NOT_NOW')
  if (answer === 'stop') {
    await deps.jobs.cancel(jobId)
    return null
  }
  const plan = Plan.parse(JSON.parse(row.plan))
  const { line } = Question.parse(JSON.parse(asked))
  const next =
    answer === 'skip' ? { ...plan, skipTo: line } : { ...plan, choices: { ...plan.choices, broken: 'skip' } }
  await deps.database.db
    .updateTable('customer_import')
    .set({ plan: JSON.stringify(next) })
    .where('id', '=', id)
    .execute()
  await deps.jobs.wake(jobId)
  return null
}

export async function cancelImport(deps: CsvImportsDeps, id: string): Promise<null> {
  const { row, jobId } = await jobOf(deps, id)
  if (row.state !== 'reading') throw new Refusal('NOT_NOW')
  await deps.jobs.cancel(jobId)
  return null
}

export async function resumeImport(deps: CsvImportsDeps, id: string): Promise<null> {
  const { jobId } = await jobOf(deps, id)
  if (deps.jobs.view(jobId)?.state !== 'failed') throw new Refusal('NOT_NOW')
  await deps.jobs.wake(jobId)
  return null
}

export async function undoImport(deps: CsvImportsDeps, session: Session, id: string): Promise<null> {
  const { row, jobId } = await jobOf(deps, id)
  const job = deps.jobs.view(jobId)
  if (row.state !== 'visible' || (job !== null && job.state !== 'done')) throw new Refusal('NOT_NOW')
  await work(deps, session, { id, kind: 'customer-undo', title: row.file_name })
  return null
}

/** Saves every row that was not taken, with the reason, where the person chooses. */
export const saveReport = async (deps: CsvImportsDeps, id: string) =>
  saveFaults(deps, 'customer', await importOf(deps, id), '顧客取込_取り込めなかった行')
