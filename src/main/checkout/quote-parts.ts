import type { Quote } from '../../contract/checkout'
import { yen } from '../../contract/values'
import type { Totals } from '../domain/pricing/order-totals'
import type { PricedLine } from './priced-lines'

/** Priced lines and their totals as a quote shows them, of a phone order or of a turn of a 定期. */
export function quoteParts(
  lines: readonly PricedLine[],
  totals: Omit<Totals, 'shippings'>,
): Omit<Quote, 'legal'> {
  return {
    lines: lines.map(({ cool: _cool, ...line }, index) => ({
      ...line,
      unitPrice: yen(line.unitPrice),
      amount: yen(totals.amounts[index] ?? 0),
    })),
    subtotal: yen(totals.subtotal),
    taxAdded: yen(totals.taxAdded),
    shipping: yen(totals.shipping),
    fee: yen(totals.fee),
    discount: yen(totals.discount),
    discounts: totals.discounts.map((one) => ({ ...one, amount: yen(one.amount) })),
    total: yen(totals.total),
    taxes: totals.taxes.map(({ ratePercent, taxable, tax }) => ({
      ratePercent,
      taxable: yen(taxable),
      tax: yen(tax),
    })),
    untilFreeShipping: totals.untilFreeShipping === null ? null : yen(totals.untilFreeShipping),
  }
}
