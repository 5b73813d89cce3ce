import { sql, type Kysely } from 'kysely'

/** A migration works on whatever the schema was then: its database has no types. */
// eslint-disable-next-line typescript/no-explicit-any -- Kysely's documented type for migrations
export type Schema = Kysely<any>

/** True on SQLite; PostgreSQL otherwise. */
export const isSqlite = (db: Schema): boolean =>
  db.getExecutor().adapter.constructor.name === 'TransactionalAdapter'

/** Creates tables from plain column lists: STRICT on SQLite, text compared by code point on PostgreSQL. */
export async function createTables(db: Schema, ddl: string): Promise<void> {
  const sqlite = isSqlite(db)
  for (const statement of ddl.split(';').map((part) => part.trim())) {
    if (statement === '') continue
    const table = statement.startsWith('create table')
    const text = sqlite
      ? statement.replace(/\bbigint\b/g, 'integer') + (table ? ' strict' : '')
      : statement.replace(/\btext\b/g, 'text collate "C"')
    await sql.raw(text).execute(db)
  }
}
