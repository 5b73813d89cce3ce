import { describe, expect, it } from 'vitest'
import type { PriceStep } from '../../../contract/subscription-form'
import { discountOfTurn, itemsOfTurn } from './turn-goods'

const item = (productId: string) => ({ productId, quantity: 1, unitPrice: null })
const SETS = [[item('a')], [item('b')], [item('c')]]
const step = (kind: PriceStep['kind'], value: number, fromTurn = 1, toTurn: number | null = null) => ({
  kind,
  value,
  fromTurn,
  toTurn,
  label: '',
})

describe('what a turn delivers', () => {
  it.each([
    ['fixed', 'aaaaa'],
    ['alternating', 'abcab'],
    ['course', 'abccc'],
  ] as const)('%s', (mode, expected) => {
    const found = [1, 2, 3, 4, 5].map((turn) => itemsOfTurn(mode, SETS, turn)[0]?.productId)
    expect(found.join('')).toBe(expected)
  })
})

describe('what a turn costs less', () => {
  it('a first-time price holds for the first turn, a step for its turns', () => {
    const steps = [step('goods-total', 980, 1, 1), step('percent-off', 15, 2, 3)]
    expect([1, 2, 3, 4].map((turn) => discountOfTurn(steps, turn, 3_333))).toEqual([2_353, 499, 499, 0])
  })

  it('never takes more than the goods, and never adds to them', () => {
    expect(discountOfTurn([step('yen-off', 5_000)], 1, 3_000)).toBe(3_000)
    expect(discountOfTurn([step('goods-total', 5_000)], 1, 3_000)).toBe(0)
  })

  it('a second step takes from what the first has left', () => {
    expect(discountOfTurn([step('percent-off', 10), step('yen-off', 100)], 1, 1_000)).toBe(200)
  })
})
