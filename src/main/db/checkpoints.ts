import { sql } from 'kysely'
import type { DeskDatabase } from './open-database'
import { MAX_WAL_PAGES } from './sqlite-wire'

/** Pages (4 KB each) after which the log goes into the file while much is written. */
const SMALL_PAGES = 2_000

/**
 * While much is written, the log of SQLite goes into the file more often and in smaller pieces: whoever commits an order
 * meanwhile waits for the disk behind such a piece (sqlite.org/wal.html, 2.1). It holds for this connection alone, until
 * it is turned off or closed. PostgreSQL spreads its checkpoints by itself.
 */
export async function smallCheckpoints({ kind, db }: DeskDatabase, on: boolean): Promise<void> {
  if (kind !== 'sqlite') return
  await sql`pragma wal_autocheckpoint = ${sql.lit(on ? SMALL_PAGES : MAX_WAL_PAGES)}`.execute(db)
}
