import type { Selectable } from 'kysely'
import type { CustomerDb } from '../../db/customer-search'
import type { CustomerTable } from '../../db/database.types'

export type CustomerRow = Selectable<CustomerTable>

export async function findCustomer(db: CustomerDb, id: string): Promise<CustomerRow | null> {
  return (await db.selectFrom('customer').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Cards on file of a customer, newest first. */
export async function cardsOf(db: CustomerDb, customerId: string) {
  return db
    .selectFrom('card')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('on_file', '=', 1)
    .where('removed_at', 'is', null)
    .orderBy('created_at', 'desc')
    .execute()
}
