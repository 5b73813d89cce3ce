import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { totalsOf, type ShopCharges } from './quote'
import { taxPerRate } from './tax'

const charges: ShopCharges = {
  shipping: 550,
  freeShippingFrom: 5000,
  codFee: 330,
  deferredFee: 250,
  serviceRatePercent: 10,
  taxRounding: 'floor',
}

describe('tax per rate', () => {
  it('is rounded once per rate, not per line', () => {
    const lines = [105, 105, 105].map((amount) => ({ amount, ratePercent: 10 }))
    expect(taxPerRate(lines, 'floor')).toEqual([{ ratePercent: 10, taxable: 315, tax: 28 }])
    expect(taxPerRate(lines, 'half-up')[0]?.tax).toBe(29)
    expect(taxPerRate(lines, 'ceil')[0]?.tax).toBe(29)
  })

  it('keeps the standard and the reduced rate apart', () => {
    const rows = taxPerRate(
      [
        { amount: 1080, ratePercent: 8 },
        { amount: 1100, ratePercent: 10 },
      ],
      'floor',
    )
    expect(rows).toEqual([
      { ratePercent: 10, taxable: 1100, tax: 100 },
      { ratePercent: 8, taxable: 1080, tax: 80 },
    ])
  })
})

describe('totals of an order', () => {
  it('adds shipping below the threshold and says what is missing', () => {
    const totals = totalsOf([{ unitPrice: 1200, quantity: 3, ratePercent: 8 }], 'cod', charges)
    expect(totals).toMatchObject({
      subtotal: 3600,
      shipping: 550,
      fee: 330,
      total: 4480,
      untilFreeShipping: 1400,
    })
    expect(totals.taxes).toEqual([
      { ratePercent: 10, taxable: 880, tax: 80 },
      { ratePercent: 8, taxable: 3600, tax: 266 },
    ])
  })

  it('ships free from the threshold on', () => {
    expect(totalsOf([{ unitPrice: 5000, quantity: 1, ratePercent: 10 }], 'card', charges)).toMatchObject({
      shipping: 0,
      total: 5000,
      untilFreeShipping: null,
    })
  })

  it('costs nothing when it holds nothing', () => {
    expect(totalsOf([], 'cod', charges)).toMatchObject({ total: 0, shipping: 0, fee: 0, taxes: [] })
  })

  it('never loses a yen between lines, taxes and total', () => {
    const line = fc.record({
      unitPrice: fc.integer({ min: 0, max: 99_999 }),
      quantity: fc.integer({ min: 1, max: 99 }),
      ratePercent: fc.constantFrom(8, 10),
    })
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 20 }),
        fc.constantFrom('card' as const, 'cod' as const),
        (lines, method) => {
          const totals = totalsOf(lines, method, charges)
          const taxable = totals.taxes.reduce((sum, row) => sum + row.taxable, 0)
          expect(taxable).toBe(totals.total)
          expect(totals.taxes.every((row) => Number.isInteger(row.tax) && row.tax < row.taxable)).toBe(true)
        },
      ),
    )
  })
})
