import type { Selectable } from 'kysely'
import type { CustomerFields } from '../../contract/customers'
import { customerKeyStatements } from './blacklist-keys'
import { indexCustomer } from './customer-search'
import type { CustomerTable } from './database.types'
import type { DeskDatabase, Statement } from './open-database'
import { prepared } from './prepared'

type CustomerRow = Selectable<CustomerTable>

const columnsOf = (fields: CustomerFields) => ({
  family_name: fields.familyName,
  given_name: fields.givenName,
  family_kana: fields.familyKana,
  given_kana: fields.givenKana,
  email: fields.email || null,
  phone: fields.phone,
  phone_last4: fields.phone.slice(-4),
  postal_code: fields.postalCode,
  prefecture: fields.prefecture,
  city: fields.city,
  address: fields.address,
  building: fields.building || null,
})

/** Statements that add a customer (normalised fields) and make them findable. */
export function customerInsert(
  database: DeskDatabase,
  customer: { id: string; number: number; fields: CustomerFields; now: number },
): Statement[] {
  const { id, number, fields, now } = customer
  const row = { id, number, ...columnsOf(fields), note: null, created_at: now, updated_at: now, version: 1 }
  return [
    { query: database.db.insertInto('customer').values(row).compile() },
    ...indexCustomer(database, { number, ...fields }),
  ]
}

const otherPhones = prepared<'customerId', { digits: string }>((db, slot) =>
  db
    .selectFrom('customer_other_phone')
    .select('digits')
    .where('customer_id', '=', slot('customerId'))
    .orderBy('position'),
)

/** The further phones of a customer, digits only. */
export async function otherPhonesOf(database: DeskDatabase, customerId: string): Promise<string[]> {
  const { rows } = await database.db.executeQuery(otherPhones(database.db, { customerId }))
  return rows.map(({ digits }) => digits)
}

/** Statements that change a customer over the version that was seen; a stale one fails the batch. */
export function customerUpdate(
  database: DeskDatabase,
  change: {
    row: CustomerRow
    fields: CustomerFields
    note: string
    now: number
    /** Further phones, which stay as they are and stay findable. */
    otherPhones: readonly string[]
  },
): Statement[] {
  const { row, fields, note, now, otherPhones } = change
  const update = database.db
    .updateTable('customer')
    .set({ ...columnsOf(fields), note: note || null, updated_at: now, version: row.version + 1 })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
  return [
    { query: update.compile(), expect: { changes: 1 } },
    ...indexCustomer(database, { number: row.number, ...fields, otherPhones }),
    ...customerKeyStatements(database, row, fields, otherPhones),
  ]
}
