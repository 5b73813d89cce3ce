import { CompiledQuery } from 'kysely'
import type { BulkColumn } from './bulk-insert'
import type { Database } from './database.types'
import type { DeskDatabase, Statement } from './open-database'

type Table = keyof Database & string
type Column = BulkColumn & { readonly type: 'text' | 'bigint' }

export const textColumn = (name: string): Column => ({ name, type: 'text' })
export const numberColumn = (name: string): Column => ({ name, type: 'bigint' })

/** The value of a column in an array of JSON. */
const valueAt = ({ type }: Column, at: number): string =>
  type === 'text' ? `v->>${at}` : `(v->>${at})::${type}`

const marks = (columns: readonly Column[], between: string): string =>
  columns.map(({ name }) => `${name} = ?`).join(between)

/** The rows of a table that the arrays name, from their value `first` on. */
const found = (table: Table, columns: readonly Column[], first: number): string =>
  columns.map((column, at) => `${table}.${column.name} = ${valueAt(column, first + at)}`).join(' and ')

/**
 * One update of many rows, each with values of its own. `rows` is the JSON text of an array of arrays: what is set, then
 * by what the row is found, both in the order of the columns. See `bulkInsert`.
 */
export function bulkUpdate(
  { kind }: Pick<DeskDatabase, 'kind'>,
  table: Table,
  columns: { readonly set: readonly Column[]; readonly where: readonly Column[] },
  rows: string,
): Statement {
  const { set, where } = columns
  if (kind === 'sqlite') {
    const sql = `update ${table} set ${marks(set, ', ')} where ${marks(where, ' and ')}`
    return { query: CompiledQuery.raw(sql), rows }
  }
  const values = set.map((column, at) => `${column.name} = ${valueAt(column, at)}`).join(', ')
  return {
    query: CompiledQuery.raw(
      `update ${table} set ${values} from json_array_elements($1::json) v where ${found(table, where, set.length)}`,
      [rows],
    ),
  }
}

/** One delete of many rows; `rows` as in `bulkUpdate`. */
export function bulkDelete(
  { kind }: Pick<DeskDatabase, 'kind'>,
  table: Table,
  where: readonly Column[],
  rows: string,
): Statement {
  if (kind === 'sqlite') {
    return { query: CompiledQuery.raw(`delete from ${table} where ${marks(where, ' and ')}`), rows }
  }
  return {
    query: CompiledQuery.raw(
      `delete from ${table} using json_array_elements($1::json) v where ${found(table, where, 0)}`,
      [rows],
    ),
  }
}
