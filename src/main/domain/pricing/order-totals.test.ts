import { describe, expect, it } from 'vitest'
import { totalsOf, type FeeMethod, type PricedLine, type ShopCharges } from './order-totals'
import { rateOn, type DatedRate } from './rates'

const SHOP: ShopCharges = {
  shipping: 550,
  byPrefecture: [
    { prefecture: '北海道', fee: 1100, neverFree: false },
    { prefecture: '沖縄県', fee: 1650, neverFree: true },
  ],
  freeShippingFrom: 5000,
  freeShippingPer: 'order',
  coolFee: 330,
  codFee: 330,
  deferredFee: 250,
  serviceRatePercent: 10,
  taxRounding: 'floor',
  invoicePer: 'order',
}

type More = Partial<Pick<PricedLine, 'shipment' | 'cool'>>
const line = (
  priceKind: 'gross' | 'net',
  unitPrice: number,
  ratePercent: number,
  quantity: number,
  more: More,
): PricedLine => ({ unitPrice, ratePercent, quantity, priceKind, shipment: 0, cool: false, ...more })
/** 税込 */
const gross = (unitPrice: number, ratePercent: number, quantity = 1, more: More = {}) =>
  line('gross', unitPrice, ratePercent, quantity, more)
/** 税抜 */
const net = (unitPrice: number, ratePercent: number, quantity = 1, more: More = {}) =>
  line('net', unitPrice, ratePercent, quantity, more)

interface Order {
  readonly lines: readonly PricedLine[]
  readonly discount?: number
  readonly method?: FeeMethod
  readonly to?: readonly string[]
  readonly shop?: Partial<ShopCharges>
}
/** Total; per rate what is taxable and the tax in it; and what else the case is about. */
type Expected = readonly [
  total: number,
  taxes: Readonly<Record<number, readonly [taxable: number, tax: number]>>,
  more?: object,
]

const FREE = { shipping: 0, coolFee: 0 }
const HALF_UP = { ...FREE, taxRounding: 'half-up' as const }
const CEIL = { ...FREE, taxRounding: 'ceil' as const }
const TWO_RATES = [gross(1080, 8), gross(1100, 10)]
const EVEN = [gross(1000, 10), gross(1000, 8)]
const three = (one: typeof gross) => [0, 1, 2].map((shipment) => one(105, 10, 1, { shipment }))

/** Worked out by hand, from the rules of architecture and law; never taken from what the program answered. */
const CASES: Readonly<Record<string, readonly [Order, Expected]>> = {
  // 315 × 10 % = 31.5
  '税抜 ¥105 × 3, floored': [
    { lines: [net(105, 10, 3)], shop: FREE },
    [346, { 10: [346, 31] }, { taxAdded: 31, amounts: [315] }],
  ],
  '税抜 ¥105 × 3, half up': [{ lines: [net(105, 10, 3)], shop: HALF_UP }, [347, { 10: [347, 32] }]],
  '税抜 ¥105 × 3, up': [{ lines: [net(105, 10, 3)], shop: CEIL }, [347, { 10: [347, 32] }]],
  // 315 × 10 / 110 = 28.63…
  '税込 ¥105 × 3, floored': [{ lines: [gross(105, 10, 3)], shop: FREE }, [315, { 10: [315, 28] }]],
  '税込 ¥105 × 3, half up': [{ lines: [gross(105, 10, 3)], shop: HALF_UP }, [315, { 10: [315, 29] }]],
  '税込 ¥105 × 3, up': [{ lines: [gross(105, 10, 3)], shop: CEIL }, [315, { 10: [315, 29] }]],
  '8 % and 10 % beside each other': [
    { lines: TWO_RATES, shop: FREE },
    [2180, { 10: [1100, 100], 8: [1080, 80] }],
  ],
  // 218 of 2,180 is a tenth of each.
  '8 % and 10 %, a tenth off': [
    { lines: TWO_RATES, shop: FREE, discount: 218 },
    [1962, { 10: [990, 90], 8: [972, 72] }, { discount: 218 }],
  ],
  // 100 × 1100/2180 = 50.458…, 100 × 1080/2180 = 49.541…: the yen that is left goes to the reduced rate.
  '8 % and 10 %, ¥100 off': [
    { lines: TWO_RATES, shop: FREE, discount: 100 },
    [2080, { 10: [1050, 95], 8: [1030, 76] }],
  ],
  // 0.504… and 0.495…
  '8 % and 10 %, ¥1 off': [
    { lines: TWO_RATES, shop: FREE, discount: 1 },
    [2179, { 10: [1099, 99], 8: [1080, 80] }],
  ],
  'a discount of everything': [{ lines: TWO_RATES, shop: FREE, discount: 2180 }, [0, {}, { discount: 2180 }]],
  'a discount of more than everything': [
    { lines: TWO_RATES, shop: FREE, discount: 5000 },
    [0, {}, { discount: 2180 }],
  ],
  'a tie gives the yen to the higher rate': [
    { lines: EVEN, shop: FREE, discount: 1 },
    [1999, { 10: [999, 90], 8: [1000, 74] }],
  ],
  'an odd discount of equal halves': [
    { lines: EVEN, shop: FREE, discount: 3 },
    [1997, { 10: [998, 90], 8: [999, 74] }],
  ],
  'one yen, floored': [{ lines: [gross(1, 10)], shop: FREE }, [1, { 10: [1, 0] }]],
  'one yen, up': [{ lines: [gross(1, 10)], shop: CEIL }, [1, { 10: [1, 1] }]],
  '¥11 holds exactly one yen': [{ lines: [gross(11, 10)], shop: FREE }, [11, { 10: [11, 1] }]],
  '¥11 holds exactly one yen, up': [{ lines: [gross(11, 10)], shop: CEIL }, [11, { 10: [11, 1] }]],
  // 0.909…
  '¥10, floored': [{ lines: [gross(10, 10)], shop: FREE }, [10, { 10: [10, 0] }]],
  '¥10, half up': [{ lines: [gross(10, 10)], shop: HALF_UP }, [10, { 10: [10, 1] }]],
  '¥108 at 8 %': [{ lines: [gross(108, 8)], shop: FREE }, [108, { 8: [108, 8] }]],
  // 7.925…
  '¥107 at 8 %, floored': [{ lines: [gross(107, 8)], shop: FREE }, [107, { 8: [107, 7] }]],
  '¥107 at 8 %, half up': [{ lines: [gross(107, 8)], shop: HALF_UP }, [107, { 8: [107, 8] }]],
  // 7.92
  '税抜 ¥99 at 8 %': [{ lines: [net(99, 8)], shop: FREE }, [106, { 8: [106, 7] }]],
  '税抜 ¥1': [{ lines: [net(1, 10)], shop: FREE }, [1, { 10: [1, 0] }]],
  // 90 × 8 % = 7.2; line by line there would be no tax at all.
  'ten lines of 税抜 ¥9': [
    { lines: Array.from({ length: 10 }, () => net(9, 8)), shop: FREE },
    [97, { 8: [97, 7] }],
  ],
  'ten lines of 税抜 ¥5': [
    { lines: Array.from({ length: 10 }, () => net(5, 10)), shop: FREE },
    [55, { 10: [55, 5] }],
  ],
  // 300 × 8 / 108 = 22.2…; line by line 7 × 3 = 21.
  'three lines of 税込 ¥100 at 8 %': [
    { lines: [gross(100, 8), gross(100, 8), gross(100, 8)], shop: FREE },
    [300, { 8: [300, 22] }],
  ],
  '税込 and 税抜 at one rate': [
    { lines: [gross(1100, 10), net(1000, 10)], shop: FREE },
    [2200, { 10: [2200, 200] }, { taxAdded: 100, subtotal: 2200 }],
  ],
  // 10 of 10.5 is added; 220 holds 20.
  '税込 and 税抜 at one rate with fractions': [
    { lines: [gross(105, 10), net(105, 10)], shop: FREE },
    [220, { 10: [220, 20] }, { taxAdded: 10 }],
  ],
  '税抜 at both rates': [
    { lines: [net(1000, 8), net(1000, 10)], shop: FREE },
    [2180, { 10: [1100, 100], 8: [1080, 80] }, { taxAdded: 180 }],
  ],
  // 1,100 − 100 = 1,000; 1,000 × 10 / 110 = 90.9…
  '税抜 with a discount': [
    { lines: [net(1000, 10)], shop: FREE, discount: 100 },
    [1000, { 10: [1000, 90] }, { taxAdded: 100, discount: 100 }],
  ],
  // 3,600 × 8 / 108 = 266.6…; 880 × 10 / 110 = 80.
  'shipping and the fee of 代引 at 10 %': [
    { lines: [gross(1200, 8, 3)], method: 'cod' },
    [4480, { 10: [880, 80], 8: [3600, 266] }, { shipping: 550, fee: 330, untilFreeShipping: 1400 }],
  ],
  // 454.5…
  'free from exactly ¥5,000': [
    { lines: [gross(5000, 10)], method: 'card' },
    [5000, { 10: [5000, 454] }, { shipping: 0, untilFreeShipping: null }],
  ],
  // 5,549 × 10 / 110 = 504.4…
  'one yen short of free shipping': [
    { lines: [gross(4999, 10)], method: 'card' },
    [5549, { 10: [5549, 504] }, { shipping: 550, untilFreeShipping: 1 }],
  ],
  // 4,630 + 370 (of 370.4) = 5,000
  '税抜 reaches the threshold with its tax': [
    { lines: [net(4630, 8)] },
    [5000, { 8: [5000, 370] }, { shipping: 0 }],
  ],
  // 4,629 + 370 (of 370.32) = 4,999
  '税抜 misses the threshold by a yen': [
    { lines: [net(4629, 8)] },
    [5549, { 10: [550, 50], 8: [4999, 370] }, { untilFreeShipping: 1 }],
  ],
  // 4,000 × 8 / 108 = 296.2…
  'a discount does not take free shipping away': [
    { lines: [gross(5000, 8)], discount: 1000 },
    [4000, { 8: [4000, 296] }, { shipping: 0, subtotal: 5000 }],
  ],
  // A tenth of 2,710: 55 of shipping, 216 of the goods.
  'a discount is taken from shipping too': [
    { lines: [gross(2160, 8)], discount: 271 },
    [2439, { 10: [495, 45], 8: [1944, 144] }],
  ],
  'shipping to Hokkaido': [
    { lines: [gross(3240, 8)], to: ['北海道'] },
    [4340, { 10: [1100, 100], 8: [3240, 240] }, { shipping: 1100 }],
  ],
  'shipping to Hokkaido is free from the threshold too': [
    { lines: [gross(5400, 8)], to: ['北海道'] },
    [5400, { 8: [5400, 400] }, { shipping: 0 }],
  ],
  'shipping to Okinawa is never free': [
    { lines: [gross(10_800, 8)], to: ['沖縄県'] },
    [12_450, { 10: [1650, 150], 8: [10_800, 800] }, { shipping: 1650, untilFreeShipping: null }],
  ],
  'クール便 on top of shipping': [
    { lines: [gross(3240, 8, 1, { cool: true })] },
    [4120, { 10: [880, 80], 8: [3240, 240] }, { shipping: 880 }],
  ],
  'クール便 is paid when shipping is free': [
    { lines: [gross(5400, 8, 1, { cool: true })] },
    [5730, { 10: [330, 30], 8: [5400, 400] }, { shipping: 330 }],
  ],
  // 5,500 × 8 / 108 = 407.4…
  'two parcels reach the threshold together': [
    { lines: [gross(3000, 8), gross(2500, 8, 1, { shipment: 1 })], to: ['東京都', '大阪府'] },
    [5500, { 8: [5500, 407] }, { shippings: [0, 0] }],
  ],
  // 2,100 × 10 / 110 = 190.9…; 2,000 × 8 / 108 = 148.1…
  'two parcels below the threshold': [
    { lines: [gross(2000, 8), gross(1000, 10, 1, { shipment: 1 })], to: ['東京都', '大阪府'] },
    [4100, { 10: [2100, 190], 8: [2000, 148] }, { shippings: [550, 550], untilFreeShipping: 2000 }],
  ],
  // 6,000 × 8 / 108 = 444.4…
  'the threshold of each parcel': [
    {
      lines: [gross(5000, 8), gross(1000, 8, 1, { shipment: 1 })],
      to: ['東京都', '大阪府'],
      shop: { freeShippingPer: 'shipment' },
    },
    [6550, { 10: [550, 50], 8: [6000, 444] }, { shippings: [0, 550], untilFreeShipping: 4000 }],
  ],
  // 105 × 10 / 110 = 9.5… on each of three invoices, against 28 on one.
  'an invoice for each parcel, 税込': [
    { lines: three(gross), shop: { ...FREE, invoicePer: 'shipment' } },
    [315, { 10: [315, 27] }],
  ],
  // 10 of 10.5 on each of three invoices, against 31 on one.
  'an invoice for each parcel, 税抜': [
    { lines: three(net), shop: { ...FREE, invoicePer: 'shipment' } },
    [345, { 10: [345, 30] }, { taxAdded: 30 }],
  ],
  // As on one invoice: 49.541… and 50.458…
  'an invoice for each parcel, ¥100 off': [
    {
      lines: [gross(1080, 8), gross(1100, 10, 1, { shipment: 1 })],
      shop: { ...FREE, invoicePer: 'shipment' },
      discount: 100,
    },
    [2080, { 10: [1050, 95], 8: [1030, 76] }],
  ],
  // 2,800 × 10 / 110 = 254.5…
  'the fee of 後払い': [
    { lines: [gross(2000, 10)], method: 'deferred' },
    [2800, { 10: [2800, 254] }, { fee: 250 }],
  ],
  // 2,550 × 10 / 110 = 231.8…
  'no fee for 銀行振込': [
    { lines: [gross(2000, 10)], method: 'bank-transfer' },
    [2550, { 10: [2550, 231] }, { fee: 0 }],
  ],
  'an empty order': [{ lines: [], method: 'cod' }, [0, {}, { shipping: 0, fee: 0, untilFreeShipping: null }]],
  'only a free sample': [{ lines: [gross(0, 8)], method: 'cod' }, [0, {}, { shipping: 0, fee: 0 }]],
  // 950 × 10 / 110 = 86.3…; a rate of 0 % is a rate.
  'a rate of 0 % with a discount': [
    { lines: [gross(1000, 0), gross(1000, 10)], shop: FREE, discount: 100 },
    [1900, { 10: [950, 86], 0: [950, 0] }],
  ],
  // 799,192,008 / 108 = 7,399,926
  'as much as an order can hold': [
    { lines: [gross(99_999, 8, 999)] },
    [99_899_001, { 8: [99_899_001, 7_399_926] }],
  ],
}

describe('totals worked out by hand', () => {
  it('are more than forty', () => expect(Object.keys(CASES).length).toBeGreaterThan(40))

  it.each(Object.entries(CASES))('%s', (_name, [order, [total, taxes, more = {}]]) => {
    const { lines, discount = 0, method = null, to = ['東京都'], shop = {} } = order
    const totals = totalsOf({ lines, discount, method, prefectures: to }, { ...SHOP, ...shop })
    expect(totals.total).toBe(total)
    expect(Object.fromEntries(totals.taxes.map((row) => [row.ratePercent, [row.taxable, row.tax]]))).toEqual(
      taxes,
    )
    expect(totals).toMatchObject(more)
  })
})

describe('the rate of a day', () => {
  const RATES: readonly DatedRate[] = [
    { taxClass: 'standard', ratePercent: 10, validFrom: '2019-10-01' },
    { taxClass: 'standard', ratePercent: 8, validFrom: '2014-04-01' },
    { taxClass: 'reduced', ratePercent: 8, validFrom: '2019-10-01' },
    { taxClass: 'reduced', ratePercent: 0, validFrom: '2027-04-01' },
  ]

  it.each([
    ['standard', '2019-09-30', 8],
    ['standard', '2019-10-01', 10],
    ['standard', '2014-03-31', null],
    ['reduced', '2019-09-30', null],
    ['reduced', '2027-03-31', 8],
    ['reduced', '2027-04-01', 0],
  ] as const)('%s on %s', (taxClass, date, percent) => expect(rateOn(RATES, taxClass, date)).toBe(percent))
})
