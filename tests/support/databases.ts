import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, inject } from 'vitest'
import type { OpenConfig } from '../../src/main/db/open-database'
import { postgresPlace, type DatabasePlace } from './postgres-place'

export type { DatabasePlace }

/** A SQLite file in this folder that has the schema and no rows. */
export function deskFile(folder: string, name = 'desk.db'): Extract<OpenConfig, { kind: 'sqlite' }> {
  const path = join(folder, name)
  copyFileSync(inject('schemaTemplate').file, path)
  return { kind: 'sqlite', path }
}

async function sqlitePlace(from: 'schema' | 'nothing'): Promise<DatabasePlace> {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-db-'))
  return {
    config: from === 'schema' ? deskFile(folder) : { kind: 'sqlite', path: join(folder, 'desk.db') },
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

const server = process.env['UKETSUKE_TEST_PG_URL']

type Suite = (place: () => Promise<DatabasePlace>) => void

function onBoth(name: string, from: 'schema' | 'nothing', suite: Suite): void {
  describe(`${name} on SQLite`, () => suite(() => sqlitePlace(from)))
  if (server === undefined) {
    describe.skip(`${name} on PostgreSQL (SKIPPED: UKETSUKE_TEST_PG_URL is not set)`, () =>
      suite(() => sqlitePlace(from)))
    return
  }
  const template = () => (from === 'schema' ? (inject('schemaTemplate').postgres ?? undefined) : undefined)
  describe(`${name} on PostgreSQL`, () => suite(() => postgresPlace(server, template())))
}

/** Runs the same suite on SQLite and on PostgreSQL, on databases that have the schema and no rows. Without a server the second half is skipped, loudly. */
export function forEachDatabase(name: string, suite: Suite): void {
  onBoth(name, 'schema', suite)
}

/** The same on databases in which nothing has been made yet. */
export function forEachEmptyDatabase(name: string, suite: Suite): void {
  onBoth(name, 'nothing', suite)
}
