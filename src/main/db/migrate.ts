import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Migrator, type Migration } from 'kysely'
import type { Clock } from '../platform/clock'
import { MIGRATIONS } from './migrations'
import type { DeskDatabase, OpenConfig } from './open-database'

/** Backups before migrations that are kept beside the database. */
const KEPT_BACKUPS = 5

/** A migration did not go through. The database is as it was before. */
export class MigrationFailed extends Error {
  override name = 'MigrationFailed'
  readonly migration: string
  readonly backupPath: string | null

  constructor(migration: string, backupPath: string | null, cause: unknown) {
    super(`migration ${migration} failed`, { cause })
    this.migration = migration
    this.backupPath = backupPath
  }
}

/** The database was last used by a newer program: this one must not touch it. */
export class DatabaseTooNew extends Error {
  override name = 'DatabaseTooNew'
}

export interface MigrateOptions {
  readonly config: OpenConfig
  readonly clock: Clock
  /** For tests: other migrations than the program's own. */
  readonly migrations?: Readonly<Record<string, Migration>>
  /** For tests: stops after this one. */
  readonly upTo?: string
}

/** Brings the schema up to date: all pending migrations in one transaction, after a backup of the file. */
export async function migrate(database: DeskDatabase, options: MigrateOptions): Promise<void> {
  const migrations = options.migrations ?? MIGRATIONS
  const migrator = new Migrator({
    db: database.db,
    provider: { getMigrations: async () => ({ ...migrations }) },
  })
  const done = await appliedNames(database)
  const foreign = done.filter((name) => !(name in migrations))
  if (foreign.length > 0) throw new DatabaseTooNew(foreign.join(', '))
  const pending = Object.keys(migrations).filter((name) => !done.includes(name))
  if (pending.length === 0) return
  const backupPath = done.length > 0 ? await backUp(database, options) : null
  const { error, results } =
    options.upTo === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(options.upTo)
  if (error === undefined) return
  const failed = results?.find((result) => result.status === 'Error')
  throw new MigrationFailed(failed?.migrationName ?? 'unknown', backupPath, error)
}

async function appliedNames(database: DeskDatabase): Promise<string[]> {
  const tables = await database.db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return []
  const rows = await database.db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute()
  return rows.map((row) => row.name)
}

/** A copy of the SQLite file by its own backup interface; the oldest copies make room. */
async function backUp(database: DeskDatabase, options: MigrateOptions): Promise<string | null> {
  if (options.config.kind !== 'sqlite') return null
  const { path } = options.config
  const stamp = new Date(options.clock.now()).toISOString().replace(/[:.]/g, '-')
  const backupPath = `${path}.before-${stamp}.bak`
  await database.backup(backupPath)
  const prefix = `${basename(path)}.before-`
  const copies = (await readdir(dirname(path))).filter((name) => name.startsWith(prefix)).sort()
  for (const old of copies.slice(0, -KEPT_BACKUPS)) await rm(join(dirname(path), old))
  return backupPath
}
