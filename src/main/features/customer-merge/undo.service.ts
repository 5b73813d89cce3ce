import { sql, type SqlBool } from 'kysely'
import type { MergeField, UndoPreview } from '../../../contract/customer-merge'
import { auditedBatch } from '../../db/audit'
import { ExpectationFailed } from '../../db/errors'
import type { Statement } from '../../db/open-database'
import { FIELD_COLUMNS } from '../../domain/customers/merge-fields'
import { Refusal } from '../../platform/refusal'
import type { CustomerRow } from './candidates.repository'
import type { Doer, MergeDeps } from './deps'
import { indexKept } from './kept-extras'
import {
  findActive,
  findMerge,
  laterMerge,
  openChange,
  parseColumns,
  phonesOfCustomer,
  recordOf,
  runningCheckout,
  undoBlockOf,
  type MergeRow,
  type StoredColumns,
} from './merge.repository'
import { changed, lockStatements } from './merge.service'
import { countBack, moveBackStatements } from './moves'

async function needMerge({ database: { db } }: MergeDeps, id: string): Promise<MergeRow> {
  const row = await findMerge(db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

const bare = (row: CustomerRow): Readonly<Record<string, unknown>> => ({ ...row })

/** The columns that still say what the merge wrote: they get back what stood there. */
function restorable(kept: CustomerRow, merge: MergeRow): StoredColumns {
  const [before, after] = [parseColumns(merge.kept_before), parseColumns(merge.kept_after)]
  const now = bare(kept)
  return Object.fromEntries(Object.entries(before).filter(([column]) => now[column] === after[column]))
}

/** Fields that somebody has changed since the merge. */
function changedSince(kept: CustomerRow, merge: MergeRow): MergeField[] {
  const [before, back] = [parseColumns(merge.kept_before), restorable(kept, merge)]
  return Object.entries(FIELD_COLUMNS).flatMap(([field, columns]) => {
    const touched = columns.some((column) => column in before && !(column in back))
    const known = MERGE_FIELDS.find((one) => one === field)
    return touched && known ? [known] : []
  })
}

const MERGE_FIELDS: readonly MergeField[] = [
  'name',
  'kana',
  'phone',
  'email',
  'address',
  'company',
  'sex',
  'birthday',
  'job',
  'mailConsent',
  'dmConsent',
  'note',
]

/** What would go back and what would stay. */
export async function undoPreview(deps: MergeDeps, mergeId: string): Promise<UndoPreview> {
  const { db } = deps.database
  const row = await needMerge(deps, mergeId)
  const kept = await findActive(db, row.kept_id)
  const counted = await countBack(db, { id: row.id, keptId: row.kept_id, at: row.merged_at })
  return {
    record: await recordOf(db, row, deps.clock.now()),
    ...counted,
    changedSince: kept && row.state === 'done' ? changedSince(kept.row, row) : [],
  }
}

const CODES = {
  over: () => new Refusal('UNDO_OVER'),
  'later-merge': () => new Refusal('LATER_MERGE'),
  checkout: () => new Refusal('CHECKOUT_RUNNING'),
}

/** Takes a merge back in one transaction: both customers are again what they were, with everything that was moved. */
export async function undoMerge(
  deps: MergeDeps,
  mergeId: string,
  doer: Doer,
): Promise<{ keptId: string; mergedId: string }> {
  const { database, clock } = deps
  const { db } = database
  const row = await needMerge(deps, mergeId)
  const now = clock.now()
  const block = await undoBlockOf(db, row, now)
  if (block !== null) throw CODES[block]()
  const found = await findActive(db, row.kept_id)
  if (!found) throw new Refusal('UNDO_OVER')
  const kept = found.row
  const back = restorable(kept, row)
  const restored = { ...bare(kept), ...back }
  const merge = { id: row.id, keptId: row.kept_id, mergedId: row.merged_id }
  const brought = await broughtBy(deps, row)
  const phones = (await phonesOfCustomer(db, kept.id)).filter(({ digits }) => !brought.includes(digits))
  const statements: Statement[] = [
    ...lockStatements(deps, [row.kept_id, row.merged_id]),
    ...standingStatements(deps, { row, kept, back, now, userId: doer.userId }),
    ...takeBackCopies(deps, row),
    ...moveBackStatements(db, merge),
    ...indexKept(database, { ...kept, ...textColumns(restored, kept) }, phones),
  ]
  const action = {
    at: now,
    seat: doer.seat,
    actorId: doer.userId,
    action: 'customer.merge-undo',
    objectType: 'customer',
    objectId: row.kept_id,
    detail: { mergeId: row.id, mergedId: row.merged_id },
  }
  try {
    await auditedBatch(database, action, statements)
  } catch (error) {
    if (!(error instanceof ExpectationFailed)) throw error
    const why = await undoBlockOf(db, await needMerge(deps, mergeId), clock.now())
    if (why !== null) throw CODES[why]()
    const current = await findActive(db, row.kept_id)
    throw new Refusal('STALE', { version: current?.row.version ?? kept.version })
  }
  changed(deps, row.kept_id, row.merged_id)
  return { keptId: row.kept_id, mergedId: row.merged_id }
}

/** The columns that are indexed, as they will stand. */
function textColumns(restored: Readonly<Record<string, unknown>>, kept: CustomerRow): Partial<CustomerRow> {
  const columns = [
    'family_name',
    'given_name',
    'family_kana',
    'given_kana',
    'phone',
    'postal_code',
    'prefecture',
    'city',
    'address',
  ] as const
  const texts = Object.fromEntries(
    columns.map((column) => [column, typeof restored[column] === 'string' ? restored[column] : kept[column]]),
  )
  const orNull = (value: unknown) => (typeof value === 'string' ? value : null)
  return { ...texts, email: orNull(restored['email']), building: orNull(restored['building']) }
}

async function broughtBy({ database: { db } }: MergeDeps, row: MergeRow): Promise<string[]> {
  const rows = await db
    .selectFrom('customer_merge_move')
    .select('row_id')
    .where('merge_id', '=', row.id)
    .where('table_name', '=', 'customer_other_phone')
    .execute()
  return rows.map(({ row_id }) => row_id)
}

/** The merge ends first: a second click, or a later merge, fails the whole of it. */
function standingStatements(
  { database: { db } }: MergeDeps,
  undo: { row: MergeRow; kept: CustomerRow; back: StoredColumns; now: number; userId: string },
): Statement[] {
  const { row, kept, back, now, userId } = undo
  const isFree = sql<SqlBool>`not (${laterMerge(row)} or ${openChange(row.id)}
    or ${runningCheckout([row.kept_id, row.merged_id])})`
  const end = db
    .updateTable('customer_merge')
    .set({ state: 'undone', undone_at: now, undone_by: userId })
    .where('id', '=', row.id)
    .where('state', '=', 'done')
    .where('undo_until', '>=', now)
    .where(isFree)
  const keep = db
    .updateTable('customer')
    .set({ ...back, version: kept.version + 1 })
    .where('id', '=', kept.id)
    .where('version', '=', kept.version)
    .where('status', '=', 'active')
  const comeBack = db
    .updateTable('customer')
    .set((eb) => ({
      ...parseColumns(row.merged_before),
      status: 'active',
      merged_into: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', row.merged_id)
    .where('status', '=', 'merged')
    .where('merged_into', '=', row.kept_id)
  return [end, keep, comeBack].map((query) => ({ query: query.compile(), expect: { changes: 1 } }))
}

function takeBackCopies({ database: { db } }: MergeDeps, row: MergeRow): Statement[] {
  const of = (table: string) =>
    db
      .selectFrom('customer_merge_move')
      .select('row_id')
      .where('merge_id', '=', row.id)
      .where('table_name', '=', table)
  return [
    db
      .deleteFrom('customer_other_phone')
      .where('customer_id', '=', row.kept_id)
      .where('digits', 'in', of('customer_other_phone')),
    db
      .deleteFrom('customer_tag')
      .where('customer_id', '=', row.kept_id)
      .where('tag', 'in', of('customer_tag')),
  ].map((query) => ({ query: query.compile() }))
}
