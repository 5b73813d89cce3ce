import { implement } from '@orpc/server'
import type { Kysely, Selectable } from 'kysely'
import { z } from 'zod'
import { orders, type OrderDetail, type OrderSummary } from '../../../contract/orders'
import { yen } from '../../../contract/values'
import { itemsOf } from '../customers/customers.service'
import { giftOfDelivery } from '../../checkout/order-deliveries'
import { shownPayment } from '../../checkout/view'
import type { Database, OrderLineTable } from '../../db/database.types'
import type { CallContext } from '../../platform/call-context'
import { Refusal } from '../../platform/refusal'
import { listOrders, orderParts, paymentStates, type OrderRow } from './orders.repository'

const os = implement(orders).$context<CallContext>()

function summaryOf(
  row: OrderRow,
  extra: { items: string; paymentState: string | null; operatorName: string },
): OrderSummary {
  return {
    id: row.id,
    number: row.number,
    orderedAt: row.ordered_at,
    customerName: row.customer_name,
    customerPhone: row.customer_phone,
    items: extra.items,
    paymentMethod: row.payment_method,
    paymentState: extra.paymentState,
    total: yen(row.total),
    deliverOn: row.deliver_on,
    status: row.status,
    operatorName: extra.operatorName,
  }
}

const join = (...parts: (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join('')

const shownLine = (line: Selectable<OrderLineTable>): OrderDetail['lines'][number] => ({
  kind: line.kind,
  code: line.code,
  name: line.name,
  unitPrice: yen(line.unit_price),
  quantity: line.quantity,
  amount: yen(line.amount),
  ratePercent: line.rate_percent,
  priceKind: line.price_kind,
  shipment: line.shipment,
})

export function ordersRouter(db: () => Kysely<Database>) {
  return os.router({
    list: os.list.handler(async ({ input }) => {
      const page = await listOrders(db(), input)
      const ids = page.items.map((row) => row.id)
      const [items, states] = await Promise.all([itemsOf(db(), ids), paymentStates(db(), ids)])
      return {
        ...page,
        items: page.items.map((row) =>
          summaryOf(row, {
            items: items.get(row.id) ?? '',
            paymentState: states.get(row.id) ?? null,
            operatorName: row.operator_name ?? '',
          }),
        ),
      }
    }),
    get: os.get.handler(async ({ input }) => {
      const parts = await orderParts(db(), input.id)
      if (!parts) throw new Refusal('NOT_FOUND')
      const { order, lines, taxes, payments, readBack } = parts
      const items = (await itemsOf(db(), [order.id])).get(order.id) ?? ''
      const paymentState = payments.at(-1)?.status ?? null
      return {
        ...summaryOf(order, { items, paymentState, operatorName: order.operator_name }),
        customerId: order.customer_id,
        customer: {
          name: order.customer_name,
          phone: order.customer_phone,
          postalCode: order.customer_postal_code,
          address: join(
            order.customer_prefecture,
            order.customer_city,
            order.customer_address,
            order.customer_building,
          ),
        },
        shipments: parts.deliveries.map((row) => ({
          position: row.position,
          name: row.name,
          phone: row.phone,
          postalCode: row.postal_code,
          address: join(row.prefecture, row.city, row.address, row.building),
          deliverOn: row.deliver_on,
          slotLabel: row.slot_label ?? parts.slotLabel,
          shipOn: row.ship_on,
          gift: giftOfDelivery(row),
        })),
        channel: order.channel,
        offerCode: order.offer_code ?? '',
        medium: order.medium ?? '',
        legalMode: order.legal_mode,
        legalReason: order.legal_reason,
        lines: lines.map(shownLine),
        taxes: taxes.map((row) => ({
          ratePercent: row.rate_percent,
          taxable: yen(row.taxable),
          tax: yen(row.tax),
        })),
        payments: payments.map(shownPayment),
        readBack: readBack
          ? {
              at: readBack.read_at,
              by: readBack.reader,
              sentences: z.array(z.string()).parse(JSON.parse(readBack.sentences)),
            }
          : null,
        note: order.note ?? '',
      }
    }),
  })
}
