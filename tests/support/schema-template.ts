import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openDatabase, type OpenConfig } from '../../src/main/db/open-database'
import { systemClock } from '../../src/main/platform/clock'
import { postgresPlace, type DatabasePlace } from './postgres-place'
import { COPIES, dropCopies } from './sample-shop'

declare module 'vitest' {
  interface ProvidedContext {
    /** The database that every test's own is copied from: a file, and a name on the PostgreSQL server of the run. */
    readonly schemaTemplate: { readonly file: string; readonly postgres: string | null }
  }
}

/** Migrates one database of each kind for the whole run: a copy costs a hundredth of forty migrations. */
export default async function makeTemplates(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-schema-'))
  const file = join(folder, 'desk.db')
  await migrated({ kind: 'sqlite', path: file })
  const server = process.env['UKETSUKE_TEST_PG_URL']
  let place: DatabasePlace | null = null
  if (server !== undefined) {
    place = await postgresPlace(server)
    await migrated(place.config)
  }
  const postgres = place?.config.kind === 'postgres' ? new URL(place.config.url).pathname.slice(1) : null
  project.provide('schemaTemplate', { file, postgres })
  process.env[COPIES] = folder
  return async () => {
    await place?.drop()
    if (server !== undefined) await dropCopies(server, folder)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function migrated(config: OpenConfig): Promise<void> {
  const database = await openDatabase(config, { clock: systemClock })
  await database.close()
}
