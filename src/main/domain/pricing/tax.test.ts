import { describe, expect, it } from 'vitest'
import { taxPerRate } from './tax'

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
