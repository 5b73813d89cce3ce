import type { Kysely } from 'kysely'
import type { CallCandidate, CallMatch } from '../../../contract/calls'
import type { Database } from '../../db/database.types'
import { visibleCustomer } from '../../db/visible-customers'

/** Customers of one number that are looked at: beyond this it is a switchboard's. */
const MANY = 20

interface Found {
  readonly phone: string
  readonly id: string
  readonly name: string
}

const nameOf = (row: { family_name: string; given_name: string }): string =>
  `${row.family_name} ${row.given_name}`.trim()

const known = (db: Kysely<Database>) => db.selectFrom('customer').where(visibleCustomer())

async function customersWith(db: Kysely<Database>, phones: readonly string[]): Promise<Found[]> {
  const limit = MANY * phones.length
  const [main, other] = await Promise.all([
    known(db)
      .select(['customer.id', 'family_name', 'given_name', 'customer.phone'])
      .where('customer.phone', 'in', [...phones])
      .limit(limit)
      .execute(),
    known(db)
      .innerJoin('customer_other_phone', 'customer_other_phone.customer_id', 'customer.id')
      .select(['customer.id', 'family_name', 'given_name', 'customer_other_phone.digits as phone'])
      .where('customer_other_phone.digits', 'in', [...phones])
      .limit(limit)
      .execute(),
  ])
  return [...main, ...other].map((row) => ({ phone: row.phone, id: row.id, name: nameOf(row) }))
}

/** Whose number each of these is, now. */
export async function matchesOf(
  db: Kysely<Database>,
  phones: readonly string[],
): Promise<Map<string, CallMatch>> {
  const wanted = [...new Set(phones.filter((phone) => phone !== ''))]
  if (wanted.length === 0) return new Map()
  const byPhone = new Map<string, Map<string, string>>()
  for (const { phone, id, name } of await customersWith(db, wanted)) {
    byPhone.set(phone, (byPhone.get(phone) ?? new Map<string, string>()).set(id, name))
  }
  return new Map(
    wanted.map((phone): [string, CallMatch] => {
      const people = byPhone.get(phone)
      const [first] = people ?? []
      if (!people || !first) return [phone, { kind: 'unknown' }]
      if (people.size > 1) return [phone, { kind: 'several', count: people.size }]
      return [phone, { kind: 'one', customerId: first[0], name: first[1] }]
    }),
  )
}

/** The customers who have this number, by kana. */
export async function candidatesFor(db: Kysely<Database>, phone: string): Promise<CallCandidate[]> {
  if (phone === '') return []
  const ids = [...new Set((await customersWith(db, [phone])).map(({ id }) => id))].slice(0, MANY)
  if (ids.length === 0) return []
  const rows = await known(db)
    .selectAll('customer')
    .where('customer.id', 'in', ids)
    .orderBy('family_kana')
    .orderBy('given_kana')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    name: nameOf(row),
    kana: `${row.family_kana} ${row.given_kana}`.trim(),
    phone: row.phone,
    address: [row.prefecture, row.city, row.address, row.building ?? ''].join(''),
  }))
}

/** All numbers of a customer. */
export async function phonesOf(db: Kysely<Database>, customerId: string): Promise<string[]> {
  const [main, other] = await Promise.all([
    db.selectFrom('customer').select('phone').where('id', '=', customerId).execute(),
    db
      .selectFrom('customer_other_phone')
      .select('digits as phone')
      .where('customer_id', '=', customerId)
      .execute(),
  ])
  return [...new Set([...main, ...other].map(({ phone }) => phone).filter((phone) => phone !== ''))]
}
