import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { totalsOf, type PricedLine, type ShopCharges } from './order-totals'
import { splitProRata } from './split'

/** Nothing but counting up: the largest, nearest or smallest whole tax that fits. */
function countedTax(numerator: number, denominator: number, rounding: ShopCharges['taxRounding']): number {
  let tax = 0
  switch (rounding) {
    case 'floor':
      while ((tax + 1) * denominator <= numerator) tax++
      return tax
    case 'ceil':
      while (tax * denominator < numerator) tax++
      return tax
    case 'half-up':
      while ((2 * tax + 1) * denominator <= 2 * numerator) tax++
      return tax
  }
}

/** Every way to give whole yen to the parts: the nearest to exact proportions, and of those the first parts' most. */
function triedSplit(yen: number, parts: readonly number[]): readonly number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0)
  const wanted = Math.min(yen, whole)
  let best: readonly number[] = []
  let nearest = Infinity
  const go = (at: number, left: number, shares: readonly number[]) => {
    const part = parts[at]
    if (part === undefined) {
      if (left !== 0) return
      const far = shares.reduce((sum, share, index) => {
        const apart = share * whole - wanted * (parts[index] ?? 0)
        return sum + apart * apart
      }, 0)
      if (far < nearest) {
        nearest = far
        best = shares
      }
      return
    }
    // The most first, so that of two equal ways the first parts' most is kept.
    for (let share = Math.min(part, left); share >= 0; share--) go(at + 1, left - share, [...shares, share])
  }
  go(0, wanted, [])
  return best
}

const roundings = fc.constantFrom('floor' as const, 'half-up' as const, 'ceil' as const)
const lineOf = (price: number): fc.Arbitrary<PricedLine> =>
  fc.record({
    unitPrice: fc.integer({ min: 0, max: price }),
    quantity: fc.integer({ min: 1, max: 9 }),
    ratePercent: fc.constantFrom(0, 8, 10),
    priceKind: fc.constantFrom('gross' as const, 'net' as const),
    shipment: fc.integer({ min: 0, max: 2 }),
    cool: fc.boolean(),
  })

const shopOf = (taxRounding: ShopCharges['taxRounding'], more: Partial<ShopCharges> = {}): ShopCharges => ({
  shipping: 37,
  byPrefecture: [{ prefecture: '沖縄県', fee: 91, neverFree: true }],
  freeShippingFrom: 200,
  freeShippingPer: 'order',
  coolFee: 13,
  codFee: 33,
  deferredFee: 25,
  serviceRatePercent: 10,
  taxRounding,
  invoicePer: 'order',
  ...more,
})

const PREFECTURES = ['東京都', '沖縄県', null] as const

/** Goods, shipping and fee of a small order by rate, line by line in plain words. */
function countedOrder(lines: readonly PricedLine[], shop: ShopCharges) {
  const goods = new Map<number, { gross: number; net: number }>()
  for (const line of lines) {
    const cell = goods.get(line.ratePercent) ?? { gross: 0, net: 0 }
    for (let piece = 0; piece < line.quantity; piece++) cell[line.priceKind] += line.unitPrice
    goods.set(line.ratePercent, cell)
  }
  const charged = new Map<number, number>()
  let subtotal = 0
  for (const [rate, { gross, net }] of goods) {
    const sum = gross + net + countedTax(net * rate, 100, shop.taxRounding)
    charged.set(rate, sum)
    subtotal += sum
  }
  let services = subtotal === 0 ? 0 : shop.codFee
  for (const [parcel, prefecture] of PREFECTURES.entries()) {
    const own = lines.filter(({ shipment }) => shipment === parcel)
    if (own.every(({ unitPrice }) => unitPrice === 0)) continue
    const isFree = prefecture !== '沖縄県' && subtotal >= (shop.freeShippingFrom ?? Infinity)
    if (!isFree) services += prefecture === '沖縄県' ? 91 : shop.shipping
    if (own.some(({ cool }) => cool)) services += shop.coolFee
  }
  charged.set(10, (charged.get(10) ?? 0) + services)
  return { subtotal, charged: [...charged].filter(([, sum]) => sum > 0).sort((a, b) => b[0] - a[0]) }
}

describe('a split over parts', () => {
  it('is the nearest to exact proportions that whole yen allow', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), parts, (yen, given) => {
        expect(splitProRata(yen, given)).toEqual(triedSplit(yen, given))
      }),
      { numRuns: 500 },
    )
  })

  it('loses nothing of large amounts, and takes from no part more than there is', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 999_999_999 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), parts, (yen, given) => {
        const shares = splitProRata(yen, given)
        const whole = given.reduce((sum, part) => sum + part, 0)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(Math.min(yen, whole))
        expect(shares.every((share, index) => share >= 0 && share <= (given[index] ?? 0))).toBe(true)
      }),
    )
  })
})

describe('totals', () => {
  it('are those of a count yen by yen', () => {
    const lines = fc.array(lineOf(20), { maxLength: 4 })
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 40 }), roundings, (given, discount, rounding) => {
        const shop = shopOf(rounding)
        const totals = totalsOf({ lines: given, prefectures: PREFECTURES, method: 'cod', discount }, shop)
        const counted = countedOrder(given, shop)
        const shares = triedSplit(
          discount,
          counted.charged.map(([, sum]) => sum),
        )
        const taxes = counted.charged
          .map(([ratePercent, sum], index) => ({ ratePercent, taxable: sum - (shares[index] ?? 0) }))
          .filter(({ taxable }) => taxable > 0)
          .map((row) => ({
            ...row,
            tax: countedTax(row.taxable * row.ratePercent, 100 + row.ratePercent, rounding),
          }))
        expect(totals.subtotal).toBe(counted.subtotal)
        expect(totals.taxes).toEqual(taxes)
      }),
      { numRuns: 1000 },
    )
  })

  it('never lose a yen between goods, shipping, fee, discount, taxes and total', () => {
    const lines = fc.array(lineOf(99_999), { maxLength: 20 })
    const per = fc.constantFrom('order' as const, 'shipment' as const)
    fc.assert(
      fc.property(lines, fc.nat(200_000), roundings, per, per, (given, discount, rounding, a, b) => {
        const shop = shopOf(rounding, { invoicePer: a, freeShippingPer: b })
        const totals = totalsOf({ lines: given, prefectures: PREFECTURES, method: 'cod', discount }, shop)
        expect(totals.total).toBe(totals.subtotal + totals.shipping + totals.fee - totals.discount)
        expect(totals.taxes.reduce((sum, row) => sum + row.taxable, 0)).toBe(totals.total)
        expect(totals.discounts.reduce((sum, row) => sum + row.amount, 0)).toBe(totals.discount)
        expect(totals.amounts.reduce((sum, one) => sum + one, 0) + totals.taxAdded).toBe(totals.subtotal)
      }),
    )
  })

  it('of prices without tax state the very tax that was added', () => {
    const lines = fc.array(
      lineOf(99_999).map((one): PricedLine => ({ ...one, priceKind: 'net', shipment: 0 })),
      { minLength: 1, maxLength: 10 },
    )
    fc.assert(
      fc.property(lines, roundings, (given, rounding) => {
        const shop = shopOf(rounding, { shipping: 0, coolFee: 0 })
        const totals = totalsOf({ lines: given, prefectures: [null], method: null, discount: 0 }, shop)
        expect(totals.taxes.reduce((sum, row) => sum + row.tax, 0)).toBe(totals.taxAdded)
      }),
    )
  })
})
