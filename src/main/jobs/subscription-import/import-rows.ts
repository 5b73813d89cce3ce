import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../../db/database.types'
import type { DeskDatabase, Statement } from '../../db/open-database'

export type SubscriptionImportRow = Selectable<Database['subscription_import']>

export const loadSubscriptionImport = (db: Kysely<Database>, id: string): Promise<SubscriptionImportRow> =>
  db.selectFrom('subscription_import').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** What one transaction of an import adds to its counts. */
export interface ImportStep {
  readonly good?: number
  readonly read?: number
  readonly broken?: number
  readonly noCard?: number
  readonly written?: number
  readonly byte?: number
  readonly line?: number
}

/** First statement of each transaction: one that has been done before, or by another seat, is refused by its number. */
export function stepStatement(
  { db }: DeskDatabase,
  row: Pick<SubscriptionImportRow, 'id' | 'state'> & { readonly chunk: number },
  step: ImportStep,
): Statement {
  const query = db
    .updateTable('subscription_import')
    .set((eb) => ({
      chunk: row.chunk + 1,
      rows_read: eb('rows_read', '+', step.read ?? 0),
      rows_good: eb('rows_good', '+', step.good ?? 0),
      rows_broken: eb('rows_broken', '+', step.broken ?? 0),
      rows_no_card: eb('rows_no_card', '+', step.noCard ?? 0),
      rows_written: eb('rows_written', '+', step.written ?? 0),
      ...(step.byte === undefined ? {} : { byte_offset: step.byte, line: step.line ?? 0 }),
    }))
    .where('id', '=', row.id)
    .where('chunk', '=', row.chunk)
    .where('state', '=', row.state)
  return { query: query.compile(), expect: { changes: 1 } }
}

/** Moves an import from one state to the next, once. */
export function moveStatement(
  { db }: DeskDatabase,
  id: string,
  from: SubscriptionImportRow['state'],
  to: Partial<
    Pick<
      SubscriptionImportRow,
      'state' | 'visible_at' | 'undone_at' | 'job_id' | 'rows_written' | 'rows_kept'
    >
  >,
): Statement {
  const query = db
    .updateTable('subscription_import')
    .set((eb) => ({ ...to, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', from)
  return { query: query.compile(), expect: { changes: 1 } }
}

/** What waited to be written waits no longer. */
export const dropStaged = ({ db }: DeskDatabase, id: string): Statement => ({
  query: db.deleteFrom('subscription_import_row').where('import_id', '=', id).compile(),
})
