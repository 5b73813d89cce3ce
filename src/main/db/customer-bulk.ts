import type { Selectable } from 'kysely'
import type { CustomerTable } from './customer-tables.types'
import { bulkInsert, type BulkColumn } from './bulk-insert'
import type { DeskDatabase, Statement } from './open-database'

type Column = keyof CustomerTable & string

const text = <Name extends Column>(name: Name) => ({ name, type: 'text' as const })
const number = <Name extends Column>(name: Name) => ({ name, type: 'bigint' as const })

/** The columns of customers that come many at a time, in the order of their values. */
const CUSTOMER_COLUMNS = [
  text('id'),
  number('number'),
  text('family_name'),
  text('given_name'),
  text('family_kana'),
  text('given_kana'),
  text('email'),
  text('phone'),
  text('phone_last4'),
  text('postal_code'),
  text('prefecture'),
  text('city'),
  text('address'),
  text('building'),
  text('note'),
  number('created_at'),
  number('updated_at'),
  number('version'),
  text('kind'),
  text('company'),
  text('sex'),
  text('birthday'),
  number('job_code'),
  text('import_id'),
] as const

/** What of a customer comes many at a time, by column. */
export type BulkCustomer = Pick<Selectable<CustomerTable>, (typeof CUSTOMER_COLUMNS)[number]['name']>

/** The values of a customer in the order of the columns. */
export const bulkValues = (row: BulkCustomer): (string | number | null)[] =>
  CUSTOMER_COLUMNS.map(({ name }) => row[name])

/** Writes new customers and what they are found by; both lists are JSON (`bulkValues`, and number with document). */
export function insertCustomers(
  database: Pick<DeskDatabase, 'kind'>,
  rows: { customers: string; documents: string },
): Statement[] {
  const index: readonly BulkColumn[] =
    database.kind === 'sqlite'
      ? [
          { name: 'rowid', type: 'bigint' },
          { name: 'tokens', type: 'text' },
        ]
      : [
          { name: 'customer_number', type: 'bigint' },
          { name: 'tokens', type: 'tsvector' },
        ]
  return [
    bulkInsert(database, 'customer', CUSTOMER_COLUMNS, rows.customers),
    bulkInsert(database, 'customer_search', index, rows.documents),
  ]
}
