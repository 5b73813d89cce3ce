import { describe, expect, it } from 'vitest'
import { priceStepsOf, priceStepWords } from './price-steps'

describe('prices of turns as files write them', () => {
  it.each([
    ['10%引き', [[1, null, 'percent-off', 10]]],
    ['初回 50%OFF', [[1, 1, 'percent-off', 50]]],
    [
      '初回半額;2回目以降:500円引き',
      [
        [1, 1, 'percent-off', 50],
        [2, null, 'yen-off', 500],
      ],
    ],
    [
      '2〜4回目は1,000円引き、5回目から商品合計3,980円',
      [
        [2, 4, 'yen-off', 1000],
        [5, null, 'goods-total', 3980],
      ],
    ],
    ['3回目まで ２０％割引', [[1, 3, 'percent-off', 20]]],
    ['2回目-4回目 合計980', [[2, 4, 'goods-total', 980]]],
    ['', []],
  ])('%s', (text, steps) => {
    const found = priceStepsOf(text)?.map(({ fromTurn, toTurn, kind, value }) => [
      fromTurn,
      toTurn,
      kind,
      value,
    ])
    expect(found).toEqual(steps)
  })

  it.each([
    '500',
    '500円',
    '10%',
    '5回目-500円引き',
    '120%引き',
    '4〜2回目 10%引き',
    '0回目 10%引き',
    '初回 ただ',
    'ときどき10%引き',
  ])('cannot read 「%s」', (text) => {
    expect(priceStepsOf(text)).toBeNull()
  })

  it('reads its own words', () => {
    const text = '1回目 50%引き、2〜4回目 1,500円引き、5回目以降 合計3,980円'
    expect(priceStepWords(priceStepsOf(text) ?? [])).toBe(text)
  })
})
