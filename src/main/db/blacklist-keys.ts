import type { Selectable } from 'kysely'
import type { CustomerFields } from '../../contract/customers'
import { keysOf, type PersonData } from '../domain/blacklist/keys'
import type { CustomerTable } from './customer-tables.types'
import type { DeskDatabase, Statement } from './open-database'

export const personOfFields = (fields: CustomerFields, otherPhones: readonly string[]): PersonData => ({
  name: `${fields.familyName}${fields.givenName}`,
  kana: `${fields.familyKana}${fields.givenKana}`,
  phones: [fields.phone, ...otherPhones],
  email: fields.email,
  postalCode: fields.postalCode,
  address: `${fields.prefecture}${fields.city}${fields.address}`,
})

/** Writes the keys of an entry or a marked customer anew. */
export function keyStatements(
  { db }: Pick<DeskDatabase, 'db'>,
  source: { readonly kind: 'entry' | 'customer'; readonly id: string },
  person: PersonData | null,
): Statement[] {
  const rows = (person === null ? [] : keysOf(person)).map(({ key, field }) => ({
    key,
    field,
    source: source.id,
    entry_id: source.kind === 'entry' ? source.id : null,
    customer_id: source.kind === 'customer' ? source.id : null,
  }))
  return [
    { query: db.deleteFrom('blacklist_key').where('source', '=', source.id).compile() },
    ...(rows.length === 0 ? [] : [{ query: db.insertInto('blacklist_key').values(rows).compile() }]),
  ]
}

/** What a changed customer is looked up by when it is marked; a customer who is not marked has no keys. */
export const customerKeyStatements = (
  database: Pick<DeskDatabase, 'db'>,
  row: Pick<Selectable<CustomerTable>, 'id' | 'blacklist'>,
  fields: CustomerFields,
  otherPhones: readonly string[],
): Statement[] =>
  row.blacklist === 'none'
    ? []
    : keyStatements(database, { kind: 'customer', id: row.id }, personOfFields(fields, otherPhones))
