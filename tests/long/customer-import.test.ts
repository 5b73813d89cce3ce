import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { decide, importDetail } from '../../src/main/features/customer-imports/customer-imports.service'
import { visibleCustomer } from '../../src/main/db/visible-customers'
import { customerLine, writeCustomerCsv } from '../support/customer-csv'
import { openImportWorld } from '../support/import-world'
import { importThroughKills } from '../support/killed-import'

const ROWS = Number(process.env['UKETSUKE_LONG_ROWS'] ?? 1_000_000)
const BROKEN = Math.round(ROWS * 0.777_777)
const KILLS = 10
const FIRST = 100_001

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-long-import-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a million customers, one row broken, the desk killed ten times: asked about that row, and every other one is there', async () => {
  const file = join(folder, 'customers.csv')
  const config = { kind: 'sqlite' as const, path: join(folder, 'desk.db') }
  writeCustomerCsv(file, {
    rows: ROWS,
    change: (at, line) => (at === BROKEN ? line.replaceAll(',', ';') : line),
  })
  const within = Math.max(20, Math.round(ROWS / 1_000))
  const first = await importThroughKills(config, { file, broken: 'ask', kills: KILLS, within, seed: 777 })
  expect(first).toMatchObject({ died: KILLS, state: 'asking' })
  const world = await openImportWorld(config)
  try {
    await world.frame.resume()
    const { question } = await importDetail(world.deps, first.importId)
    expect(question?.raw).toBe(customerLine(FIRST + BROKEN - 1).replaceAll(',', ';'))
    await decide(world.deps, first.importId, 'skip')
    expect((await world.halted(first.importId)).state).toBe('done')
    const { counts } = await importDetail(world.deps, first.importId)
    expect(counts).toMatchObject({ read: ROWS, added: ROWS - 1, broken: 1, skipped: 0 })
    // Every number once, in a row, but for that of the broken row.
    let expected = FIRST
    for (let after = 0; ;) {
      const rows = await world.database.db
        .selectFrom('customer')
        .select(['number', 'email'])
        .where(visibleCustomer())
        .where('number', '>', after)
        .orderBy('number')
        .limit(5_000)
        .execute()
      for (const { number, email } of rows) {
        if (expected === FIRST + BROKEN - 1) expected++
        expect(number).toBe(expected++)
        expect(email?.startsWith(`c${number.toString(36)}.`)).toBe(true)
      }
      after = rows.at(-1)?.number ?? after
      if (rows.length < 5_000) break
    }
    expect(expected).toBe(FIRST + ROWS)
  } finally {
    await world.close()
  }
})
