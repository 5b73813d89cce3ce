import { describe, expect, it } from 'vitest'
import type { ShopCharges } from '../pricing/order-totals'
import { discountOf, stepOfTurn, turnTotals, type TurnGoods } from './turn-price'

const SHOP: ShopCharges = {
  shipping: 550,
  byPrefecture: [{ prefecture: '沖縄県', fee: 1650, neverFree: true }],
  freeShippingFrom: 5000,
  freeShippingPer: 'order',
  coolFee: 330,
  codFee: 330,
  deferredFee: 250,
  serviceRatePercent: 10,
  taxRounding: 'floor',
  invoicePer: 'order',
}

const line = (unitPrice: number, quantity: number, ratePercent: number, more: object = {}) => ({
  unitPrice,
  quantity,
  ratePercent,
  priceKind: 'gross' as const,
  cool: false,
  ...more,
})
const turn = (goods: Partial<TurnGoods>): TurnGoods => ({
  lines: [],
  step: null,
  prefecture: '東京都',
  method: 'card',
  ...goods,
})

describe('what a turn costs', () => {
  it('without a step is an order as any other', () => {
    expect(turnTotals(turn({ lines: [line(3000, 1, 8)] }), SHOP)).toMatchObject({
      subtotal: 3000,
      discount: 0,
      shipping: 550,
      total: 3550,
      // 550 × 10/110 = 50; 3,000 × 8/108 = 222.2…
      taxes: [
        { ratePercent: 10, taxable: 550, tax: 50 },
        { ratePercent: 8, taxable: 3000, tax: 222 },
      ],
    })
  })

  it('初回980円: the goods cost that, and their tax is of the goods alone', () => {
    const step = { kind: 'goods-total', value: 980 } as const
    expect(turnTotals(turn({ lines: [line(5400, 1, 8)], step }), SHOP)).toMatchObject({
      subtotal: 5400,
      discount: 4420,
      discounts: [{ ratePercent: 8, amount: 4420 }],
      // 980 is below the threshold, although the usual price is above it.
      shipping: 550,
      total: 1530,
      // 980 × 8/108 = 72.5…
      taxes: [
        { ratePercent: 10, taxable: 550, tax: 50 },
        { ratePercent: 8, taxable: 980, tax: 72 },
      ],
    })
  })

  it('a percentage is split over the rates of the goods in proportion', () => {
    const step = { kind: 'percent-off', value: 15 } as const
    const totals = turnTotals(turn({ lines: [line(2000, 2, 8), line(3000, 1, 10)], step }), SHOP)
    // 15 % of 7,000 is 1,050: 450 of 3,000 and 600 of 4,000.
    expect(totals.discounts).toEqual([
      { ratePercent: 10, amount: 450 },
      { ratePercent: 8, amount: 600 },
    ])
    expect(totals).toMatchObject({ total: 5950, shipping: 0, untilFreeShipping: null })
    expect(totals.taxes).toEqual([
      { ratePercent: 10, taxable: 2550, tax: 231 },
      { ratePercent: 8, taxable: 3400, tax: 251 },
    ])
  })

  it('goods of price 0 ship free, without a fee', () => {
    const step = { kind: 'goods-total', value: 0 } as const
    expect(turnTotals(turn({ lines: [line(3000, 1, 8)], step, method: 'cod' }), SHOP)).toMatchObject({
      discount: 3000,
      shipping: 0,
      fee: 0,
      total: 0,
      taxes: [],
    })
  })

  it('prices without tax: the step takes off what the customer is told, tax included', () => {
    const step = { kind: 'yen-off', value: 300 } as const
    const totals = turnTotals(turn({ lines: [line(3000, 1, 10, { priceKind: 'net' })], step }), SHOP)
    expect(totals).toMatchObject({ subtotal: 3300, taxAdded: 300, discount: 300, total: 3550 })
    expect(totals.taxes).toEqual([{ ratePercent: 10, taxable: 3550, tax: 322 }])
  })

  it('送料 of the prefecture, chilled goods and 代引手数料 come on top', () => {
    const lines = [line(6000, 1, 8, { cool: true })]
    expect(turnTotals(turn({ lines, prefecture: '沖縄県', method: 'cod' }), SHOP)).toMatchObject({
      shipping: 1980,
      fee: 330,
      total: 8310,
    })
  })
})

describe('steps', () => {
  const steps = [
    { fromTurn: 1, toTurn: 1, kind: 'goods-total' as const, value: 980, label: '初回価格' },
    { fromTurn: 2, toTurn: 4, kind: 'percent-off' as const, value: 10, label: '4回目まで割引' },
    { fromTurn: 12, toTurn: null, kind: 'yen-off' as const, value: 200, label: '1年以上' },
  ]

  it.each([
    [1, '初回価格'],
    [2, '4回目まで割引'],
    [4, '4回目まで割引'],
    [5, undefined],
    [11, undefined],
    [12, '1年以上'],
    [99, '1年以上'],
  ])('turn %i: %s', (number, label) => expect(stepOfTurn(steps, number)?.label).toBe(label))

  it('take off no more than there is, and never add', () => {
    expect(discountOf({ kind: 'yen-off', value: 5000 }, 3000)).toBe(3000)
    expect(discountOf({ kind: 'goods-total', value: 5000 }, 3000)).toBe(0)
    expect(discountOf({ kind: 'percent-off', value: 100 }, 2999)).toBe(2999)
    expect(discountOf({ kind: 'percent-off', value: 33 }, 1000)).toBe(330)
  })
})
