import { invoiceSums, type Charge, type PriceKind } from './invoice'
import { shippingOf, type ShippingRules } from './shipping'
import { taxOn, type TaxRounding } from './tax'

/** What the shop charges besides the goods. Yen, tax included. */
export interface ShopCharges extends ShippingRules {
  readonly codFee: number
  readonly deferredFee: number
  /** Shipping and fees are taxed at the standard rate. */
  readonly serviceRatePercent: number
  readonly taxRounding: TaxRounding
  /** 適格請求書: one for the order, or one for each parcel. */
  readonly invoicePer: 'order' | 'shipment'
}

export interface PricedLine {
  readonly unitPrice: number
  readonly quantity: number
  readonly ratePercent: number
  readonly priceKind: PriceKind
  /** Index of the parcel that it goes with. */
  readonly shipment: number
  /** Chilled or frozen. */
  readonly cool: boolean
}

export type FeeMethod = 'card' | 'cod' | 'deferred' | 'bank-transfer' | 'konbini' | 'none' | null

export interface PricedOrder {
  readonly lines: readonly PricedLine[]
  /** Prefecture of each parcel; null: not known yet. */
  readonly prefectures: readonly (string | null)[]
  readonly method: FeeMethod
  /** 値引き, yen with tax; what is beyond the whole is not taken. */
  readonly discount: number
}

export interface TaxTotal {
  readonly ratePercent: number
  /** Sum of the amounts at this rate, tax included, yen. */
  readonly taxable: number
  /** Tax contained in it, yen. */
  readonly tax: number
}

/** Yen, tax included where nothing else is said. */
export interface Totals {
  /** Of each line, with or without tax as the line says. */
  readonly amounts: readonly number[]
  /** Tax on top of lines without tax. */
  readonly taxAdded: number
  /** All goods. */
  readonly subtotal: number
  /** Of each parcel. */
  readonly shippings: readonly number[]
  readonly shipping: number
  readonly fee: number
  readonly discount: number
  /** The discount by rate, highest rate first. */
  readonly discounts: readonly { readonly ratePercent: number; readonly amount: number }[]
  readonly total: number
  readonly taxes: readonly TaxTotal[]
  /** Goods that are missing for free shipping; null when nothing would come free. */
  readonly untilFreeShipping: number | null
}

function feeOf(method: FeeMethod, charges: ShopCharges): number {
  switch (method) {
    case 'cod':
      return charges.codFee
    case 'deferred':
      return charges.deferredFee
    case 'card':
    case 'bank-transfer':
    case 'konbini':
    case 'none':
    case null:
      return 0
  }
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)

/** Goods of each parcel with tax, for the free-shipping threshold: what the caller is told that they cost. */
function parcelsOf({ lines, prefectures }: PricedOrder, rounding: TaxRounding) {
  const count = Math.max(prefectures.length, ...lines.map(({ shipment }) => shipment + 1), 1)
  return Array.from({ length: count }, (_, index) => {
    const own = lines.filter(({ shipment, quantity }) => shipment === index && quantity > 0)
    const net = new Map<number, number>()
    let goods = 0
    for (const { unitPrice, quantity, ratePercent, priceKind } of own) {
      goods += unitPrice * quantity
      if (priceKind === 'net') net.set(ratePercent, (net.get(ratePercent) ?? 0) + unitPrice * quantity)
    }
    const taxes = [...net].map(([rate, amount]) => taxOn(amount, rate, rounding))
    return {
      prefecture: prefectures[index] ?? null,
      goods: goods + sumOf(taxes),
      cool: own.some(({ cool }) => cool),
    }
  })
}

/** By rate over all invoices, highest rate first. */
function byRate<T extends { ratePercent: number }>(
  sums: readonly T[],
  add: (of: readonly T[]) => number,
): Map<number, number> {
  const rates = [...new Set(sums.map(({ ratePercent }) => ratePercent))].sort((a, b) => b - a)
  return new Map(rates.map((rate) => [rate, add(sums.filter(({ ratePercent }) => ratePercent === rate))]))
}

/**
 * Totals of an order: goods, shipping of each parcel, fee, discount, and the tax contained in what is left, per rate.
 * An order without goods of any price costs nothing.
 */
export function totalsOf(order: PricedOrder, charges: ShopCharges): Totals {
  const { lines, method } = order
  const invoiceOf = (parcel: number): number => (charges.invoicePer === 'shipment' ? parcel : 0)
  const amounts = lines.map((line) => line.unitPrice * line.quantity)
  const goods = lines.map(({ ratePercent, priceKind, shipment }, index): Charge => ({
    amount: amounts[index] ?? 0,
    ratePercent,
    priceKind,
    invoice: invoiceOf(shipment),
  }))
  const subtotal = sumOf(invoiceSums(goods, 0, charges.taxRounding).map(({ charged }) => charged))
  const { fees, missing } = shippingOf(parcelsOf(order, charges.taxRounding), subtotal, charges)
  const fee = subtotal === 0 ? 0 : feeOf(method, charges)
  const service = (amount: number, parcel: number): Charge => ({
    amount,
    ratePercent: charges.serviceRatePercent,
    priceKind: 'gross',
    invoice: invoiceOf(parcel),
  })
  const services = [...fees.map(service), service(fee, 0)]
  const sums = invoiceSums([...goods, ...services], order.discount, charges.taxRounding)
  const taxAdded = sumOf(sums.map((sum) => sum.taxAdded))
  const discounts = byRate(sums, (of) => sumOf(of.map(({ discount }) => discount)))
  const taxable = byRate(sums, (of) => sumOf(of.map((sum) => sum.taxable)))
  const tax = byRate(sums, (of) => sumOf(of.map((sum) => sum.tax)))
  return {
    amounts,
    taxAdded,
    subtotal,
    shippings: fees,
    shipping: sumOf(fees),
    fee,
    discount: sumOf([...discounts.values()]),
    discounts: [...discounts].flatMap(([ratePercent, amount]) =>
      amount === 0 ? [] : [{ ratePercent, amount }],
    ),
    total: sumOf(sums.map((sum) => sum.taxable)),
    taxes: [...taxable].flatMap(([ratePercent, of]) =>
      of === 0 ? [] : [{ ratePercent, taxable: of, tax: tax.get(ratePercent) ?? 0 }],
    ),
    untilFreeShipping: missing,
  }
}
