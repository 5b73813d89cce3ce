import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAcquirer } from '../support/acquirer'
import { by, type YearBooks } from '../support/year/books'
import { liveThroughYear } from '../support/year/drive'
import { auditYear, INVARIANTS } from '../support/year/invariants'
import { livesOf } from '../support/year/model'
import { PLANTED_FAULTS } from '../support/year/planted-faults'

const CONTRACTS = Number(process.env['UKETSUKE_LONG_CONTRACTS'] ?? 2_000)
const DAYS = Number(process.env['UKETSUKE_LONG_DAYS'] ?? 365)
const SEED = Number(process.env['UKETSUKE_LONG_SEED'] ?? 20_261_201)

describe(`a year of ${CONTRACTS} contracts`, () => {
  let folder: string
  let books: YearBooks
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-year-'))
    const acquirer = await startAcquirer(join(folder, 'acquirer'))
    const wish = { contracts: CONTRACTS, days: DAYS, seed: SEED, from: '2026-12-01', processingMs: 6_000 }
    const year = await liveThroughYear({ kind: 'sqlite', path: join(folder, 'desk.db') }, acquirer, wish)
    books = await year.books()
    process.stdout.write(`${told(books, year.refused)}\n`)
    await year.close()
    await acquirer.stop()
  }, 25 * 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(INVARIANTS)('$name', ({ faults }) => {
    expect(faults(books, livesOf(books))).toEqual([])
  })

  it.each(INVARIANTS.map(({ name }) => name))('"%s" finds its planted fault, and no other does', (name) => {
    expect([...auditYear(PLANTED_FAULTS[name](books)).keys()]).toEqual([name])
  })
})

/** What the year was made of, so that a green one is seen to be no empty one. */
function told(books: YearBooks, refused: ReadonlyMap<string, number>): string {
  const count = (rows: readonly object[], key: string) =>
    Object.fromEntries(
      [...by(rows, (row) => String(new Map<string, unknown>(Object.entries(row)).get(key)))].map(
        ([value, of]) => [value, of.length],
      ),
    )
  return JSON.stringify({
    seed: SEED,
    runs: books.runs.length,
    troubled: books.runs.filter(({ trouble }) => trouble).length,
    said: count(books.said, 'kind'),
    refused: Object.fromEntries(refused),
    contracts: count(books.contracts, 'status'),
    turns: count(books.cycles, 'status'),
    payments: count(books.payments, 'status'),
    codes: count(books.payments, 'code'),
  })
}
