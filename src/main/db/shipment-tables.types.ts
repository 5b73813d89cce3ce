/** One delivery of an order. Orders from before several deliveries have none: their `ship_*` columns say it. */
export interface OrderShipmentTable {
  order_id: string
  /** 1 for the first. */
  position: number
  /** The entry of the customer's address book that it was taken from. */
  address_id: string | null
  name: string
  phone: string
  postal_code: string
  prefecture: string
  city: string
  address: string
  building: string | null
  /** Plain date; null: as early as possible. */
  deliver_on: string | null
  slot_code: string | null
  /** The slot in the carrier's words of that day. */
  slot_label: string | null
  carrier: string
  /** Planned ship date. */
  ship_on: string | null
  /** JSON of `Gift`. */
  gift: string
}
