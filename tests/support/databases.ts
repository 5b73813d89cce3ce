import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { postgresPlace, type DatabasePlace } from './postgres-place'

export type { DatabasePlace }

async function sqlitePlace(): Promise<DatabasePlace> {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-db-'))
  return {
    config: { kind: 'sqlite', path: join(folder, 'desk.db') },
    drop: async () => rmSync(folder, { recursive: true, force: true }),
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
