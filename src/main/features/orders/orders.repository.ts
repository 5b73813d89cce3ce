import type { Kysely, Selectable } from 'kysely'
import { deliveriesOf } from '../../checkout/order-deliveries'
import type { Database, SalesOrderTable } from '../../db/database.types'
import type { DeskDatabase } from '../../db/open-database'
import { pageOf, shownCount } from '../../db/page'
import { findOrders, type OrderQuery, type SearchSizes } from './order-list'

export type OrderRow = Selectable<SalesOrderTable>

/** A page of orders, newest first, with the names of the operators. */
export async function listOrders(database: DeskDatabase, query: OrderQuery, sizes?: SearchSizes) {
  const { ids, count } = await findOrders(database, query, sizes)
  const rows =
    ids.length === 0
      ? []
      : await database.db
          .selectFrom('sales_order')
          .selectAll('sales_order')
          .select((eb) =>
            eb
              .selectFrom('staff_user')
              .select('staff_user.name')
              .whereRef('staff_user.id', '=', 'sales_order.operator_id')
              .as('operator_name'),
          )
          .where('id', 'in', [...ids])
          .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const page = pageOf(
    ids.flatMap((id) => byId.get(id) ?? []),
    query.limit,
    (row) => row,
    (row) => [row.ordered_at, row.id],
  )
  return { ...page, count: shownCount(count) }
}

/** The payment that counts for each order: the newest one. */
export async function paymentStates(
  db: Kysely<Database>,
  orderIds: readonly string[],
): Promise<Map<string, string>> {
  if (orderIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('payment')
    .select(['order_id', 'status'])
    .where('order_id', 'in', [...orderIds])
    .orderBy('created_at')
    .execute()
  return new Map(rows.flatMap((row) => (row.order_id === null ? [] : [[row.order_id, row.status] as const])))
}

/** Everything that hangs on one order. */
export async function orderParts(db: Kysely<Database>, id: string) {
  const order = await db
    .selectFrom('sales_order')
    .innerJoin('staff_user', 'staff_user.id', 'sales_order.operator_id')
    .leftJoin('staff_user as giver', 'giver.id', 'sales_order.discount_by')
    .selectAll('sales_order')
    .select(['staff_user.name as operator_name', 'giver.name as discount_giver'])
    .where('sales_order.id', '=', id)
    .executeTakeFirst()
  if (!order) return null
  const [lines, taxes, payments, readBack, deliveries, holds, turn, slot] = await Promise.all([
    db.selectFrom('order_line').selectAll().where('order_id', '=', id).orderBy('position').execute(),
    db
      .selectFrom('order_tax')
      .selectAll()
      .where('order_id', '=', id)
      .orderBy('rate_percent', 'desc')
      .execute(),
    db.selectFrom('payment').selectAll().where('order_id', '=', id).orderBy('created_at').execute(),
    db
      .selectFrom('order_read_back')
      .innerJoin('staff_user', 'staff_user.id', 'order_read_back.read_by')
      .select(['order_read_back.sentences', 'order_read_back.read_at', 'staff_user.name as reader'])
      .where('order_id', '=', id)
      .executeTakeFirst(),
    deliveriesOf(db, order),
    holdsOf(db, id),
    turnOf(db, id),
    order.slot_code === null
      ? undefined
      : db.selectFrom('delivery_slot').select('label').where('code', '=', order.slot_code).executeTakeFirst(),
  ])
  return { order, lines, taxes, payments, readBack, deliveries, holds, turn, slotLabel: slot?.label ?? null }
}

/** The turn of a 定期 that an order was made for; none of most. */
const turnOf = (db: Kysely<Database>, orderId: string) =>
  db
    .selectFrom('subscription_cycle')
    .innerJoin('subscription', 'subscription.id', 'subscription_cycle.subscription_id')
    .select(['subscription.id', 'subscription.number', 'subscription_cycle.turn'])
    .where('subscription_cycle.order_id', '=', orderId)
    .executeTakeFirst()

/** Why an order was held or marked, and who let it go; the latest first. */
const holdsOf = (db: Kysely<Database>, orderId: string) =>
  db
    .selectFrom('order_hold')
    .leftJoin('staff_user', 'staff_user.id', 'order_hold.released_by')
    .selectAll('order_hold')
    .select('staff_user.name as releaser')
    .where('order_id', '=', orderId)
    .orderBy('held_at', 'desc')
    .orderBy('order_hold.id', 'desc')
    .execute()

/** Which of these orders are held or marked now. */
export async function openHolds(
  db: Kysely<Database>,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, 'held' | 'marked'>> {
  if (orderIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('order_hold')
    .select(['order_id', 'kind'])
    .where('order_id', 'in', [...orderIds])
    .where('released_at', 'is', null)
    .execute()
  return new Map(rows.map(({ order_id: id, kind }) => [id, kind === 'hold' ? 'held' : 'marked'] as const))
}

/** Orders that wait for somebody to let them go. */
export async function waitingOrders(
  db: Kysely<Database>,
): Promise<{ count: number; oldestAt: number | null }> {
  const row = await db
    .selectFrom('order_hold')
    .innerJoin('sales_order', 'sales_order.id', 'order_hold.order_id')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('order_hold.held_at').as('oldest')])
    .where('order_hold.released_at', 'is', null)
    .where('order_hold.kind', '=', 'hold')
    .where('sales_order.status', '=', 'waiting-check')
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), oldestAt: row.oldest === null ? null : Number(row.oldest) }
}
