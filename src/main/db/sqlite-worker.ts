import { parentPort, workerData } from 'node:worker_threads'
import DatabaseFile from 'better-sqlite3'
import * as z from 'zod/mini'
import { MAX_WAL_PAGES } from './sqlite-wire'
import type { WireAnswer, WireRequest, WireResult, WireStatement } from './sqlite-wire'

const Options = z.object({ path: z.string(), synchronous: z.enum(['FULL', 'OFF']), readOnly: z.boolean() })

/** Statements kept prepared; the program has some 200 different ones. */
const MAX_PREPARED = 500

/** Pages kept in memory, in KiB: the narrow list of a million customers is sorted from it. Taken as pages are read. */
const CACHE_KIB = 98_304

/** The log goes into the file while nobody waits (this long after the last request), or at its largest size. */
const CHECKPOINT_IDLE_MS = 300

/** After this long the answers that are there are sent, one by one. */
const SLOW_MS = 2

class Expectation extends Error {
  readonly index: number
  constructor(index: number) {
    super('expectation')
    this.index = index
  }
}

const options = Options.parse(workerData)
const database = new DatabaseFile(options.path, { readonly: options.readOnly })
database.pragma('busy_timeout = 5000')
database.pragma(`cache_size = -${CACHE_KIB}`)
if (!options.readOnly) {
  database.pragma('journal_mode = WAL')
  database.pragma(`synchronous = ${options.synchronous}`)
  database.pragma(`wal_autocheckpoint = ${MAX_WAL_PAGES}`)
}
database.pragma('foreign_keys = ON')
database.pragma('trusted_schema = OFF')

const prepared = new Map<string, DatabaseFile.Statement<unknown[], Record<string, unknown>>>()

function statementOf(sql: string) {
  const known = prepared.get(sql)
  if (known) return known
  if (prepared.size >= MAX_PREPARED) prepared.clear()
  const statement = database.prepare<unknown[], Record<string, unknown>>(sql)
  prepared.set(sql, statement)
  return statement
}

function valuesOf(text: string): unknown[][] {
  const rows: unknown = JSON.parse(text)
  if (!Array.isArray(rows) || !rows.every((row) => Array.isArray(row))) throw new Error('rows')
  return rows
}

function execute({ sql, parameters, rows: many }: WireStatement): WireResult {
  const statement = statementOf(sql)
  if (many !== undefined) {
    let changes = 0
    for (const values of valuesOf(many)) changes += statement.run(...values).changes
    return { rows: [], changes }
  }
  if (!statement.reader) return { rows: [], changes: statement.run(...parameters).changes }
  const rows = statement.all(...parameters)
  return { rows, changes: rows.length }
}

function executeAll(statements: readonly WireStatement[]): WireResult[] {
  return statements.map((statement, index) => {
    const result = execute(statement)
    if (statement.changes !== undefined && result.changes !== statement.changes) throw new Expectation(index)
    return result
  })
}

const inTransaction = database.transaction(executeAll).immediate

async function answer(request: WireRequest): Promise<readonly WireResult[]> {
  switch (request.kind) {
    case 'run':
      return [execute(request.statement)]
    case 'batch':
      return inTransaction(request.statements)
    case 'backup':
      await database.backup(request.path)
      return []
    case 'close':
      database.close()
      return []
  }
}

function refusal(id: number, error: unknown): WireAnswer {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  const index = error instanceof Expectation ? error.index : null
  return { id, ok: false, message: error instanceof Error ? error.message : 'unknown', code, index }
}

let checkpoint: NodeJS.Timeout | null = null

/** A checkpoint syncs the file; in the middle of a commit the operator would wait for it. */
function checkpointWhenIdle(): void {
  if (options.readOnly) return
  if (checkpoint) checkpoint.refresh()
  else {
    checkpoint = setTimeout(() => {
      if (database.open) database.pragma('wal_checkpoint(PASSIVE)')
    }, CHECKPOINT_IDLE_MS)
  }
}

/** Requests are answered in the order in which they come, so that a transaction is never interleaved. */
let last: Promise<void> = Promise.resolve()
parentPort?.on('message', (requests: readonly WireRequest[]) => {
  last = last.then(async () => {
    const from = performance.now()
    let answers: WireAnswer[] = []
    const send = () => {
      if (answers.length > 0) parentPort?.postMessage(answers)
      answers = []
    }
    for (const request of requests) {
      // What was only read does not wait for the disk.
      if (!isRead(request)) send()
      answers.push(await answerTo(request))
      // Whoever asked first does not wait for a long answer to somebody else.
      if (performance.now() - from > SLOW_MS) send()
    }
    send()
    if (requests.some(({ kind }) => kind === 'close')) parentPort?.close()
    else checkpointWhenIdle()
  })
})

const isRead = (request: WireRequest): boolean =>
  request.kind === 'run' && request.statement.sql.startsWith('select')

async function answerTo(request: WireRequest): Promise<WireAnswer> {
  try {
    return { id: request.id, ok: true, results: await answer(request) }
  } catch (error) {
    return refusal(request.id, error)
  }
}
