import { taxPerRate, type TaxRounding, type TaxTotal } from './tax'

/** What the shop charges besides the goods. Yen, tax included. */
export interface ShopCharges {
  readonly shipping: number
  /** Goods of this sum ship free; null: never. */
  readonly freeShippingFrom: number | null
  readonly codFee: number
  readonly deferredFee: number
  /** Shipping and fees are taxed at the standard rate. */
  readonly serviceRatePercent: number
  readonly taxRounding: TaxRounding
}

export interface PricedLine {
  readonly unitPrice: number
  readonly quantity: number
  readonly ratePercent: number
}

export type FeeMethod = 'card' | 'cod' | 'deferred' | 'bank-transfer' | 'konbini' | 'none' | null

export interface Totals {
  readonly amounts: readonly number[]
  readonly subtotal: number
  readonly shipping: number
  readonly fee: number
  readonly total: number
  readonly taxes: readonly TaxTotal[]
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

/** Totals of an order: goods, shipping, fee, and the tax contained in them per rate. An empty order costs nothing. */
export function totalsOf(lines: readonly PricedLine[], method: FeeMethod, charges: ShopCharges): Totals {
  const amounts = lines.map((line) => line.unitPrice * line.quantity)
  const subtotal = amounts.reduce((sum, amount) => sum + amount, 0)
  const threshold = charges.freeShippingFrom
  const shipsFree = subtotal === 0 || (threshold !== null && subtotal >= threshold)
  const shipping = shipsFree ? 0 : charges.shipping
  const fee = subtotal === 0 ? 0 : feeOf(method, charges)
  const goods = lines.map((line, index) => ({ amount: amounts[index] ?? 0, ratePercent: line.ratePercent }))
  const services = [shipping, fee].map((amount) => ({ amount, ratePercent: charges.serviceRatePercent }))
  const taxes = taxPerRate(
    [...goods, ...services.filter((service) => service.amount > 0)],
    charges.taxRounding,
  )
  return {
    amounts,
    subtotal,
    shipping,
    fee,
    total: subtotal + shipping + fee,
    taxes: taxes.filter((row) => row.taxable !== 0),
    untilFreeShipping: shipsFree || threshold === null ? null : threshold - subtotal,
  }
}
