import { splitProRata } from './split'
import { taxIn, taxOn, type TaxRounding } from './tax'

/** 税込: tax is in the price. 税抜: tax comes on top of it. */
export type PriceKind = 'gross' | 'net'

/** One amount of an order: goods, shipping or a fee. */
export interface Charge {
  /** Yen, with or without tax as `priceKind` says. */
  readonly amount: number
  readonly ratePercent: number
  readonly priceKind: PriceKind
  /** Which of the order's invoices it stands on, from 0. */
  readonly invoice: number
}

/** All that one invoice says of one rate. Yen. */
export interface RateSum {
  readonly invoice: number
  readonly ratePercent: number
  /** What is asked for before the discount, tax included. */
  readonly charged: number
  /** Tax that was put on top of prices without tax; part of `charged`. */
  readonly taxAdded: number
  readonly discount: number
  /** What is left, tax included. */
  readonly taxable: number
  /** Tax contained in it. */
  readonly tax: number
}

/**
 * Sums each invoice by rate, highest rate first. Tax is rounded once per rate and invoice, never per line
 * (消費税法施行令 70条の10). A discount is of amounts with tax, and is split over all rates and invoices in proportion to what
 * they charge (軽減通達 15); what is beyond the whole is not taken.
 */
export function invoiceSums(
  charges: readonly Charge[],
  discount: number,
  rounding: TaxRounding,
): readonly RateSum[] {
  const cells = new Map<string, { invoice: number; ratePercent: number; gross: number; net: number }>()
  for (const { amount, ratePercent, priceKind, invoice } of charges) {
    const key = `${invoice}:${ratePercent}`
    const cell = cells.get(key) ?? { invoice, ratePercent, gross: 0, net: 0 }
    cell[priceKind] += amount
    cells.set(key, cell)
  }
  const sums = [...cells.values()]
    .map(({ invoice, ratePercent, gross, net }) => {
      const taxAdded = taxOn(net, ratePercent, rounding)
      return { invoice, ratePercent, taxAdded, charged: gross + net + taxAdded }
    })
    .filter(({ charged }) => charged !== 0)
    .sort((a, b) => a.invoice - b.invoice || b.ratePercent - a.ratePercent)
  const shares = splitProRata(
    discount,
    sums.map(({ charged }) => charged),
  )
  return sums.map((sum, index) => {
    const share = shares[index] ?? 0
    const taxable = sum.charged - share
    return { ...sum, discount: share, taxable, tax: taxIn(taxable, sum.ratePercent, rounding) }
  })
}
