import { afterAll, beforeAll, expect, it } from 'vitest'
import { customerInsert } from '../../src/main/db/customer-write'
import { openDatabase, type DeskDatabase } from '../../src/main/db/open-database'
import {
  searchCustomers,
  type CustomerQuery,
} from '../../src/main/features/customers/customer-list.repository'
import { manualClock } from '../../src/main/platform/clock'
import { newId } from '../../src/main/platform/ids'
import { forEachDatabase, type DatabasePlace } from '../support/databases'

const PEOPLE = [
  ['佐藤', '香織', 'サトウ', 'カオリ', '0312345678', '東京都', '新宿区', '西新宿1-2-3'],
  ['加藤', '聡', 'カトウ', 'サトシ', '09000001234', '大阪府', '大阪市北区', '梅田4-5'],
  ['髙橋', '一', 'タカハシ', 'ハジメ', '0451112222', '神奈川県', '横浜市中区', '山下町9'],
  ['高橋', '二郎', 'タカハシ', 'ジロウ', '0451112223', '神奈川県', '横浜市中区', '山下町10'],
  ['林', '"; drop', 'ハヤシ', 'オチル', '0120123456', '北海道', '札幌市中央区', "o'brien ' or 1=1"],
] as const

const ANYBODY: CustomerQuery = {
  text: '',
  sort: 'kana',
  descending: false,
  cursor: null,
  limit: 50,
  prefecture: '',
  tag: '',
  blacklist: null,
  orderedFrom: null,
  orderedTo: null,
}

forEachDatabase('customer search', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  beforeAll(async () => {
    place = await openPlace()
    database = await openDatabase(place.config, { clock: manualClock(1) })
    for (const [index, row] of PEOPLE.entries()) {
      const [familyName, givenName, familyKana, givenKana, phone, prefecture, city, address] = row
      const fields = {
        familyName,
        givenName,
        familyKana,
        givenKana,
        phone,
        prefecture,
        city,
        address,
        building: '',
        email: `p${index}@example.jp`,
        postalCode: `160002${index}`,
      }
      await database.batch(customerInsert(database, { id: newId(), number: 10_001 + index, fields, now: 1 }))
    }
  })
  afterAll(async () => {
    await database.close()
    await place.drop()
  })

  const found = async (text: string) => {
    const page = await searchCustomers(database, { ...ANYBODY, text })
    return page.items.map((row) => row.number - 10_001).sort()
  }

  it.each([
    ['サトウ', [0]],
    ['さとう', [0]],
    ['ｻﾄｳ', [0]],
    ['佐藤', [0]],
    ['サト', [0, 1]],
    ['高橋', [2, 3]],
    ['髙橋', [2, 3]],
    ['林', [4]],
    ['新宿区', [0]],
    ['高橋 横浜', [2, 3]],
    ['高橋 二郎', [3]],
    ['0312345678', [0]],
    ['03-1234-5678', [0]],
    ['０３１２３４', [0]],
    ['1234', [0, 1, 4]],
    ['111222', [2, 3]],
    ['p3@example.jp', [3]],
    ['佐藤 大阪', []],
    ['"', [0, 1, 2, 3, 4]],
    ["' or 1=1 --", [4]],
    ['zgapz', []],
  ])('finds %s', async (text, expected) => {
    expect(await found(text)).toEqual(expected)
  })

  it('pages through everybody exactly once, in the order of kana', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof searchCustomers>> = await searchCustomers(database, {
        ...ANYBODY,
        cursor,
        limit: 2,
      })
      seen.push(...page.items.map((row) => row.family_kana + row.given_kana))
      expect(page.count).toEqual({ value: 5, more: false })
      cursor = page.next
    } while (cursor !== null)
    expect(seen).toEqual([...seen].sort())
    expect(new Set(seen).size).toBe(5)
  })
})
