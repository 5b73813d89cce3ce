import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf, levelOf, scoreOf, SHOWN_FROM, type DuplicateRow } from './duplicate-score'

const row: DuplicateRow = {
  family_name: '斉藤',
  given_name: '花子',
  family_kana: 'サイトウ',
  given_kana: 'ハナコ',
  email: 'hanako@example.jp',
  phone: '0312345678',
  postal_code: '1050014',
  prefecture: '東京都',
  city: '港区',
  address: '芝三丁目4番5号',
  building: null,
}
const score = (one: Partial<DuplicateRow>, other: Partial<DuplicateRow>, phones: string[] = []) =>
  scoreOf(factsOf({ ...row, ...one }, []), factsOf({ ...row, ...other }, phones))

describe('how likely two customers are one', () => {
  it('counts what they have in common, however it was written', () => {
    const same = score(
      {},
      {
        family_name: '齋藤',
        family_kana: 'さいとう',
        email: 'Hanako@example.jp',
        address: '芝3-4-5',
        postal_code: '105-0014',
      },
    )
    expect(same.reasons).toEqual(['phone', 'email', 'address', 'kana', 'name'])
    expect(same.score).toBe(143)
    expect(levelOf(same.score)).toBe('high')
  })

  it('a further phone of one may be the main one of the other', () => {
    const moved = score({ email: null }, { email: null, phone: '0698765432', address: '芝9' }, ['0312345678'])
    expect(moved.reasons).toEqual(['phone', 'kana', 'postal-code', 'name'])
  })

  it('a phone or an address that too many have does not count', () => {
    const one = factsOf(row, [])
    const common = { phones: new Set([row.phone]), emails: new Set([row.email ?? '']) }
    expect(scoreOf(one, one, common).reasons).toEqual(['address', 'kana', 'name'])
  })

  it('what is empty agrees with nothing', () => {
    const empty = { phone: '', email: null, postal_code: '', family_kana: '', given_kana: '' }
    expect(score(empty, empty)).toEqual({ score: 8, reasons: ['name'] })
  })

  it('no pair is shown that the indexes could not find; the order does not matter', () => {
    const some = (...values: string[]) => fc.constantFrom('', ...values)
    const person = fc.record({
      family_name: some('佐藤', '鈴木'),
      given_name: some('一', '二'),
      family_kana: some('サトウ', 'スズキ'),
      given_kana: some('イチ', 'ジ'),
      email: some('a@b.jp', 'c@d.jp'),
      phone: some('0311111111', '0322222222'),
      postal_code: some('1000001', '1000002'),
      prefecture: some('東京都'),
      city: some('千代田区'),
      address: some('1-1', '2-2'),
      building: fc.constant(null),
    })
    fc.assert(
      fc.property(person, person, some('0311111111'), (one, other, further) => {
        const found = scoreOf(factsOf(one, [further]), factsOf(other, []))
        expect(scoreOf(factsOf(other, []), factsOf(one, [further]))).toEqual(found)
        if (found.score < SHOWN_FROM) return
        const { reasons } = found
        const place = reasons.includes('address') || reasons.includes('postal-code')
        expect(
          reasons.includes('phone') || reasons.includes('email') || (reasons.includes('kana') && place),
        ).toBe(true)
      }),
    )
  })
})
