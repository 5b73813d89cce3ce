import { z } from 'zod'
import type { OrderHold } from '../../../contract/blacklist'
import type { OrderDetail, OrderFilter, OrderSummary } from '../../../contract/orders'
import { yen } from '../../../contract/values'
import { giftOfDelivery } from '../../checkout/order-deliveries'
import { matchesOfHold, statusIn } from '../../checkout/order-hold'
import { shownPayment } from '../../checkout/view'
import { ExpectationFailed } from '../../db/errors'
import type { DeskDatabase } from '../../db/open-database'
import type { Clock } from '../../platform/clock'
import { Refusal } from '../../platform/refusal'
import { itemsOf } from '../customers/customers.service'
import {
  listOrders,
  openHolds,
  orderParts,
  paymentStates,
  waitingOrders,
  type OrderRow,
} from './orders.repository'

export { waitingOrders }

export interface OrdersDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
}

function summaryOf(
  row: OrderRow,
  extra: Pick<OrderSummary, 'items' | 'paymentState' | 'operatorName' | 'flag'>,
): OrderSummary {
  return {
    id: row.id,
    number: row.number,
    orderedAt: row.ordered_at,
    customerName: row.customer_name,
    customerPhone: row.customer_phone,
    paymentMethod: row.payment_method,
    total: yen(row.total),
    deliverOn: row.deliver_on,
    status: row.status,
    ...extra,
  }
}

const join = (...parts: (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join('')

export async function list(
  { database }: OrdersDeps,
  query: { filter: OrderFilter; cursor: string | null; limit: number },
) {
  const { db } = database
  const page = await listOrders(database, query)
  const ids = page.items.map((row) => row.id)
  const [items, states, flags] = await Promise.all([
    itemsOf(db, ids),
    paymentStates(db, ids),
    openHolds(db, ids),
  ])
  return {
    ...page,
    items: page.items.map((row) =>
      summaryOf(row, {
        items: items.get(row.id) ?? '',
        paymentState: states.get(row.id) ?? null,
        operatorName: row.operator_name ?? '',
        flag: flags.get(row.id) ?? null,
      }),
    ),
  }
}

type Parts = NonNullable<Awaited<ReturnType<typeof orderParts>>>

const shownHold = (row: Parts['holds'][number]): OrderHold => ({
  id: row.id,
  kind: row.kind,
  at: row.held_at,
  matches: matchesOfHold(row),
  released:
    row.released_at === null
      ? null
      : { at: row.released_at, by: row.releaser ?? '', reason: row.release_reason ?? '' },
})

const peopleOf = ({ order, deliveries, slotLabel }: Parts) => ({
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
  shipments: deliveries.map((row) => ({
    position: row.position,
    name: row.name,
    phone: row.phone,
    postalCode: row.postal_code,
    address: join(row.prefecture, row.city, row.address, row.building),
    deliverOn: row.deliver_on,
    slotLabel: row.slot_label ?? slotLabel,
    shipOn: row.ship_on,
    gift: giftOfDelivery(row),
  })),
})

const moneyOf = ({ lines, taxes, payments }: Parts) => ({
  lines: lines.map((line) => ({
    kind: line.kind,
    code: line.code,
    name: line.name,
    unitPrice: yen(line.unit_price),
    quantity: line.quantity,
    amount: yen(line.amount),
    ratePercent: line.rate_percent,
    priceKind: line.price_kind,
    shipment: line.shipment,
  })),
  taxes: taxes.map((row) => ({
    ratePercent: row.rate_percent,
    taxable: yen(row.taxable),
    tax: yen(row.tax),
  })),
  payments: payments.map(shownPayment),
})

/** One order with everything that hangs on it. */
export async function detail({ database: { db } }: OrdersDeps, id: string): Promise<OrderDetail> {
  const parts = await orderParts(db, id)
  if (!parts) throw new Refusal('NOT_FOUND')
  const { order, payments, readBack, holds, turn } = parts
  const open = holds.find((hold) => hold.released_at === null)
  return {
    ...summaryOf(order, {
      items: (await itemsOf(db, [order.id])).get(order.id) ?? '',
      paymentState: payments.at(-1)?.status ?? null,
      operatorName: order.operator_name,
      flag: open ? (open.kind === 'hold' ? 'held' : 'marked') : null,
    }),
    ...peopleOf(parts),
    ...moneyOf(parts),
    channel: order.channel,
    offerCode: order.offer_code ?? '',
    medium: order.medium ?? '',
    legalMode: order.legal_mode,
    legalReason: order.legal_reason,
    readBack: readBack
      ? {
          at: readBack.read_at,
          by: readBack.reader,
          sentences: z.array(z.string()).parse(JSON.parse(readBack.sentences)),
        }
      : null,
    note: order.note ?? '',
    discount:
      order.discount === 0
        ? null
        : {
            amount: yen(order.discount),
            reason: order.discount_reason ?? '',
            by: order.discount_giver ?? '',
          },
    subscription: turn ? { id: turn.id, number: turn.number, turn: turn.turn ?? 0 } : null,
    holds: holds.map(shownHold),
  }
}

/** 保留解除: who and why are kept with the hold, and the order goes on where it would have been. */
export async function release(
  deps: OrdersDeps,
  wish: { id: string; holdId: string; reason: string; by: string },
): Promise<OrderDetail> {
  const { db } = deps.database
  const reason = wish.reason.trim()
  const hold = await db
    .selectFrom('order_hold')
    .selectAll()
    .where('id', '=', wish.holdId)
    .where('order_id', '=', wish.id)
    .where('kind', '=', 'hold')
    .executeTakeFirst()
  if (!hold) throw new Refusal('NOT_FOUND')
  if (reason === '') throw new Refusal('NOT_HELD')
  const now = deps.clock.now()
  const letGo = db
    .updateTable('order_hold')
    .set({ released_at: now, released_by: wish.by, release_reason: reason })
    .where('id', '=', hold.id)
    .where('released_at', 'is', null)
    // A change that was confirmed meanwhile may have moved it: what is written is what was read.
    .where('status_after', '=', hold.status_after)
  const goOn = db
    .updateTable('sales_order')
    .set((eb) => ({ status: statusIn(hold.status_after), updated_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', wish.id)
    .where('status', '=', 'waiting-check')
  try {
    await deps.database.batch([
      { query: letGo.compile(), expect: { changes: 1 } },
      { query: goOn.compile(), expect: { changes: 1 } },
    ])
  } catch (error) {
    if (error instanceof ExpectationFailed) throw new Refusal('NOT_HELD')
    throw error
  }
  return detail(deps, wish.id)
}
