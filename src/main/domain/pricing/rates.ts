import type { TaxClass } from '../../../contract/products'

/** A rate of a tax class from a business date on, until the next one of that class. */
export interface DatedRate {
  readonly taxClass: TaxClass
  readonly ratePercent: number
  /** Plain date, Asia/Tokyo. */
  readonly validFrom: string
}

/**
 * Percent of a tax class on a business date; null before its first rate. What counts is the day on which the goods are
 * handed over (消費税法 28条, 基本通達 9-1-1), not the day of the order.
 */
export function rateOn(rates: readonly DatedRate[], taxClass: TaxClass, date: string): number | null {
  let found: DatedRate | null = null
  for (const rate of rates) {
    if (rate.taxClass !== taxClass || rate.validFrom > date) continue
    if (found === null || rate.validFrom > found.validFrom) found = rate
  }
  return found?.ratePercent ?? null
}
