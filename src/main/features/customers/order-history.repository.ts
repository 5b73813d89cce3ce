import type { Kysely, Selectable } from 'kysely'
import type { Database, SalesOrderTable } from '../../db/database.types'

/** First product and number of products of each order. */
export async function itemsOf(
  db: Kysely<Database>,
  orderIds: readonly string[],
): Promise<Map<string, string>> {
  if (orderIds.length === 0) return new Map()
  const lines = await db
    .selectFrom('order_line')
    .select(['order_id', 'name'])
    .where('order_id', 'in', [...orderIds])
    .where('kind', '=', 'product')
    .orderBy('position')
    .execute()
  const names = new Map<string, string[]>()
  for (const line of lines) names.set(line.order_id, [...(names.get(line.order_id) ?? []), line.name])
  return new Map(
    [...names].map(([id, [first = '', ...rest]]) => [
      id,
      rest.length === 0 ? first : `${first} ほか${rest.length}点`,
    ]),
  )
}

/** The newest orders of a customer. */
export async function ordersOfCustomer(
  db: Kysely<Database>,
  customerId: string,
  limit: number,
): Promise<Selectable<SalesOrderTable>[]> {
  return db
    .selectFrom('sales_order')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('ordered_at', 'desc')
    .limit(limit)
    .execute()
}

/** Product lines of an order that can still be sold. */
export async function sellableLines(db: Kysely<Database>, orderId: string) {
  return db
    .selectFrom('order_line')
    .innerJoin('product', 'product.id', 'order_line.product_id')
    .select(['product.id as productId', 'order_line.quantity', 'product.name'])
    .where('order_line.order_id', '=', orderId)
    .where('product.active', '=', 1)
    .orderBy('order_line.position')
    .execute()
}
