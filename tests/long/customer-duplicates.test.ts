import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { newId } from '../../src/main/platform/ids'
import { addStaff } from '../support/customer-rows'
import { forEachDatabase } from '../support/databases'
import { mergeDesk } from '../support/merge-world'

const CUSTOMERS = 1_000_000
const PAIRS_EVERY = 1000
const clock = manualClock(Date.UTC(2026, 10, 23))

/** Generous: the bound is against reading all customers, not against a slow machine. */
const CANDIDATES_MS = 300
const PAGE_MS = 3000

forEachDatabase('duplicates among a million customers', (openPlace) => {
  it('are found through the indexes', async () => {
    const place = await openPlace()
    const database = await openDatabase(
      place.config.kind === 'sqlite' ? { ...place.config, synchronous: 'OFF' } : place.config,
      { clock },
    )
    const isSqlite = database.kind === 'sqlite'
    const numbers = isSqlite
      ? sql`with recursive n (i) as (select 1 union all select i + 1 from n where i < ${CUSTOMERS}) `
      : sql`with n (i) as (select generate_series(1, ${sql.lit(CUSTOMERS)})) `
    const padded = (value: string, width: number) =>
      isSqlite ? sql.raw(`printf('%0${width}d', ${value})`) : sql.raw(`lpad((${value})::text, ${width}, '0')`)
    // Every thousandth customer has the phone of the one before, and another the e-mail address.
    const phone = `case when i % ${PAIRS_EVERY} = 0 then i - 1 else i end`
    const mail = `case when i % ${PAIRS_EVERY} = 500 then i - 1 else i end`
    const part = isSqlite ? sql.raw(`'-4000-8000-'`) : sql.raw(`'-4000-8000-'`)
    await sql`insert into customer (id, number, family_name, given_name, family_kana, given_kana, email, phone,
        phone_last4, postal_code, prefecture, city, address, created_at, updated_at, version)
      ${isSqlite ? numbers : sql``}select '00000000-0000' || ${part} || ${padded('i', 12)}, i, '佐藤', '花子',
        'サトウ', 'カナ' || i % 4999, 'a' || ${sql.raw(mail)} || '@example.jp', '03' || ${padded(`(${phone})`, 8)},
        '0000', ${padded('1000000 + i % 9001', 7)}, '東京都', '千代田区', '千代田' || i, 0, 0, 1
      from ${isSqlite ? sql`n` : sql`generate_series(1, ${sql.lit(CUSTOMERS)}) n (i)`}`.execute(database.db)
    await sql`analyze`.execute(database.db)
    const userId = await addStaff(database)
    const desk = mergeDesk(database, { id: userId, name: '', shop: { id: newId(), name: '' } }, clock)
    const timed = async <T>(work: () => Promise<T>): Promise<[number, T]> => {
      const from = performance.now()
      const value = await work()
      return [performance.now() - from, value]
    }
    const customerId = '00000000-0000-4000-8000-000000500000'
    await desk.merging.candidates({ customerId })
    const [one, candidates] = await timed(() => desk.merging.candidates({ customerId }))
    expect(candidates.map(({ customer }) => customer.number)).toContain(499_999)
    const times: Record<string, number> = { candidates: one }
    for (const by of ['phone', 'email', 'kana'] as const) {
      let cursor: string | null = null
      let pairs = 0
      do {
        const wish: { by: typeof by; cursor: string | null; limit: number } = { by, cursor, limit: 50 }
        const [took, page]: [number, Awaited<ReturnType<typeof desk.merging.pairs>>] = await timed(() =>
          desk.merging.pairs(wish),
        )
        times[by] = Math.max(times[by] ?? 0, took)
        pairs += page.items.length
        cursor = page.next
      } while (cursor !== null)
      expect(pairs, by).toBe(by === 'kana' ? 0 : CUSTOMERS / PAIRS_EVERY)
      expect(times[by], by).toBeLessThan(PAGE_MS)
    }
    console.info(database.kind, Object.fromEntries(Object.entries(times).map(([k, v]) => [k, Math.round(v)])))
    expect(one).toBeLessThan(CANDIDATES_MS)
    await database.close()
    await place.drop()
  }, 600_000)
})
