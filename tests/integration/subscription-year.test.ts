import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAcquirer } from '../support/acquirer'
import { deskFile } from '../support/databases'
import type { YearBooks } from '../support/year/books'
import { liveThroughYear } from '../support/year/drive'
import { auditYear, INVARIANTS } from '../support/year/invariants'
import { PLANTED_FAULTS } from '../support/year/planted-faults'

/** A quarter of the year that `npm run test:long` lives through, with few contracts. */
describe('a quarter of 定期 on a virtual clock', () => {
  let folder: string
  let books: YearBooks
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-quarter-'))
    const acquirer = await startAcquirer(join(folder, 'acquirer'))
    const wish = { contracts: 60, days: 90, seed: 7, from: '2026-12-01', processingMs: 1_500 }
    const year = await liveThroughYear(deskFile(folder), acquirer, wish)
    books = await year.books()
    await year.close()
    await acquirer.stop()
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps every invariant', () => {
    expect(books.cycles.length).toBeGreaterThan(60)
    expect(Object.fromEntries(auditYear(books))).toEqual({})
  })

  it.each(INVARIANTS.map(({ name }) => name))('"%s" finds its planted fault, and no other does', (name) => {
    expect([...auditYear(PLANTED_FAULTS[name](books)).keys()]).toEqual([name])
  })
})
