import { Kysely, type CompiledQuery } from 'kysely'
import type { Clock } from '../platform/clock'
import type { Log } from '../platform/log'
import type { Database } from './database.types'
import { migrate } from './migrate'
import { SqliteThreadDialect, sqliteValue, TransactionGate } from './sqlite-dialect'
import { startSqliteThread } from './sqlite-thread'

/** One statement of a batch. */
export interface Statement {
  readonly query: CompiledQuery
  /** Rows that it must change; else the whole batch is rolled back with ExpectationFailed. */
  readonly expect?: { readonly changes: number }
  /** Many rows of values for the one statement, as JSON (SQLite; see `bulkInsert`). */
  readonly rows?: string
}

export interface StatementResult {
  readonly rows: readonly Record<string, unknown>[]
  readonly changes: number
}

export type OpenConfig =
  | {
      readonly kind: 'sqlite'
      readonly path: string
      /** OFF only for benchmarks: a power cut may then lose the last orders. */
      readonly synchronous?: 'FULL' | 'OFF'
    }
  | { readonly kind: 'postgres'; readonly url: string; readonly ca?: string }

/** An open database of the desk, SQLite or PostgreSQL. */
export interface DeskDatabase {
  readonly kind: 'sqlite' | 'postgres'
  readonly db: Kysely<Database>
  /** Many statements in one transaction, atomically; one round trip on SQLite. */
  batch(statements: readonly Statement[]): Promise<readonly StatementResult[]>
  /** Copies the whole database to a file (SQLite only). */
  backup(path: string): Promise<void>
  close(): Promise<void>
}

export interface OpenDeps {
  readonly clock: Clock
  readonly log?: Log
}

/** Opens a database without touching its schema. */
export async function connect(config: OpenConfig): Promise<DeskDatabase> {
  if (config.kind === 'postgres') {
    // Loaded only when it is used: a desk on SQLite starts without it.
    const { openPool, postgresBatch, postgresDatabase } = await import('./postgres')
    const pool = openPool(config)
    const db = postgresDatabase(pool)
    return {
      kind: 'postgres',
      db,
      batch: (statements) => postgresBatch(pool, statements),
      backup: async () => {
        throw new Error('PostgreSQL is backed up by its own tools')
      },
      close: () => db.destroy(),
    }
  }
  const thread = await startSqliteThread({
    path: config.path,
    synchronous: config.synchronous ?? 'FULL',
    readOnly: false,
  })
  const gate = new TransactionGate()
  const db = new Kysely<Database>({ dialect: new SqliteThreadDialect(thread, gate) })
  return {
    kind: 'sqlite',
    db,
    async batch(statements) {
      while (gate.open) await gate.open
      return thread.batch(
        statements.map(({ query, expect, rows }) => ({
          sql: query.sql,
          parameters: query.parameters.map(sqliteValue),
          ...(expect ? { changes: expect.changes } : {}),
          ...(rows === undefined ? {} : { rows }),
        })),
      )
    },
    backup: (path) => thread.backup(path),
    close: () => db.destroy(),
  }
}

/** Opens a database and brings its schema up to date. Throws MigrationFailed or DatabaseTooNew. */
export async function openDatabase(config: OpenConfig, deps: OpenDeps): Promise<DeskDatabase> {
  const database = await connect(config)
  try {
    await migrate(database, { config, clock: deps.clock })
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}
