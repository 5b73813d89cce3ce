import DatabaseFile from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { Database } from './database.types'
import type { OpenConfig } from './open-database'

/** A connection that only reads, for work in a thread of its own: it does not wait for the one that writes. */
export interface Reader {
  readonly kind: 'sqlite' | 'postgres'
  readonly db: Kysely<Database>
  /**
   * Brings the write-ahead log into the file from this thread (SQLite), so that whoever commits next does not have to.
   * Does not stand in the way of writing.
   */
  checkpoint(): void
  close(): Promise<void>
}

/** Opens a reading connection. SQLite's answers come at once, in this very thread. */
export async function openReader(config: OpenConfig): Promise<Reader> {
  if (config.kind === 'postgres') {
    const { openPool, postgresDatabase } = await import('./postgres')
    const db = postgresDatabase(openPool(config))
    return { kind: 'postgres', db, checkpoint: () => undefined, close: () => db.destroy() }
  }
  const file = new DatabaseFile(config.path)
  file.pragma('busy_timeout = 5000')
  file.pragma('query_only = ON')
  file.pragma('trusted_schema = OFF')
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: file }) })
  return {
    kind: 'sqlite',
    db,
    checkpoint: () => void file.pragma('wal_checkpoint(PASSIVE)'),
    close: () => db.destroy(),
  }
}
