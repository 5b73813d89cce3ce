import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bigramRuns,
  digitTrigrams,
  formatPhone,
  normalizeForSearch,
  normalizePhone,
  normalizePostalCode,
  toFullKatakana,
} from './text'

describe('text as it is typed', () => {
  it('takes digits of any width and any hyphen', () => {
    expect(normalizePhone('０３－１２３４－５６７８')).toBe('0312345678')
    expect(normalizePhone('+81 90-1234-5678')).toBe('09012345678')
    expect(normalizePhone('090ー1234ー5678')).toBe('09012345678')
    expect(normalizePostalCode('〒１００‐０００１')).toBe('1000001')
  })

  it('takes kana of any width and script', () => {
    expect(toFullKatakana('ｶﾞｷﾞ')).toBe('ガギ')
    expect(toFullKatakana('さとう')).toBe('サトウ')
  })

  it('writes phone numbers as they are read', () => {
    expect(formatPhone('09012345678')).toBe('090-1234-5678')
    expect(formatPhone('0312345678')).toBe('03-1234-5678')
    expect(formatPhone('0120123456')).toBe('0120-123-456')
    expect(formatPhone('0451234567')).toBe('045-123-4567')
  })
})

describe('text as it is searched', () => {
  it('folds variant characters and drops selectors', () => {
    expect(normalizeForSearch('髙 﨑')).toBe('高崎')
    expect(normalizeForSearch('齋藤')).toBe(normalizeForSearch('斎藤'))
    expect(normalizeForSearch('渡邉')).toBe(normalizeForSearch('渡邊'))
    expect(normalizeForSearch('葛\u{e0100}城')).toBe('葛城')
  })

  it('is the same when done twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(normalizeForSearch(normalizeForSearch(text))).toBe(normalizeForSearch(text))
      }),
    )
  })

  it('cuts words into pairs and phones into threes', () => {
    expect(bigramRuns('佐藤 さくら')).toEqual([['佐藤', '藤サ', 'サク', 'クラ']])
    expect(bigramRuns('1-23')).toEqual([['1'], ['23']])
    expect(bigramRuns('林')).toEqual([['林']])
    expect(digitTrigrams('p', '03-12')).toEqual(['p031', 'p312'])
  })
})
