import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { decide, importDetail } from '../../src/main/features/customer-imports/customer-imports.service'
import { customerLine, writeCustomerCsv } from '../support/customer-csv'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openImportWorld } from '../support/import-world'
import { importThroughKills } from '../support/killed-import'

const ROWS = 2500
const BROKEN = 1777
const KILLS = 3

forEachDatabase('an import that is killed', (openPlace) => {
  let place: DatabasePlace
  let folder: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-import-'))
    place = await openPlace()
  })
  afterEach(async () => {
    await place.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('goes on where it was, shows nothing before its end, and has every row once', async () => {
    const file = join(folder, 'customers.csv')
    writeCustomerCsv(file, { rows: ROWS, change: (at, line) => (at === BROKEN ? `${line},` : line) })
    const first = await importThroughKills(place.config, {
      file,
      broken: 'ask',
      kills: KILLS,
      within: 12,
      seed: 7,
    })
    expect(first).toMatchObject({ died: KILLS, state: 'asking' })
    const world = await openImportWorld(place.config)
    try {
      await world.frame.resume()
      expect(await world.seen()).toEqual([])
      const asked = await importDetail(world.deps, first.importId)
      expect(asked.question?.raw).toBe(`${customerLine(100_000 + BROKEN)},`)
      await decide(world.deps, first.importId, 'skip')
      expect((await world.halted(first.importId)).state).toBe('done')
      const all = Array.from({ length: ROWS }, (_, at) => 100_001 + at)
      expect(await world.seen()).toEqual(all.filter((number) => number !== 100_000 + BROKEN))
      const { counts } = await importDetail(world.deps, first.importId)
      expect(counts).toMatchObject({ read: ROWS, added: ROWS - 1, broken: 1, skipped: 0 })
      const key = world.database.kind === 'sqlite' ? 'rowid' : 'customer_number'
      const indexed = await sql<{ count: number }>`select count(*) as count from customer_search
        where ${sql.ref(key)} > 100000`.execute(world.database.db)
      expect(Number(indexed.rows[0]?.count)).toBe(ROWS - 1)
    } finally {
      await world.close()
    }
  })
})
