import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely'
import type { SqliteThread } from './sqlite-thread'

/** SQLite does run DDL in transactions; Kysely's own adapter says no and would leave half a migration behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Hands one thing to one holder at a time, in the order of asking. */
export class Turnstile {
  #last: Promise<void> = Promise.resolve()

  /** Resolves with the way to leave when it is the caller's turn. */
  async enter(): Promise<() => void> {
    let leave: () => void = () => undefined
    const before = this.#last
    this.#last = new Promise((resolve) => {
      leave = resolve
    })
    await before
    return leave
  }
}

/** better-sqlite3 takes no booleans and no undefined. */
export const sqliteValue = (value: unknown): unknown =>
  typeof value === 'boolean' ? Number(value) : value === undefined ? null : value

class ThreadConnection implements DatabaseConnection {
  readonly #thread: SqliteThread
  leave: () => void = () => undefined

  constructor(thread: SqliteThread) {
    this.#thread = thread
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const parameters = query.parameters.map(sqliteValue)
    const result = await this.#thread.run({ sql: query.sql, parameters })
    // The columns are what the query's type says: Kysely's own contract with every driver.
    const rows = result.rows as unknown as R[]
    return { rows, numAffectedRows: BigInt(result.changes) }
  }

  // eslint-disable-next-line require-yield -- the desk reads in pages, never by stream
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streams are not used: read in pages')
  }
}

class ThreadDriver implements Driver {
  readonly #thread: SqliteThread
  readonly #turnstile: Turnstile

  constructor(thread: SqliteThread, turnstile: Turnstile) {
    this.#thread = thread
    this.#turnstile = turnstile
  }

  async init(): Promise<void> {
    return undefined
  }

  async acquireConnection(): Promise<ThreadConnection> {
    const connection = new ThreadConnection(this.#thread)
    connection.leave = await this.#turnstile.enter()
    return connection
  }

  async beginTransaction(): Promise<void> {
    await this.#thread.run({ sql: 'begin immediate', parameters: [] })
  }

  async commitTransaction(): Promise<void> {
    await this.#thread.run({ sql: 'commit', parameters: [] })
  }

  async rollbackTransaction(): Promise<void> {
    await this.#thread.run({ sql: 'rollback', parameters: [] })
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof ThreadConnection) connection.leave()
  }

  async destroy(): Promise<void> {
    await this.#thread.close()
  }
}

/** Kysely on the thread that owns the SQLite connection. */
export class SqliteThreadDialect implements Dialect {
  readonly #thread: SqliteThread
  readonly #turnstile: Turnstile

  constructor(thread: SqliteThread, turnstile: Turnstile) {
    this.#thread = thread
    this.#turnstile = turnstile
  }

  createDriver(): Driver {
    return new ThreadDriver(this.#thread, this.#turnstile)
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler()
  }

  createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }

  // eslint-disable-next-line typescript/no-explicit-any -- Kysely's own signature
  createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new SqliteIntrospector(db)
  }
}
