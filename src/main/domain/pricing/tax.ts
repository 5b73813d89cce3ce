/** How a fraction of a yen of tax is dropped; the shop's choice (消費税法 leaves it open). */
export type TaxRounding = 'floor' | 'half-up' | 'ceil'

/** One amount, tax included, with its rate in percent. */
export interface TaxedAmount {
  readonly amount: number
  readonly ratePercent: number
}

export interface TaxTotal {
  readonly ratePercent: number
  /** Sum of the amounts at this rate, tax included, yen. */
  readonly taxable: number
  /** Tax contained in it, yen. */
  readonly tax: number
}

const round: Readonly<Record<TaxRounding, (numerator: number, denominator: number) => number>> = {
  floor: (n, d) => Math.floor(n / d),
  'half-up': (n, d) => Math.floor((2 * n + d) / (2 * d)),
  ceil: (n, d) => Math.ceil(n / d),
}

/**
 * Tax per rate of one invoice, prices tax included: total × rate / (100 + rate), rounded once per rate and
 * never per line (適格請求書等保存方式, 消費税法施行令 70条の10).
 */
export function taxPerRate(amounts: readonly TaxedAmount[], rounding: TaxRounding): TaxTotal[] {
  const sums = new Map<number, number>()
  for (const { amount, ratePercent } of amounts) sums.set(ratePercent, (sums.get(ratePercent) ?? 0) + amount)
  return [...sums]
    .map(([ratePercent, taxable]) => ({
      ratePercent,
      taxable,
      tax: round[rounding](taxable * ratePercent, 100 + ratePercent),
    }))
    .sort((a, b) => b.ratePercent - a.ratePercent)
}

/** Tax contained in an amount of yen that includes it (税込): amount × rate / (100 + rate), whole yen. */
export const taxIn = (amount: number, ratePercent: number, rounding: TaxRounding): number =>
  round[rounding](amount * ratePercent, 100 + ratePercent)

/** Tax that comes on top of an amount of yen without it (税抜): amount × rate / 100, whole yen. */
export const taxOn = (amount: number, ratePercent: number, rounding: TaxRounding): number =>
  round[rounding](amount * ratePercent, 100)
