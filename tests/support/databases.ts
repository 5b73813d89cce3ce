import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { describe } from 'vitest'
import type { OpenConfig } from '../../src/main/db/open-database'

/** One place for a database: empty, and gone after `drop`. */
export interface DatabasePlace {
  readonly config: OpenConfig
  drop(): Promise<void>
}

async function sqlitePlace(): Promise<DatabasePlace> {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-db-'))
  return {
    config: { kind: 'sqlite', path: join(folder, 'desk.db') },
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function postgresPlace(server: string): Promise<DatabasePlace> {
  const name = `desk_${randomUUID().replaceAll('-', '')}`
  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await onServer(`create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    config: { kind: 'postgres', url: url.href },
    drop: () => onServer(`drop database ${name} with (force)`),
  }
}

const server = process.env['UKETSUKE_TEST_PG_URL']

/** Runs the same suite on SQLite and on PostgreSQL. Without a server the second half is skipped, loudly. */
export function forEachDatabase(name: string, suite: (place: () => Promise<DatabasePlace>) => void): void {
  describe(`${name} on SQLite`, () => suite(sqlitePlace))
  if (server === undefined) {
    describe.skip(`${name} on PostgreSQL (SKIPPED: UKETSUKE_TEST_PG_URL is not set)`, () =>
      suite(sqlitePlace))
    return
  }
  describe(`${name} on PostgreSQL`, () => suite(() => postgresPlace(server)))
}
