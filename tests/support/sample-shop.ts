import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import pg from 'pg'
import { seedSampleData } from '../../src/main/app/sample-data/seed-sample-data'
import { openDatabase, type DeskDatabase, type OpenConfig } from '../../src/main/db/open-database'
import { systemClock, type Clock } from '../../src/main/platform/clock'

/** Where a run of the tests keeps what it copies; set and cleared away by schema-template.ts. */
export const COPIES = 'UKETSUKE_TEST_COPIES'

type Copy = (to: OpenConfig) => Promise<void>
const kept = new Map<string, Copy>()

/** What the databases that others are copied from are called on the PostgreSQL server of a run. */
const prefixOf = (folder: string): string => `sample_${basename(folder).replaceAll(/[^A-Za-z0-9]/g, '')}_`

/**
 * Opens a database that has no rows yet and fills it with the sample shop. The shop of one instant is made once and
 * copied from then on: its two thousand statements take longer than most tests.
 */
export async function openWithSampleShop(config: OpenConfig, clock: Clock): Promise<DeskDatabase> {
  const folder = process.env[COPIES]
  // The real clock never shows the same instant twice.
  const keeps = folder !== undefined && clock !== systemClock
  const key = `${config.kind} ${clock.now()}`
  const copy = keeps ? kept.get(key) : undefined
  if (copy) {
    await copy(config)
    return openDatabase(config, { clock })
  }
  const database = await openDatabase(config, { clock })
  await seedSampleData(database, { clock, passwordHash: 'x' })
  if (!keeps) return database
  const name = `${process.pid}_${kept.size}`
  if (config.kind === 'sqlite') {
    const file = join(folder, `sample-${name}.db`)
    await database.backup(file)
    kept.set(key, async (to) => {
      if (to.kind === 'sqlite') copyFileSync(file, to.path)
    })
    return database
  }
  await database.close()
  const template = prefixOf(folder) + name
  await onServer(
    config.url,
    `create database "${template}" template ${databaseOf(config.url)} strategy file_copy`,
  )
  kept.set(key, async (to) => {
    if (to.kind !== 'postgres') return
    const own = databaseOf(to.url)
    await onServer(
      to.url,
      `drop database ${own} with (force)`,
      `create database ${own} template "${template}" strategy file_copy`,
    )
  })
  return openDatabase(config, { clock })
}

const databaseOf = (url: string): string => `"${new URL(url).pathname.slice(1)}"`

async function serverOf(url: string): Promise<pg.Client> {
  const server = new URL(url)
  server.pathname = '/postgres'
  const client = new pg.Client({ connectionString: server.href })
  await client.connect()
  return client
}

/** Statements to the server that this database is on. */
async function onServer(url: string, ...statements: readonly string[]): Promise<void> {
  const client = await serverOf(url)
  for (const statement of statements) await client.query(statement)
  await client.end()
}

/** Takes the databases of a run that is over from its server. */
export async function dropCopies(url: string, folder: string): Promise<void> {
  const client = await serverOf(url)
  const found = await client.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [prefixOf(folder)],
  )
  await client.end()
  await onServer(url, ...found.rows.map(({ datname }) => `drop database "${datname}" with (force)`))
}
