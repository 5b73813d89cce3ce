import type { Generated } from 'kysely'

/** Epoch milliseconds, UTC. */
type Instant = number

export interface SalesOrderTable {
  id: string
  number: number
  /** Null only for orders that were not taken at this desk. */
  checkout_id: string | null
  status:
    | 'new'
    | 'waiting-check'
    | 'waiting-payment'
    | 'waiting-ship-date'
    | 'ship-instructed'
    | 'shipped'
    | 'returned'
    | 'cancelled'
  shop_id: string
  operator_id: string
  customer_id: string
  customer_name: string
  customer_kana: string
  customer_phone: string
  customer_postal_code: string
  customer_prefecture: string
  customer_city: string
  customer_address: string
  customer_building: string | null
  ship_name: string
  ship_phone: string
  ship_postal_code: string
  ship_prefecture: string
  ship_city: string
  ship_address: string
  ship_building: string | null
  deliver_on: string | null
  slot_code: string | null
  payment_method: 'card' | 'cod' | 'deferred' | 'bank-transfer' | 'konbini' | 'none'
  subtotal: number
  shipping: number
  fee: number
  discount: number
  total: number
  note: string | null
  /** Tax on top of lines without tax; part of `subtotal`. */
  tax_added: Generated<number>
  discount_reason: Generated<string | null>
  /** Who answers for the discount. */
  discount_by: Generated<string | null>
  channel: Generated<'phone' | 'postcard' | 'fax' | 'mail'>
  offer_code: Generated<string | null>
  medium: Generated<string | null>
  legal_mode: Generated<'mail-order' | 'telemarketing'>
  legal_reason: Generated<'offer' | 'not-statutory' | 'outside' | null>
  read_back_at: Instant | null
  read_back_by: string | null
  ordered_at: Instant
  updated_at: Instant
  version: number
}

export interface OrderLineTable {
  order_id: string
  position: number
  kind: 'product' | 'shipping' | 'fee' | 'discount'
  product_id: string | null
  code: string | null
  name: string
  unit_price: number
  quantity: number
  amount: number
  tax_class: 'standard' | 'reduced'
  rate_percent: number
  /** Whether its amount holds its tax. */
  price_kind: Generated<'gross' | 'net'>
  /** Position of the delivery that it goes with. */
  shipment: Generated<number>
}

export interface OrderTaxTable {
  order_id: string
  rate_percent: number
  taxable: number
  tax: number
}

/** What an order said before a change, as JSON of its rows. */
export interface OrderRevisionTable {
  order_id: string
  version: number
  content: string
  replaced_at: Instant
  replaced_by: string
}

export interface OrderReadBackTable {
  order_id: string
  /** JSON array of the sentences that were read. */
  sentences: string
  read_at: Instant
  read_by: string
}
