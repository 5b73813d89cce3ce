import type { Kysely, Selectable } from 'kysely'
import { Gift, type Shipment } from '../../contract/shipments'
import type { CustomerFields } from '../../contract/customers'
import type { Database, SalesOrderTable } from '../db/database.types'
import type { OrderShipmentTable } from '../db/shipment-tables.types'
import { NO_GIFT } from './stored-form'

type OrderRow = Selectable<SalesOrderTable>
/** One delivery of an order; `carrier` is null for orders that did not keep it. */
export type OrderDelivery = Omit<OrderShipmentTable, 'carrier'> & { readonly carrier: string | null }

/** The deliveries of an order, in their order; an order from before several deliveries has one. */
export async function deliveriesOf(
  db: Kysely<Database>,
  order: OrderRow,
): Promise<readonly [OrderDelivery, ...OrderDelivery[]]> {
  const [first, ...others] = await db
    .selectFrom('order_shipment')
    .selectAll()
    .where('order_id', '=', order.id)
    .orderBy('position')
    .execute()
  return first ? [first, ...others] : [onlyDelivery(order)]
}

const onlyDelivery = (order: OrderRow): OrderDelivery => ({
  order_id: order.id,
  position: 1,
  address_id: null,
  name: order.ship_name,
  phone: order.ship_phone,
  postal_code: order.ship_postal_code,
  prefecture: order.ship_prefecture,
  city: order.ship_city,
  address: order.ship_address,
  building: order.ship_building,
  deliver_on: order.deliver_on,
  slot_code: order.slot_code,
  slot_label: null,
  carrier: null,
  ship_on: null,
  gift: JSON.stringify(NO_GIFT),
})

/** The gift that a delivery was ordered as. */
export const giftOfDelivery = (row: Pick<OrderDelivery, 'gift'>): Gift => Gift.parse(JSON.parse(row.gift))

/** A delivery as a form: to the customer when it went to the customer's own address. */
export function shipmentOf(row: OrderDelivery, customer: CustomerFields): Shipment {
  const own =
    row.name === `${customer.familyName} ${customer.givenName}` &&
    row.phone === customer.phone &&
    row.postal_code === customer.postalCode &&
    row.city === customer.city &&
    row.address === customer.address &&
    (row.building ?? '') === customer.building
  const { name, phone, postal_code: postalCode, prefecture, city, address, building } = row
  return {
    shipTo: own
      ? { kind: 'customer' }
      : { kind: 'other', name, phone, postalCode, prefecture, city, address, building: building ?? '' },
    deliverOn: row.deliver_on,
    slotCode: row.slot_code,
    gift: giftOfDelivery(row),
  }
}
