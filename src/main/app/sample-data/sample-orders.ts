import type { Insertable } from 'kysely'
import type { OrderLineTable, OrderTaxTable, PaymentTable, SalesOrderTable } from '../../db/database.types'
import { totalsOf, type ShopCharges } from '../../domain/pricing/order-totals'
import { newId } from '../../platform/ids'
import type { Chance } from './random'
import type { Good } from './goods'

export interface SampleCustomer {
  readonly id: string
  readonly name: string
  readonly kana: string
  readonly phone: string
  readonly postalCode: string
  readonly prefecture: string
  readonly city: string
  readonly address: string
}

/** Keypads on which the sample cards were keyed. */
const SAMPLE_SERIALS = ['TEST000001', 'TEST000002', 'TEST000003']
const CHARGES: ShopCharges = {
  shipping: 550,
  byPrefecture: [],
  freeShippingFrom: 5000,
  freeShippingPer: 'order',
  coolFee: 0,
  codFee: 330,
  deferredFee: 250,
  serviceRatePercent: 10,
  taxRounding: 'floor',
  invoicePer: 'order',
}
const RATE = { standard: 10, reduced: 8 } as const
const DAY = 86_400_000

/** Test numbers as a payment service masks them. */
const CARDS = [
  ['VISA', '411111******1111'],
  ['Mastercard', '555555******4444'],
  ['JCB', '353011******0000'],
] as const

export interface SampleOrder {
  readonly order: Insertable<SalesOrderTable>
  readonly lines: Insertable<OrderLineTable>[]
  readonly taxes: Insertable<OrderTaxTable>[]
  readonly payment: Omit<Insertable<PaymentTable>, 'checkout_id'> | null
}

export interface OrderSeed {
  readonly number: number
  readonly at: number
  readonly now: number
  readonly customer: SampleCustomer
  readonly goods: readonly (Good & { readonly id: string })[]
  readonly shopId: string
  readonly operatorId: string
}

function statusAt(ageDays: number, method: string, luck: Chance): Insertable<SalesOrderTable>['status'] {
  if (luck.below(40) === 0) return 'cancelled'
  if (ageDays > 5) return 'shipped'
  if (method === 'bank-transfer' && ageDays < 3) return 'waiting-payment'
  return ageDays > 2 ? 'ship-instructed' : 'new'
}

/** A past order whose sums and taxes are worked out as the desk itself works them out. */
export function sampleOrder(seed: OrderSeed, luck: Chance): SampleOrder {
  const method = luck.pickSkewed(['card', 'cod', 'deferred', 'bank-transfer'] as const)
  const chosen = new Map(
    Array.from({ length: 1 + luck.below(3) }, () => luck.pickSkewed(seed.goods)).map((good) => [
      good.id,
      good,
    ]),
  )
  const picked = [...chosen.values()].map((good) => ({ good, quantity: 1 + luck.below(3) }))
  const lines = picked.map(({ good, quantity }) => ({
    unitPrice: good.price,
    quantity,
    ratePercent: RATE[good.taxClass],
    priceKind: 'gross' as const,
    shipment: 0,
    cool: false,
  }))
  const prefectures = [seed.customer.prefecture]
  const totals = totalsOf({ lines, prefectures, method, discount: 0 }, CHARGES)
  const id = newId()
  const status = statusAt((seed.now - seed.at) / DAY, method, luck)
  const { customer } = seed
  const order: Insertable<SalesOrderTable> = {
    id,
    number: seed.number,
    checkout_id: null,
    status,
    shop_id: seed.shopId,
    operator_id: seed.operatorId,
    customer_id: customer.id,
    customer_name: customer.name,
    customer_kana: customer.kana,
    customer_phone: customer.phone,
    customer_postal_code: customer.postalCode,
    customer_prefecture: customer.prefecture,
    customer_city: customer.city,
    customer_address: customer.address,
    customer_building: null,
    ship_name: customer.name,
    ship_phone: customer.phone,
    ship_postal_code: customer.postalCode,
    ship_prefecture: customer.prefecture,
    ship_city: customer.city,
    ship_address: customer.address,
    ship_building: null,
    deliver_on: null,
    slot_code: null,
    payment_method: method,
    subtotal: totals.subtotal,
    shipping: totals.shipping,
    fee: totals.fee,
    discount: 0,
    total: totals.total,
    note: null,
    read_back_at: seed.at,
    read_back_by: seed.operatorId,
    ordered_at: seed.at,
    updated_at: seed.at,
    version: 1,
  }
  return {
    order,
    lines: linesOf(id, picked, totals),
    taxes: totals.taxes.map((row) => ({
      order_id: id,
      rate_percent: row.ratePercent,
      taxable: row.taxable,
      tax: row.tax,
    })),
    payment: method === 'card' ? paymentOf(seed, id, totals.total, status, luck) : null,
  }
}

function linesOf(
  orderId: string,
  picked: readonly { good: Good & { id: string }; quantity: number }[],
  totals: { shipping: number; fee: number },
): Insertable<OrderLineTable>[] {
  const products = picked.map(({ good, quantity }) => ({
    kind: 'product' as const,
    product_id: good.id,
    code: good.code,
    name: good.name,
    unit_price: good.price,
    quantity,
    amount: good.price * quantity,
    tax_class: good.taxClass,
    rate_percent: RATE[good.taxClass],
  }))
  const service = (kind: 'shipping' | 'fee', name: string, amount: number) => ({
    kind,
    product_id: null,
    code: null,
    name,
    unit_price: amount,
    quantity: 1,
    amount,
    tax_class: 'standard' as const,
    rate_percent: 10,
  })
  const services = [service('shipping', '送料', totals.shipping), service('fee', '手数料', totals.fee)]
  return [...products, ...services.filter((line) => line.amount > 0)].map((line, index) => ({
    order_id: orderId,
    position: index + 1,
    ...line,
  }))
}

function paymentOf(
  seed: OrderSeed,
  orderId: string,
  amount: number,
  status: string,
  luck: Chance,
): SampleOrder['payment'] {
  const [brand, masked] = luck.pick(CARDS)
  const state = status === 'cancelled' ? 'voided' : status === 'shipped' ? 'captured' : 'authorized'
  return {
    id: newId(),
    number: (seed.number - 100_000).toString(36).padStart(6, '0'),
    order_id: orderId,
    service: 'sample',
    card_id: null,
    method: 'card',
    amount,
    status: state,
    brand,
    masked,
    last3: masked.slice(-3),
    expiry_yymm: '3012',
    service_transaction_id: `sample-${seed.number}`,
    approval_code: String(100_000 + luck.below(900_000)),
    code: null,
    raw_code: null,
    hold_until: seed.at + 30 * DAY,
    keypad_serial: SAMPLE_SERIALS[seed.number % SAMPLE_SERIALS.length] ?? null,
    operator_id: seed.operatorId,
    created_at: seed.at,
    updated_at: seed.at,
    version: 1,
  }
}
