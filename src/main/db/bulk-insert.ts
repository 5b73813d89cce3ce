import { CompiledQuery } from 'kysely'
import type { Database } from './database.types'
import type { DeskDatabase, Statement } from './open-database'

/** A column of rows that are written many at a time. */
export interface BulkColumn {
  readonly name: string
  readonly type: 'text' | 'bigint' | 'tsvector'
}

/**
 * One insert for many rows, which come as the JSON text of an array of arrays in the order of the columns. The text goes
 * from the thread that made it to the database as it is: on SQLite the writing thread takes it apart, on PostgreSQL
 * the server does.
 */
export function bulkInsert(
  database: Pick<DeskDatabase, 'kind'>,
  table: keyof Database & string,
  columns: readonly BulkColumn[],
  rows: string,
): Statement {
  const names = columns.map(({ name }) => name).join(', ')
  if (database.kind === 'sqlite') {
    const marks = columns.map(() => '?').join(', ')
    return { query: CompiledQuery.raw(`insert into ${table} (${names}) values (${marks})`), rows }
  }
  const values = columns.map(({ type }, at) => (type === 'text' ? `v->>${at}` : `(v->>${at})::${type}`))
  return {
    query: CompiledQuery.raw(
      `insert into ${table} (${names}) select ${values.join(', ')} from json_array_elements($1::json) v`,
      [rows],
    ),
  }
}
