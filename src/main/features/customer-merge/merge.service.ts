import { sql, type SqlBool } from 'kysely'
import type {
  MergeChoice,
  MergeField,
  MergePreview,
  MergeRecord,
  MergeSide,
} from '../../../contract/customer-merge'
import { MergeField as Fields } from '../../../contract/customer-merge'
import { formatPhone, formatPostalCode } from '../../../contract/text'
import { auditedBatch } from '../../db/audit'
import { ExpectationFailed } from '../../db/errors'
import type { Statement } from '../../db/open-database'
import { mergedColumns, proposedChoice } from '../../domain/customers/merge-fields'
import { JOBS } from '../../domain/customer-csv/ec-cube'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import { peopleOf, sideOf, type CustomerRow, type Person } from './candidates.repository'
import type { Doer, MergeDeps } from './deps'
import { copyStatements, copiesOf, indexKept } from './kept-extras'
import {
  DAY_MS,
  findActive,
  holds,
  mergesOf,
  recordOf,
  runningCheckout,
  tagsOfCustomer,
  UNDO_DAYS,
} from './merge.repository'
import { countOwned, moveStatements } from './moves'

interface Pair {
  readonly keptId: string
  readonly mergedId: string
}

const SEXES = { male: '男性', female: '女性', other: 'その他' } as const
const CONSENTS = { unknown: '', yes: '同意あり', no: '希望しない' } as const

/** What is chosen between, as the screen shows it. */
function shownValues(row: CustomerRow): Record<MergeField, string> {
  return {
    name: `${row.family_name} ${row.given_name}`.trim(),
    kana: `${row.family_kana} ${row.given_kana}`.trim(),
    phone: formatPhone(row.phone),
    email: row.email ?? '',
    address: [
      formatPostalCode(row.postal_code),
      [row.prefecture, row.city, row.address, row.building ?? ''].join(''),
    ]
      .filter(Boolean)
      .join(' '),
    company: row.company ?? '',
    sex: row.sex === null ? '' : SEXES[row.sex],
    birthday: row.birthday?.replaceAll('-', '/') ?? '',
    job: row.job_code === null ? '' : (JOBS[row.job_code - 1] ?? ''),
    mailConsent: CONSENTS[row.mail_consent],
    dmConsent: CONSENTS[row.dm_consent],
    note: row.note ?? '',
  }
}

const mergeSide = (person: Person): MergeSide => ({
  ...sideOf(person),
  version: person.row.version,
  values: shownValues(person.row),
})

async function need(deps: MergeDeps, { keptId, mergedId }: Pair): Promise<[CustomerRow, CustomerRow]> {
  if (keptId === mergedId) throw new Refusal('SAME_CUSTOMER')
  const { db } = deps.database
  const [kept, merged] = await Promise.all([findActive(db, keptId), findActive(db, mergedId)])
  if (!kept || !merged) throw new Refusal('NOT_FOUND')
  if (!kept.isVisible || !merged.isVisible) throw new Refusal('IMPORT_HIDDEN')
  return [kept.row, merged.row]
}

const record = <Value>(of: (field: MergeField) => Value): Record<MergeField, Value> => ({
  name: of('name'),
  kana: of('kana'),
  phone: of('phone'),
  email: of('email'),
  address: of('address'),
  company: of('company'),
  sex: of('sex'),
  birthday: of('birthday'),
  job: of('job'),
  mailConsent: of('mailConsent'),
  dmConsent: of('dmConsent'),
  note: of('note'),
})

/** Both side by side, what the desk would choose, and what would move. Refuses what cannot be merged now. */
export async function preview(deps: MergeDeps, pair: Pair): Promise<MergePreview> {
  const { db } = deps.database
  const [kept, merged] = await need(deps, pair)
  if (await holds(db, runningCheckout([kept.id, merged.id]))) throw new Refusal('CHECKOUT_RUNNING')
  const [people, owned, keptTags, tags] = await Promise.all([
    peopleOf(db, [kept.id, merged.id]),
    countOwned(db, merged.id),
    tagsOfCustomer(db, kept.id),
    tagsOfCustomer(db, merged.id),
  ])
  const [one, other] = [people.get(kept.id), people.get(merged.id)]
  if (!one || !other) throw new Refusal('NOT_FOUND')
  const phones = sideOf(other).phones.filter((phone) => !sideOf(one).phones.includes(phone)).length
  const newTags = tags.filter((tag) => !keptTags.includes(tag)).length
  return {
    kept: mergeSide(one),
    merged: mergeSide(other),
    choices: record((field) => proposedChoice(field, kept, merged)),
    moves: [
      ...owned,
      ...(phones > 0 ? [{ kind: 'phones' as const, count: phones }] : []),
      ...(newTags > 0 ? [{ kind: 'tags' as const, count: newTags }] : []),
    ],
    isBlacklisted: kept.blacklist !== 'none' || merged.blacklist !== 'none',
    undoDays: UNDO_DAYS,
  }
}

interface MergeWish extends Pair {
  readonly keptVersion: number
  readonly mergedVersion: number
  readonly choices: Readonly<Record<MergeField, MergeChoice>>
}

/**
 * One transaction: the values chosen, everything of the other moved and recorded row by row, the other out of all lists.
 * Its first statements refuse when one of the two has changed, or money is on its way.
 */
export async function merge(
  deps: MergeDeps,
  wish: MergeWish,
  doer: Doer,
): Promise<{ mergeId: string; keptId: string; undoUntil: number }> {
  const { database } = deps
  const [kept, merged] = await need(deps, wish)
  if (kept.version !== wish.keptVersion) throw new Refusal('STALE', { version: kept.version })
  if (merged.version !== wish.mergedVersion) throw new Refusal('STALE', { version: merged.version })
  const now = deps.clock.now()
  const id = newId()
  const undoUntil = now + UNDO_DAYS * DAY_MS
  const columns = { ...mergedColumns(kept, merged, wish.choices), updated_at: now }
  const before: Record<string, unknown> = { ...kept }
  const row = {
    id,
    kept_id: kept.id,
    merged_id: merged.id,
    state: 'done' as const,
    kept_before: JSON.stringify(
      Object.fromEntries(Object.keys(columns).map((column) => [column, before[column] ?? null])),
    ),
    kept_after: JSON.stringify(columns),
    merged_before: JSON.stringify({ updated_at: merged.updated_at }),
    merged_at: now,
    merged_by: doer.userId,
    undo_until: undoUntil,
    undone_at: null,
    undone_by: null,
  }
  const copies = await copiesOf(database.db, { kept, merged, columns })
  const statements: Statement[] = [
    ...lockStatements(deps, [kept.id, merged.id]),
    ...standingStatements(deps, { kept, merged, columns, now }),
    { query: database.db.insertInto('customer_merge').values(row).compile() },
    ...copyStatements(database.db, id, kept.id, copies),
    ...moveStatements(database.db, { id, keptId: kept.id, mergedId: merged.id }),
    ...indexKept(database, { ...kept, ...columns }, copies.phones),
  ]
  const action = {
    at: now,
    seat: doer.seat,
    actorId: doer.userId,
    action: 'customer.merge',
    objectType: 'customer',
    objectId: kept.id,
    detail: { mergeId: id, mergedId: merged.id },
  }
  try {
    await auditedBatch(database, action, statements)
  } catch (error) {
    if (!(error instanceof ExpectationFailed)) throw error
    throw await whyRefused(deps, wish)
  }
  changed(deps, kept.id, merged.id)
  return { mergeId: id, keptId: kept.id, undoUntil }
}

/** PostgreSQL: whoever writes a row of one of the two waits for the end of the merge; SQLite has one writer anyway. */
export function lockStatements({ database }: MergeDeps, ids: readonly string[]): Statement[] {
  if (database.kind === 'sqlite') return []
  const rows = sql`select id from customer where id in (${sql.join([...ids])}) order by id for update`
  return [{ query: rows.compile(database.db) }]
}

/** Both customers over the versions that were seen, while nothing is on its way. */
function standingStatements(
  { database: { db } }: MergeDeps,
  change: { kept: CustomerRow; merged: CustomerRow; columns: Partial<CustomerRow>; now: number },
): Statement[] {
  const { kept, merged, columns, now } = change
  const isFree = sql<SqlBool>`not ${runningCheckout([kept.id, merged.id])}`
  const keep = db
    .updateTable('customer')
    .set({ ...columns, version: kept.version + 1 })
    .where('id', '=', kept.id)
    .where('version', '=', kept.version)
    .where('status', '=', 'active')
    .where(isFree)
  const leave = db
    .updateTable('customer')
    .set({ status: 'merged', merged_into: kept.id, updated_at: now, version: merged.version + 1 })
    .where('id', '=', merged.id)
    .where('version', '=', merged.version)
    .where('status', '=', 'active')
  return [keep, leave].map((query) => ({ query: query.compile(), expect: { changes: 1 } }))
}

async function whyRefused(deps: MergeDeps, wish: MergeWish): Promise<Refusal> {
  const [kept, merged] = await need(deps, wish)
  if (await holds(deps.database.db, runningCheckout([kept.id, merged.id])))
    return new Refusal('CHECKOUT_RUNNING')
  const stale = kept.version === wish.keptVersion ? merged : kept
  return new Refusal('STALE', { version: stale.version })
}

export function changed({ events }: MergeDeps, ...customerIds: string[]): void {
  for (const customerId of customerIds) events.emit({ type: 'contacts-changed', customerId })
}

export async function recordsOf(
  { database: { db }, clock }: MergeDeps,
  keptId: string,
): Promise<MergeRecord[]> {
  const rows = await mergesOf(db, keptId)
  return Promise.all(rows.map((row) => recordOf(db, row, clock.now())))
}

export const mergeFields = Fields.options
