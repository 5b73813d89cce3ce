import { openThread } from '../platform/thread'
import { ExpectationFailed, mapDatabaseError } from './errors'
import type { SqliteOptions, WireAnswer, WireRequest, WireResult, WireStatement } from './sqlite-wire'

/** The thread that owns one SQLite connection, as the main thread sees it. */
export interface SqliteThread {
  run(statement: WireStatement): Promise<WireResult>
  /** All statements in one immediate transaction, one message there and one back. */
  batch(statements: readonly WireStatement[]): Promise<readonly WireResult[]>
  backup(path: string): Promise<void>
  close(): Promise<void>
}

type Unnumbered<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never

function errorOf(answer: Extract<WireAnswer, { ok: false }>): unknown {
  if (answer.index !== null) return new ExpectationFailed(answer.index)
  return mapDatabaseError(Object.assign(new Error(answer.message), { code: answer.code }))
}

/** Starts the thread and opens the file; rejects when it cannot be opened. */
export async function startSqliteThread(options: SqliteOptions): Promise<SqliteThread> {
  const worker = openThread({
    from: import.meta.url,
    built: 'sqlite-worker',
    source: './sqlite-worker.ts',
    data: options,
  })
  const waiting = new Map<
    number,
    { resolve(results: readonly WireResult[]): void; reject(error: unknown): void }
  >()
  let lastId = 0
  let broken: Error | null = null
  const fail = (error: Error) => {
    broken = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (answers: readonly WireAnswer[]) => {
    for (const answer of answers) {
      const entry = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.ok) entry?.resolve(answer.results)
      else entry?.reject(errorOf(answer))
    }
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the database thread has ended')))
  // What is asked side by side goes over in one message: waking the other thread costs more than a read.
  let outbox: WireRequest[] = []
  const sendAll = () => {
    const requests = outbox
    outbox = []
    worker.postMessage(requests)
  }
  const ask = (request: Unnumbered<WireRequest>): Promise<readonly WireResult[]> =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken)
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      if (outbox.length === 0) queueMicrotask(sendAll)
      outbox.push({ ...request, id })
    })
  const thread: SqliteThread = {
    async run(statement) {
      const [result] = await ask({ kind: 'run', statement })
      return result ?? { rows: [], changes: 0 }
    },
    batch: (statements) => ask({ kind: 'batch', statements }),
    async backup(path) {
      await ask({ kind: 'backup', path })
    },
    async close() {
      await ask({ kind: 'close' })
      await worker.terminate()
    },
  }
  await thread.run({ sql: 'select 1', parameters: [] })
  return thread
}
