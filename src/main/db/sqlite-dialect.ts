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

/**
 * Keeps statements of others out of an open transaction. Single statements and batches go straight through: the
 * thread answers them in order, each one whole.
 */
export class TransactionGate {
  #open: Promise<void> | null = null

  /**
   * What to wait for while a transaction is open. Others wait for the same: look again after it, in the very step that
   * then sends (`while (gate.open) await gate.open`), or two of them begin at once.
   */
  get open(): Promise<void> | null {
    return this.#open
  }

  /** Opens a transaction when it is the caller's turn; the answer ends it. */
  async enter(): Promise<() => void> {
    while (this.#open) await this.#open
    let leave: () => void = () => undefined
    this.#open = new Promise((resolve) => {
      leave = () => {
        this.#open = null
        resolve()
      }
    })
    return leave
  }
}

/** better-sqlite3 takes no booleans and no undefined. */
export const sqliteValue = (value: unknown): unknown =>
  typeof value === 'boolean' ? Number(value) : value === undefined ? null : value

class ThreadConnection implements DatabaseConnection {
  readonly #thread: SqliteThread
  readonly #gate: TransactionGate
  #leave: (() => void) | null = null

  constructor(thread: SqliteThread, gate: TransactionGate) {
    this.#thread = thread
    this.#gate = gate
  }

  async begin(): Promise<void> {
    this.#leave = await this.#gate.enter()
    await this.#thread.run({ sql: 'begin immediate', parameters: [] })
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    await this.#thread.run({ sql: how, parameters: [] })
    this.release()
  }

  release(): void {
    this.#leave?.()
    this.#leave = null
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    while (!this.#leave && this.#gate.open) await this.#gate.open
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
  readonly #gate: TransactionGate

  constructor(thread: SqliteThread, gate: TransactionGate) {
    this.#thread = thread
    this.#gate = gate
  }

  async init(): Promise<void> {
    return undefined
  }

  async acquireConnection(): Promise<ThreadConnection> {
    return new ThreadConnection(this.#thread, this.#gate)
  }

  async beginTransaction(connection: ThreadConnection): Promise<void> {
    await connection.begin()
  }

  async commitTransaction(connection: ThreadConnection): Promise<void> {
    await connection.end('commit')
  }

  async rollbackTransaction(connection: ThreadConnection): Promise<void> {
    await connection.end('rollback')
  }

  async releaseConnection(connection: ThreadConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {
    await this.#thread.close()
  }
}

/** Kysely on the thread that owns the SQLite connection. */
export class SqliteThreadDialect implements Dialect {
  readonly #thread: SqliteThread
  readonly #gate: TransactionGate

  constructor(thread: SqliteThread, gate: TransactionGate) {
    this.#thread = thread
    this.#gate = gate
  }

  createDriver(): Driver {
    return new ThreadDriver(this.#thread, this.#gate)
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
