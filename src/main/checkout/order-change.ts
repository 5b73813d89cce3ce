import type { Selectable } from 'kysely'
import type { CheckoutForm, CheckoutView } from '../../contract/checkout'
import { CHANGEABLE } from '../../contract/orders'
import type { SalesOrderTable } from '../db/database.types'
import { UniqueViolation } from '../db/errors'
import type { Statement } from '../db/open-database'
import { newId } from '../platform/ids'
import { Refusal } from '../platform/refusal'
import type { OrderToMake } from './4-order'
import { contentStatements, orderContent, paidBefore, paymentStatements } from './4-order'
import { EMPTY_FORM, type Actor, type CheckoutDeps } from './deps'
import { stockStatements, type Taken } from './stock'
import { standingHold } from './drafts'
import { fieldsOfCustomer } from './form-check'
import { deliveriesOf, shipmentOf } from './order-deliveries'
import { holdForChange } from './order-hold'
import { planOfPayment } from './plan'
import { FORM_VERSION } from './stored-form'
import { viewOf } from './view'

type OrderRow = Selectable<SalesOrderTable>

/** Opens the change of an order, or the one that is open already. */
export async function openChange(deps: CheckoutDeps, actor: Actor, orderId: string): Promise<CheckoutView> {
  const { db } = deps.database
  const order = await db.selectFrom('sales_order').selectAll().where('id', '=', orderId).executeTakeFirst()
  if (!order) throw new Refusal('NOT_FOUND')
  if (!CHANGEABLE.has(order.status)) throw new Refusal('NOT_CHANGEABLE')
  const open = await openChangeOf(deps, orderId)
  if (open !== null) return viewOf(deps, open)
  const form = await formOf(deps, order)
  const now = deps.clock.now()
  const id = newId()
  try {
    await db
      .insertInto('checkout')
      .values({
        id,
        kind: 'order',
        purpose: 'order-change',
        order_id: orderId,
        status: 'editing',
        form: deps.box.seal(JSON.stringify(form)),
        form_version: FORM_VERSION,
        order_number: null,
        operator_id: actor.userId,
        seat: actor.seat,
        customer_id: order.customer_id,
        amount: order.total,
        authorized_at: null,
        discount_by: order.discount_by,
        created_at: now,
        updated_at: now,
        version: 1,
      })
      .execute()
  } catch (error) {
    // Another seat was faster: its change is the one that is open.
    const other = error instanceof UniqueViolation ? await openChangeOf(deps, orderId) : null
    if (other === null) throw error
    return viewOf(deps, other)
  }
  return viewOf(deps, id)
}

async function openChangeOf(deps: CheckoutDeps, orderId: string): Promise<string | null> {
  const row = await deps.database.db
    .selectFrom('checkout')
    .select('id')
    .where('order_id', '=', orderId)
    .where('status', 'in', ['editing', 'authorizing', 'read-back'])
    .executeTakeFirst()
  return row?.id ?? null
}

/** The order as a form: the same lines, place, day and card. */
async function formOf(deps: CheckoutDeps, order: OrderRow): Promise<CheckoutForm> {
  const { db } = deps.database
  const [customer, lines, hold, deliveries] = await Promise.all([
    db.selectFrom('customer').selectAll().where('id', '=', order.customer_id).executeTakeFirstOrThrow(),
    db.selectFrom('order_line').selectAll().where('order_id', '=', order.id).orderBy('position').execute(),
    standingHold(deps, order.id),
    deliveriesOf(db, order),
  ])
  const own = fieldsOfCustomer(customer)
  const firstPosition = deliveries[0]?.position ?? 1
  return {
    ...EMPTY_FORM,
    customer: { kind: 'existing', customerId: order.customer_id },
    lines: lines.flatMap(({ product_id: productId, quantity, shipment }) =>
      productId === null ? [] : [{ productId, quantity, shipment: shipment - firstPosition }],
    ),
    shipments: deliveries.map((row) => shipmentOf(row, own)),
    channel: order.channel,
    offerCode: order.offer_code ?? '',
    medium: order.medium ?? '',
    payment: { method: order.payment_method, cardId: hold?.card_id ?? null, keepCard: false },
    note: order.note ?? '',
    plan: hold ? planOfPayment(hold) : EMPTY_FORM.plan,
    // Agreed in yen, whatever it was worked out by.
    discount:
      order.discount === 0
        ? null
        : { unit: 'yen', value: order.discount, reason: order.discount_reason ?? '' },
  }
}

/** Which order, and the hold that it gives up for the new one. */
export interface ChangeToMake extends OrderToMake {
  readonly orderId: string
}

/**
 * 確定 of a change, in one transaction: what the order said is kept as a revision, its content is written anew, the
 * new hold belongs to it. The old hold is released afterwards; until then the order has two, never none.
 */
export async function changeOrder(
  deps: CheckoutDeps,
  change: ChangeToMake,
): Promise<{ id: string; number: number }> {
  const { db } = deps.database
  const { orderId, actor } = change
  const order = await db
    .selectFrom('sales_order')
    .selectAll()
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow()
  if (!CHANGEABLE.has(order.status)) throw new Refusal('WRONG_STAGE')
  const now = deps.clock.now()
  const held = await holdForChange(deps, {
    form: change.form,
    orderId,
    status: order.status,
    now,
    after: (status) => statusAfter(status, change.form.method),
  })
  const closing = db
    .updateTable('checkout')
    .set((eb) => ({
      status: 'completed',
      order_number: order.number,
      updated_at: now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', change.row.id)
    .where('version', '=', change.row.version)
    .where('status', '=', 'read-back')
  const writing = db
    .updateTable('sales_order')
    .set((eb) => ({
      ...orderContent(change, now),
      status: held.status,
      updated_at: now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', orderId)
    .where('version', '=', order.version)
    .where('status', 'in', [...CHANGEABLE])
  const statements: Statement[] = [
    { query: closing.compile(), expect: { changes: 1 } },
    { query: writing.compile(), expect: { changes: 1 } },
    await revisionStatement(deps, order, actor, now),
    ...(['order_shipment', 'order_line', 'order_tax', 'order_read_back'] as const).map((table) => ({
      query: db.deleteFrom(table).where('order_id', '=', orderId).compile(),
    })),
    ...contentStatements(deps, change, orderId, now),
    ...stockStatements(deps, change.quote, await takenBy(deps, orderId)),
    ...held.statements,
    ...paymentStatements(deps, change, orderId, order.customer_id, now),
  ]
  deps.onStep?.('order-prepared', change.row.id)
  await deps.database.batch(statements)
  deps.onStep?.('order-stored', change.row.id)
  return { id: orderId, number: order.number }
}

/** What the order has taken from the stock. */
async function takenBy(deps: CheckoutDeps, orderId: string): Promise<Taken[]> {
  const rows = await deps.database.db
    .selectFrom('order_line')
    .innerJoin('product', 'product.id', 'order_line.product_id')
    .select(['product.id as productId', 'order_line.quantity'])
    .where('order_id', '=', orderId)
    .where('product.stock', 'is not', null)
    .execute()
  return rows
}

const statusAfter = (status: OrderRow['status'], method: OrderRow['payment_method']): OrderRow['status'] => {
  if (paidBefore(method)) return status === 'new' ? 'waiting-payment' : status
  return status === 'waiting-payment' ? 'new' : status
}

async function revisionStatement(
  deps: CheckoutDeps,
  order: OrderRow,
  actor: Actor,
  now: number,
): Promise<Statement> {
  const { db } = deps.database
  const [lines, shipments, taxes, readBack] = await Promise.all([
    db.selectFrom('order_line').selectAll().where('order_id', '=', order.id).execute(),
    deliveriesOf(db, order),
    db.selectFrom('order_tax').selectAll().where('order_id', '=', order.id).execute(),
    db.selectFrom('order_read_back').selectAll().where('order_id', '=', order.id).executeTakeFirst(),
  ])
  const query = db.insertInto('order_revision').values({
    order_id: order.id,
    version: order.version,
    content: JSON.stringify({ order, shipments, lines, taxes, readBack: readBack ?? null }),
    replaced_at: now,
    replaced_by: actor.userId,
  })
  return { query: query.compile() }
}
