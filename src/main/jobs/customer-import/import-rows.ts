import type { Kysely, Selectable } from 'kysely'
import { passCustomerNumber } from '../../checkout/numbers'
import { bulkInsert } from '../../db/bulk-insert'
import { insertCustomers } from '../../db/customer-bulk'
import type { Database } from '../../db/database.types'
import type { CustomerImportTable } from '../../db/import-tables.types'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { prepared } from '../../db/prepared'
import type { StagedChunk } from './messages'

export type ImportRow = Selectable<CustomerImportTable>

export async function loadImport(db: Kysely<Database>, id: string): Promise<ImportRow> {
  return db.selectFrom('customer_import').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

const moving = prepared<
  'id' | 'seen' | 'chunk' | 'byte' | 'line' | 'read' | 'added' | 'skipped' | 'broken',
  unknown
>((db, slot) =>
  db
    .updateTable('customer_import')
    .set((eb) => ({
      chunk: slot('chunk'),
      byte_offset: slot('byte'),
      line: slot('line'),
      rows_read: eb('rows_read', '+', slot('read')),
      rows_added: eb('rows_added', '+', slot('added')),
      rows_skipped: eb('rows_skipped', '+', slot('skipped')),
      rows_broken: eb('rows_broken', '+', slot('broken')),
    }))
    .where('id', '=', slot('id'))
    .where('chunk', '=', slot('seen'))
    .where('state', '=', 'reading'),
)

const FAULTS = [
  { name: 'import_id', type: 'text' },
  { name: 'line', type: 'bigint' },
  { name: 'reason', type: 'text' },
  { name: 'raw', type: 'text' },
] as const
const CHANGES = [
  { name: 'import_id', type: 'text' },
  { name: 'line', type: 'bigint' },
  { name: 'customer_id', type: 'text' },
  { name: 'seen_version', type: 'bigint' },
  { name: 'after', type: 'text' },
] as const

/**
 * One chunk in one transaction: its rows, and how far the file has come. So after a crash either both are there, or
 * neither is. A chunk that has been written before is refused by its number.
 */
export function chunkStatements(
  database: DeskDatabase,
  at: { id: string; chunk: number },
  chunk: StagedChunk,
): Statement[] {
  const { id, chunk: seen } = at
  const { byte, line, read, added, skipped, broken } = chunk
  const values = { id, seen, chunk: seen + 1, byte, line, read, added, skipped, broken }
  return [
    { query: moving(database.db, values), expect: { changes: 1 } },
    ...(added > 0 ? insertCustomers(database, chunk) : []),
    ...(chunk.faults === null ? [] : [bulkInsert(database, 'customer_import_fault', FAULTS, chunk.faults)]),
    ...(chunk.changes === null
      ? []
      : [bulkInsert(database, 'customer_import_change', CHANGES, chunk.changes)]),
    ...(chunk.highest > 0 ? [passCustomerNumber(database.db, chunk.highest)] : []),
  ]
}

/** Moves an import from one state to the next, once. True when it was this call that moved it. */
export async function moveImport(
  db: Kysely<Database>,
  id: string,
  from: ImportRow['state'],
  to: Partial<Pick<ImportRow, 'state' | 'hidden' | 'visible_at' | 'undone_at'>>,
): Promise<boolean> {
  const result = await db
    .updateTable('customer_import')
    .set((eb) => ({ ...to, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
