import type { PriceStep } from '../../../contract/subscription-form'
import { invoiceSums, type Charge } from '../pricing/invoice'
import {
  totalsOf,
  type FeeMethod,
  type PricedLine,
  type ShopCharges,
  type TaxTotal,
} from '../pricing/order-totals'
import { shippingOf } from '../pricing/shipping'
import { splitProRata } from '../pricing/split'

/** The goods of one turn as they are charged, all in one parcel. */
export interface TurnGoods {
  readonly lines: readonly Omit<PricedLine, 'shipment'>[]
  /** 初回価格, 段階価格 or 割引 of this turn; null: none. */
  readonly step: Pick<PriceStep, 'kind' | 'value'> | null
  /** Prefecture of the ship-to; null: not known yet. */
  readonly prefecture: string | null
  readonly method: FeeMethod
}

/** Yen, tax included where nothing else is said. */
export interface TurnTotals {
  readonly amounts: readonly number[]
  readonly taxAdded: number
  /** All goods before the step. */
  readonly subtotal: number
  /** What the step takes off the goods. */
  readonly discount: number
  /** The discount by rate, highest rate first. */
  readonly discounts: readonly { readonly ratePercent: number; readonly amount: number }[]
  readonly shipping: number
  readonly fee: number
  readonly total: number
  readonly taxes: readonly TaxTotal[]
  readonly untilFreeShipping: number | null
}

/** The step that a turn (回, from 1) falls into; of two that overlap, the first. */
export const stepOfTurn = <Step extends Pick<PriceStep, 'fromTurn' | 'toTurn'>>(
  steps: readonly Step[],
  turn: number,
): Step | null =>
  steps.find(({ fromTurn, toTurn }) => turn >= fromTurn && (toTurn === null || turn <= toTurn)) ?? null

/** Yen that a step takes off goods of this sum; never more than they cost, and never less than nothing. */
export function discountOf(step: TurnGoods['step'], subtotal: number): number {
  if (step === null) return 0
  switch (step.kind) {
    case 'percent-off':
      return Math.floor((subtotal * step.value) / 100)
    case 'yen-off':
      return Math.min(step.value, subtotal)
    case 'goods-total':
      return Math.max(0, subtotal - step.value)
  }
}

/**
 * Totals of one turn. A step is of the goods alone: it lowers what free shipping is judged by, and its tax is that of
 * the goods, not of shipping and fees. Goods that cost nothing ship free.
 */
export function turnTotals(goods: TurnGoods, charges: ShopCharges): TurnTotals {
  const lines = goods.lines.map((line) => ({ ...line, shipment: 0 }))
  const { prefecture, method } = goods
  const listed = totalsOf({ lines, prefectures: [prefecture], method, discount: 0 }, charges)
  const { amounts, taxAdded, subtotal } = listed
  const discount = discountOf(goods.step, subtotal)
  const whole = subtotal - discount
  const cool = lines.some((line) => line.cool && line.quantity > 0)
  const { fees, missing } = shippingOf([{ prefecture, goods: whole, cool }], whole, charges)
  const shipping = fees[0] ?? 0
  const fee = whole === 0 ? 0 : listed.fee
  const charge = (amount: number, ratePercent: number, priceKind: Charge['priceKind']): Charge => ({
    amount,
    ratePercent,
    priceKind,
    invoice: 0,
  })
  const listCharges = lines.map(({ ratePercent, priceKind }, index) =>
    charge(amounts[index] ?? 0, ratePercent, priceKind),
  )
  const byRate = invoiceSums(listCharges, 0, charges.taxRounding)
  const shares = splitProRata(
    discount,
    byRate.map(({ charged }) => charged),
  )
  const discounts = byRate.flatMap(({ ratePercent }, index) => {
    const amount = shares[index] ?? 0
    return amount === 0 ? [] : [{ ratePercent, amount }]
  })
  const sums = invoiceSums(
    [
      ...listCharges,
      ...discounts.map(({ amount, ratePercent }) => charge(-amount, ratePercent, 'gross')),
      charge(shipping + fee, charges.serviceRatePercent, 'gross'),
    ],
    0,
    charges.taxRounding,
  )
  return {
    amounts,
    taxAdded,
    subtotal,
    discount,
    discounts,
    shipping,
    fee,
    total: whole + shipping + fee,
    taxes: sums.map(({ ratePercent, taxable, tax }) => ({ ratePercent, taxable, tax })),
    untilFreeShipping: missing,
  }
}
