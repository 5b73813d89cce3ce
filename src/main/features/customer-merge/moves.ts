import { sql, type Kysely } from 'kysely'
import type { MovedKind } from '../../../contract/customer-merge'
import type { Database } from '../../db/database.types'
import type { Statement } from '../../db/open-database'

type Db = Kysely<Database>

/** Tables whose rows belong to a customer and go with them, and what a person calls them. */
export const MOVED_TABLES = {
  sales_order: 'orders',
  subscription: 'subscriptions',
  card: 'cards',
  customer_address: 'addresses',
  contact_log: 'contacts',
  callback: 'callbacks',
  pinned_note: 'notes',
  identity_check: 'identityChecks',
  consent_event: 'consents',
  customer_standing_event: 'others',
  customer_mail: 'others',
  checkout: 'drafts',
} as const satisfies Partial<Record<keyof Database, MovedKind>>

export type MovedTable = keyof typeof MOVED_TABLES

/** Copied to the kept customer where they are not there yet; the other keeps their own. */
export const COPIED_TABLES = {
  customer_other_phone: 'phones',
  customer_tag: 'tags',
} as const satisfies Partial<Record<keyof Database, MovedKind>>

/**
 * Tables that name customers and stay as they are: what an import did, who serves whom at this minute, the keys by which
 * a marked customer is recognised (under either number), and the merges themselves.
 */
export const STAYING_TABLES: readonly string[] = [
  'serving_lease',
  'customer_import_change',
  'customer_import_kept',
  'blacklist_key',
]

export const isMovedTable = (name: string): name is MovedTable => name in MOVED_TABLES
export const movedTables = Object.keys(MOVED_TABLES).filter(isMovedTable)

/** What a recorded row is, for a person. */
export const kindOf = (table: string): MovedKind => {
  if (isMovedTable(table)) return MOVED_TABLES[table]
  if (table === 'customer_other_phone') return 'phones'
  return table === 'customer_tag' ? 'tags' : 'others'
}

const table = (name: MovedTable) => sql.table(name)

/** Records every row of the merged customer, and gives it to the kept one. An open draft is a new version of itself. */
export function moveStatements(db: Db, merge: { id: string; keptId: string; mergedId: string }): Statement[] {
  return movedTables.flatMap((name) => {
    const isDraft = name === 'checkout'
    // Saving a draft marks its time; what merges do to its version does not count.
    const seen = isDraft ? sql`updated_at` : sql`cast(null as bigint)`
    const bump = isDraft
      ? sql`, version = case when status = 'editing' then version + 1 else version end`
      : sql``
    return [
      sql`insert into customer_merge_move (merge_id, table_name, row_id, seen_at)
        select ${merge.id}, ${name}, id, ${seen} from ${table(name)} where customer_id = ${merge.mergedId}`,
      sql`update ${table(name)} set customer_id = ${merge.keptId}${bump} where customer_id = ${merge.mergedId}`,
    ].map((query) => ({ query: query.compile(db) }))
  })
}

const recorded = (name: string, mergeId: string) =>
  sql`select m.row_id from customer_merge_move m where m.merge_id = ${mergeId} and m.table_name = ${name}`

/** Recorded rows that still belong to the kept customer; a draft only as long as nobody has saved it. */
const goesBack = (name: MovedTable, merge: { id: string; keptId: string }) =>
  name === 'checkout'
    ? sql`customer_id = ${merge.keptId} and exists (
        select 1 from customer_merge_move m where m.merge_id = ${merge.id} and m.table_name = 'checkout'
          and m.row_id = checkout.id
          and m.seen_at = checkout.updated_at)`
    : sql`customer_id = ${merge.keptId} and id in (${recorded(name, merge.id)})`

/** Gives what was moved back to the merged customer. */
export function moveBackStatements(
  db: Db,
  merge: { id: string; keptId: string; mergedId: string },
): Statement[] {
  return movedTables.map((name) => {
    const draft =
      name === 'checkout'
        ? sql`, version = case when status = 'editing' then version + 1 else version end`
        : sql``
    return {
      query: sql`update ${table(name)} set customer_id = ${merge.mergedId}${draft}
        where ${goesBack(name, merge)}`.compile(db),
    }
  })
}

interface Counted {
  readonly kind: MovedKind
  readonly count: number
}

const count = async (db: Db, name: MovedTable, where: ReturnType<typeof goesBack>): Promise<number> => {
  const query = sql<{ count: number }>`select count(*) as count from ${table(name)} where ${where}`
  return Number((await query.execute(db)).rows[0]?.count ?? 0)
}

const present = (counts: readonly Counted[]): Counted[] => counts.filter((one) => one.count > 0)

/** What a customer has that would move. */
export async function countOwned(db: Db, customerId: string): Promise<Counted[]> {
  const counts = await Promise.all(
    movedTables.map(async (name) => ({
      kind: MOVED_TABLES[name],
      count: await count(db, name, sql`customer_id = ${customerId}`),
    })),
  )
  return present(counts)
}

/** What would go back to the merged customer, and what the kept one has that came about since or is new to both. */
export async function countBack(
  db: Db,
  merge: { id: string; keptId: string; at: number },
): Promise<{ back: Counted[]; stays: Counted[] }> {
  const back: Counted[] = []
  const stays: Counted[] = []
  for (const name of movedTables) {
    const kind = MOVED_TABLES[name]
    back.push({ kind, count: await count(db, name, goesBack(name, merge)) })
    stays.push({ kind, count: await count(db, name, sinceMerge(name, merge)) })
  }
  const copied = await db
    .selectFrom('customer_merge_move')
    .select(['table_name', (eb) => eb.fn.countAll<number>().as('count')])
    .where('merge_id', '=', merge.id)
    .where('table_name', 'in', Object.keys(COPIED_TABLES))
    .groupBy('table_name')
    .execute()
  back.push(...copied.map((row) => ({ kind: kindOf(row.table_name), count: Number(row.count) })))
  return { back: present(back), stays: present(stays) }
}

/** When a row came about. */
const BORN: Readonly<Record<MovedTable, string>> = {
  sales_order: 'ordered_at',
  subscription: 'created_at',
  card: 'created_at',
  customer_address: 'created_at',
  contact_log: 'at',
  callback: 'created_at',
  pinned_note: 'created_at',
  identity_check: 'at',
  consent_event: 'at',
  customer_standing_event: 'at',
  customer_mail: 'created_at',
  checkout: 'created_at',
}

/** Rows of the kept customer that came about after the merge, or that were moved but have been changed hands since. */
const sinceMerge = (name: MovedTable, merge: { id: string; keptId: string; at: number }) =>
  sql`customer_id = ${merge.keptId} and not (${goesBack(name, merge)})
    and (${sql.ref(BORN[name])} > ${merge.at} or id in (${recorded(name, merge.id)}))`
