import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database } from './database.types'
import { ExpectationFailed, mapDatabaseError } from './errors'
import type { Statement, StatementResult } from './open-database'

const INT8 = 20
const NUMERIC = 1700

/** int8 as a number; refuses what a number cannot hold exactly. */
function exactInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`integer out of range: ${text}`)
  return value
}

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === INT8 || oid === NUMERIC) return exactInteger
    return pg.types.getTypeParser(oid, format)
  },
}

const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '::1', '[::1]'].includes(host)

/** A pool of connections. Off loopback only with TLS and a certificate that is verified. */
export function openPool(config: { url: string; ca?: string }): pg.Pool {
  const url = new URL(config.url)
  const local = isLoopback(url.hostname)
  const ssl =
    config.ca === undefined
      ? local
        ? false
        : { rejectUnauthorized: true }
      : { ca: config.ca, rejectUnauthorized: true }
  const pool = new pg.Pool({ connectionString: config.url, ssl, max: 8, types, application_name: 'uketsuke' })
  // A connection that the server ends while nobody asks on it: whoever asks next gets a new one or is told.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

export function postgresDatabase(pool: pg.Pool): Kysely<Database> {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

/** All statements in one transaction; nothing is kept when one of them fails its expectation. */
export async function postgresBatch(
  pool: pg.Pool,
  statements: readonly Statement[],
): Promise<StatementResult[]> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const results: StatementResult[] = []
    for (const [index, { query, expect }] of statements.entries()) {
      const result = await client.query<Record<string, unknown>>(query.sql, [...query.parameters])
      const changes = result.rowCount ?? 0
      if (expect && changes !== expect.changes) throw new ExpectationFailed(index)
      results.push({ rows: result.rows, changes })
    }
    await client.query('commit')
    return results
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw mapDatabaseError(error)
  } finally {
    client.release()
  }
}
