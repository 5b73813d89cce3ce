import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { normalizeForSearch, toFullKatakana } from '../../src/contract/text'
import { seedSampleData } from '../../src/main/app/sample-data/seed-sample-data'
import { customerInsert } from '../../src/main/db/customer-write'
import { openDatabase, type DeskDatabase } from '../../src/main/db/open-database'
import {
  searchCustomers,
  type CustomerQuery,
} from '../../src/main/features/customers/customer-list.repository'
import { detail, save } from '../../src/main/features/customers/customers.service'
import { manualClock } from '../../src/main/platform/clock'
import { newId } from '../../src/main/platform/ids'
import { chance, person, type Person } from '../support/big/people'
import { forEachDatabase, type DatabasePlace } from '../support/databases'

const NOW = Date.UTC(2026, 10, 23)
const PEOPLE = 250
const FIRST = 500_001

const ANYBODY: CustomerQuery = {
  text: '',
  sort: 'number',
  descending: true,
  cursor: null,
  limit: 600,
  prefecture: '',
  tag: '',
  blacklist: null,
  orderedFrom: null,
  orderedTo: null,
}

function crowd(): Person[] {
  const luck = chance(99)
  return Array.from({ length: PEOPLE }, (_, index) => person(luck, FIRST + index))
}

/** Fields of digits alone: phone, postal code, number. */
const DIGIT_FIELDS = new Set([2, 3, 4])

/** What a fragment found at each database, by the fragment: both must have found the same. */
const foundAt = new Map<string, Map<string, readonly number[]>>()

forEachDatabase('the list of customers', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  beforeAll(async () => {
    place = await openPlace()
    const clock = manualClock(NOW)
    database = await openDatabase(place.config, { clock })
    await seedSampleData(database, { clock, passwordHash: 'x' })
    for (const one of crowd()) {
      await database.batch(
        customerInsert(database, { id: newId(), number: one.number, fields: one, now: NOW }),
      )
    }
  })
  afterAll(async () => {
    await database.close()
    await place.drop()
  })

  const numbers = async (query: Partial<CustomerQuery>) =>
    (await searchCustomers(database, { ...ANYBODY, ...query })).items.map(({ number }) => number)

  it('finds everybody by any piece of what is known, in any script and width', async () => {
    const people = crowd()
    const fieldsOf = (one: Person) => [
      one.familyName + one.givenName,
      one.familyKana + one.givenKana,
      one.phone,
      one.postalCode,
      String(one.number),
      one.prefecture + one.city + one.address + one.building,
      one.email,
    ]
    const asked = fc.record({
      who: fc.integer({ min: 0, max: PEOPLE - 1 }),
      field: fc.integer({ min: 0, max: 6 }),
      from: fc.double({ min: 0, max: 0.99, noNaN: true }),
      length: fc.integer({ min: 2, max: 8 }),
      script: fc.constantFrom('as it is', 'wide', 'hiragana', 'narrow'),
    })
    await fc.assert(
      fc.asyncProperty(asked, async ({ who, field, from, length, script }) => {
        const one = people[who]
        if (!one) throw new Error('nobody')
        const whole = [...(fieldsOf(one)[field] ?? '')]
        const start = Math.floor(from * Math.max(1, whole.length - 2))
        const piece = whole.slice(start, start + length).join('')
        // Two digits of a number are no fragment: a tenth of everybody has them. Nor is one sign beside a dash.
        const least = DIGIT_FIELDS.has(field) ? 3 : 2
        if (!(piece.match(/[\p{L}\p{N}ー]+/gu) ?? []).some((run) => run.length >= least)) return
        const text = written(piece, script)
        const found = await numbers({ text })
        expect(found, `${text} of ${one.number}`).toContain(one.number)
        const seen = foundAt.get(text) ?? new Map<string, readonly number[]>()
        seen.set(database.kind, found)
        foundAt.set(text, seen)
        if (seen.size === 2) expect(seen.get('postgres')).toEqual(seen.get('sqlite'))
      }),
      { numRuns: 400, seed: 20_261_123 },
    )
  })

  it('puts those whose phone number ends in the four digits first, and nobody on two pages', async () => {
    const { phone } = crowd()[7] ?? { phone: '' }
    const four = phone.slice(3, 7)
    expect(await numbers({ text: four })).toContain(crowd()[7]?.number)
    const ends = crowd().filter((one) => one.phone.endsWith(phone.slice(-4)))
    const found = await searchCustomers(database, { ...ANYBODY, text: phone.slice(-4) })
    expect(ends.map(({ number }) => number)).toContain(found.items[0]?.number)
    const seen: number[] = []
    for (let cursor: string | null = null; ;) {
      const page = await searchCustomers(database, { ...ANYBODY, text: phone.slice(-4), limit: 1, cursor })
      seen.push(...page.items.map(({ number }) => number))
      expect(page.count).toEqual(found.count)
      if (page.next === null) break
      cursor = page.next
    }
    expect(seen).toEqual(found.items.map(({ number }) => number))
  })

  it('finds by the last four digits, the whole number, and an order number', async () => {
    const [one] = crowd()
    if (!one) throw new Error('nobody')
    expect(await numbers({ text: one.phone.slice(-4) })).toContain(one.number)
    expect(await numbers({ text: `+81 ${one.phone.slice(1)}` })).toEqual([one.number])
    const order = await database.db
      .selectFrom('sales_order')
      .innerJoin('customer', 'customer.id', 'sales_order.customer_id')
      .select(['sales_order.number', 'customer.number as whose'])
      .executeTakeFirstOrThrow()
    expect(await numbers({ text: String(order.number) })).toContain(Number(order.whose))
  })

  it.each([
    ['number', true],
    ['number', false],
    ['kana', true],
    ['kana', false],
    ['last', true],
  ] as const)('pages by %s (descending: %s) without loss or repeat', async (sort, descending) => {
    const seen: number[] = []
    for (let cursor: string | null = null; ;) {
      const page = await searchCustomers(database, { ...ANYBODY, sort, descending, limit: 70, cursor })
      seen.push(...page.items.map(({ number }) => number))
      expect(page.count).toEqual({ value: 550, more: false })
      if (page.next === null) break
      cursor = page.next
    }
    expect(seen).toHaveLength(550)
    expect(new Set(seen).size).toBe(550)
  })

  it('sorts a common fragment and a rare one alike', async () => {
    const rows = await searchCustomers(database, {
      ...ANYBODY,
      text: '東京都',
      sort: 'kana',
      descending: false,
    })
    const kana = rows.items.map((row) => `${row.family_kana} ${row.given_kana}`)
    expect(kana.length).toBeGreaterThan(10)
    expect(kana).toEqual([...kana].sort())
    expect(rows.items.every((row) => row.prefecture === '東京都')).toBe(true)
  })

  it('combines conditions', async () => {
    const [tagged = 0, other = 0] = await numbers({ prefecture: '大阪府' })
    const row = await database.db
      .selectFrom('customer')
      .select('id')
      .where('number', '=', tagged)
      .executeTakeFirstOrThrow()
    await database.db.insertInto('customer_tag').values({ customer_id: row.id, tag: '贈答' }).execute()
    expect(other).not.toBe(tagged)
    expect(await numbers({ prefecture: '大阪府', tag: '贈答' })).toEqual([tagged])
    expect(await numbers({ prefecture: '大阪府', text: '東京都' })).toEqual([])
    expect(await numbers({ orderedFrom: '2026-11-24' })).toEqual([])
    expect((await numbers({ orderedFrom: '2020-01-01', orderedTo: '2026-11-23' })).length).toBeGreaterThan(50)
  })

  it('finds by a further phone, also after the customer was changed', async () => {
    const row = await database.db
      .selectFrom('customer')
      .selectAll()
      .where('number', '=', FIRST + 3)
      .executeTakeFirstOrThrow()
    const phone = { position: 1, digits: '0466998877', last4: '8877', typed: '0466-99-8877', label: '勤務先' }
    await database.db
      .insertInto('customer_other_phone')
      .values({ customer_id: row.id, ...phone })
      .execute()
    const deps = { database, clock: manualClock(NOW), serviceId: null }
    const { fields } = await detail(deps, row.id)
    await save(deps, {
      id: row.id,
      version: row.version,
      fields: { ...fields, phone: '03-1234-0099' },
      note: '',
    })
    for (const text of ['0466998877', '8877', '6699', '0099']) {
      expect(await numbers({ text }), text).toContain(FIRST + 3)
    }
  })

  it('follows orders that come, go and move to another customer', async () => {
    const order = await database.db
      .selectFrom('sales_order')
      .selectAll()
      .where('status', '=', 'shipped')
      .orderBy('number')
      .executeTakeFirstOrThrow()
    const count = async (id: string) =>
      (
        await database.db
          .selectFrom('customer_list')
          .innerJoin('customer', 'customer.number', 'customer_list.number')
          .select('order_count')
          .where('customer.id', '=', id)
          .executeTakeFirstOrThrow()
      ).order_count
    const other = await database.db
      .selectFrom('customer')
      .select('id')
      .where('number', '=', FIRST)
      .executeTakeFirstOrThrow()
    const before = await count(order.customer_id)
    await database.db
      .updateTable('sales_order')
      .set({ status: 'cancelled' })
      .where('id', '=', order.id)
      .execute()
    expect(await count(order.customer_id)).toBe(before - 1)
    await database.db
      .updateTable('sales_order')
      .set({ status: 'shipped', customer_id: other.id })
      .where('id', '=', order.id)
      .execute()
    expect(await count(order.customer_id)).toBe(before - 1)
    expect(await count(other.id)).toBe(1)
  })

  it('shows nobody who was merged or anonymised', async () => {
    const [gone = 0] = await numbers({ descending: false, limit: 1 })
    await database.db.updateTable('customer').set({ status: 'merged' }).where('number', '=', gone).execute()
    expect(await numbers({ text: String(gone) })).not.toContain(gone)
    await database.db.updateTable('customer').set({ status: 'active' }).where('number', '=', gone).execute()
    expect(await numbers({ text: String(gone) })).toContain(gone)
  })
})

/** The same piece as somebody else would type it. */
function written(piece: string, script: string): string {
  switch (script) {
    case 'wide':
      return piece.replaceAll(/[0-9A-Za-z]/g, (sign) =>
        String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0),
      )
    case 'hiragana':
      return piece.replaceAll(/[\u30a1-\u30f6]/g, (kana) =>
        String.fromCodePoint((kana.codePointAt(0) ?? 0) - 0x60),
      )
    default:
      return piece
  }
}

describe('normalisation', () => {
  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(normalizeForSearch(normalizeForSearch(text))).toBe(normalizeForSearch(text))
        expect(toFullKatakana(toFullKatakana(text))).toBe(toFullKatakana(text))
      }),
      { numRuns: 3000 },
    )
  })
})
