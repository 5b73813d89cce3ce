import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutAt, halfWidths, lineFaults, suggestMove } from './label-lines'

const address = {
  prefecture: '東京都',
  city: '新宿区',
  address: '西新宿2-8-1',
  building: '',
  name: '山田 花子',
}

describe('the lines of a label', () => {
  it.each([
    ['山田', 4],
    ['ﾔﾏﾀﾞ', 4],
    ['A-1', 3],
    ['１２', 4],
    ['𠮷野', 4],
    ['', 0],
  ])('%s is %i half-width characters wide', (text, width) => {
    expect(halfWidths(text)).toBe(width)
  })

  it('fit as a rule', () => {
    expect(lineFaults('yamato', address)).toEqual([])
  })

  it('take sixteen full-width characters and not one half more', () => {
    const exact = 'あ'.repeat(15) + '1-'
    expect(lineFaults('yamato', { ...address, address: exact })).toEqual([])
    expect(lineFaults('yamato', { ...address, address: `${exact}1` })).toEqual([
      { field: 'address', limit: 16, over: 0.5, printed: exact, cutOff: '1' },
    ])
  })

  it('are those of the carrier', () => {
    const long = { ...address, prefecture: '神奈川県', city: '足柄下郡真鶴町あいうえおか' }
    expect(lineFaults('yamato', long)).toEqual([
      { field: 'city', limit: 12, over: 1, printed: '足柄下郡真鶴町あいうえお', cutOff: 'か' },
    ])
    expect(lineFaults('sagawa', long)).toEqual([
      { field: 'city', limit: 16, over: 1, printed: '神奈川県足柄下郡真鶴町あいうえお', cutOff: 'か' },
    ])
  })

  it('name every part that is too long', () => {
    const long = 'あ'.repeat(20)
    const all = { ...address, address: long, building: long, name: long }
    expect(lineFaults('japan-post', all).map((fault) => fault.field)).toEqual(['address', 'building', 'name'])
  })

  it('lose nothing where they are cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, limit) => {
        const { printed, cutOff } = cutAt(text, limit)
        expect(printed + cutOff).toBe(text)
        expect(halfWidths(printed)).toBeLessThanOrEqual(limit * 2)
      }),
    )
  })
})

describe('the suggestion', () => {
  it.each([
    ['西新宿2-8-1 東京都庁第一本庁舎北塔', '', '西新宿2-8-1', '東京都庁第一本庁舎北塔'],
    ['西新宿２丁目８番１号東京都庁第一本庁舎', '', '西新宿２丁目８番１号', '東京都庁第一本庁舎'],
    ['西新宿2-8-1　パークサイドレジデンス', '301号室', '西新宿2-8-1', 'パークサイドレジデンス 301号室'],
  ])('moves the building out of %s', (typed, building, kept, moved) => {
    expect(suggestMove('yamato', { ...address, address: typed, building })).toEqual({
      address: kept,
      building: moved,
    })
  })

  it.each([
    ['西新宿2-8-1', 'fits already'],
    ['あいうえおかきくけこさしすせそたちつてと', 'has no number'],
    [`西新宿2-8-1 ${'あ'.repeat(17)}`, 'would not fit either'],
  ])('leaves %s alone: it %s', (typed) => {
    expect(suggestMove('yamato', { ...address, address: typed })).toBeNull()
  })
})
