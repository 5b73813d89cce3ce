import DatabaseFile from 'better-sqlite3'
import { z } from 'zod'
import type { DeskDatabase, Statement, StatementResult } from '../src/main/db/open-database'
import { sqliteValue } from '../src/main/db/sqlite-dialect'

/** A statement of the desk with its values, as it is run again. */
interface Recorded {
  readonly sql: string
  /** Values of each run; most statements have one. */
  readonly runs: readonly (readonly unknown[])[]
  /** Rows that the desk's own run changed, or read. */
  readonly changes: number
}

/** What the desk wrote in one transaction. */
export type Batch = readonly Recorded[]

const Rows = z.array(z.array(z.unknown()))

const recordOf = ({ query, rows }: Statement, result: StatementResult | undefined): Recorded => ({
  sql: query.sql,
  runs: rows === undefined ? [query.parameters.map(sqliteValue)] : Rows.parse(JSON.parse(rows)),
  changes: result?.changes ?? 0,
})

/** A database that hands on what it writes; `keep` is asked for only while `wanted`. */
export function recording(
  database: DeskDatabase,
  keep: (batch: Batch) => void,
  wanted: () => boolean = () => true,
): DeskDatabase {
  return {
    ...database,
    async batch(statements) {
      const isWanted = wanted()
      const results = await database.batch(statements)
      if (isWanted) keep(statements.map((statement, at) => recordOf(statement, results[at])))
      return results
    },
  }
}

/** A copy of the desk's file, on the calling thread. `foreignKeys`: as the desk has them, or not at all. */
export function openBare(
  path: string,
  { synchronous, foreignKeys }: { readonly synchronous: 'FULL' | 'OFF'; readonly foreignKeys: boolean },
): DatabaseFile.Database {
  const db = new DatabaseFile(path)
  for (const pragma of [
    'journal_mode = WAL',
    `synchronous = ${synchronous}`,
    `foreign_keys = ${foreignKeys ? 'ON' : 'OFF'}`,
    'trusted_schema = OFF',
  ])
    db.pragma(pragma)
  return db
}

/**
 * The bare reference of a commit: the same statements with the same values, prepared beforehand. `strict`: each must
 * change as many rows as the desk's did.
 */
export function replayOn(db: DatabaseFile.Database, strict: boolean) {
  const known = new Map<string, DatabaseFile.Statement<unknown[]>>()
  const prepare = (batch: Batch) =>
    batch.map(({ sql, ...rest }) => {
      const statement = known.get(sql) ?? db.prepare<unknown[]>(sql)
      known.set(sql, statement)
      return { statement, ...rest }
    })
  type Ready = ReturnType<typeof prepare>
  const commit = db.transaction((batch: Ready) => {
    for (const { statement, runs, changes } of batch) {
      let changed = 0
      for (const values of runs)
        changed += statement.reader ? statement.all(...values).length : statement.run(...values).changes
      if (strict && changed !== changes)
        throw new Error(`the reference does not do what the desk did: ${statement.source}`)
    }
  }).immediate
  return {
    prepare,
    /** Milliseconds of one transaction. */
    commit(batch: Ready): number {
      const from = performance.now()
      commit(batch)
      return performance.now() - from
    },
  }
}
