import type { Kysely } from 'kysely'
import { indexCustomer } from '../../db/customer-search'
import type { CustomerOtherPhoneTable } from '../../db/customer-tables.types'
import type { Database } from '../../db/database.types'
import type { DeskDatabase, Statement } from '../../db/open-database'
import type { CustomerRow } from './candidates.repository'
import { phonesOfCustomer, tagsOfCustomer } from './merge.repository'

type Db = Kysely<Database>

export interface Copies {
  /** All further phones of the kept customer from now on. */
  readonly phones: readonly CustomerOtherPhoneTable[]
  /** Digits of those that the merge brought. */
  readonly broughtPhones: readonly string[]
  readonly broughtTags: readonly string[]
}

const phoneRow = (customerId: string, position: number, digits: string, label = '') => ({
  customer_id: customerId,
  position,
  digits,
  last4: digits.slice(-4),
  typed: digits,
  label,
})

/** The phones and tags that the kept customer has not yet; the other keeps their own rows, out of sight. */
export async function copiesOf(
  db: Db,
  { kept, merged, columns }: { kept: CustomerRow; merged: CustomerRow; columns: Partial<CustomerRow> },
): Promise<Copies> {
  const [own, others, ownTags, tags] = await Promise.all([
    phonesOfCustomer(db, kept.id),
    phonesOfCustomer(db, merged.id),
    tagsOfCustomer(db, kept.id),
    tagsOfCustomer(db, merged.id),
  ])
  const main = columns.phone ?? kept.phone
  const offered = [
    phoneRow(kept.id, 0, kept.phone),
    phoneRow(kept.id, 0, merged.phone),
    ...others.map((row) => ({ ...row, customer_id: kept.id })),
  ]
  const known = new Set([main, '', ...own.map(({ digits }) => digits)])
  const brought: CustomerOtherPhoneTable[] = []
  const first = 1 + Math.max(-1, ...own.map(({ position }) => position))
  for (const row of offered) {
    if (known.has(row.digits)) continue
    known.add(row.digits)
    brought.push({ ...row, position: first + brought.length })
  }
  return {
    phones: [...own, ...brought],
    broughtPhones: brought.map(({ digits }) => digits),
    broughtTags: tags.filter((tag) => !ownTags.includes(tag)),
  }
}

/** Writes the copies and records each, so that it can be taken away again. */
export function copyStatements(db: Db, mergeId: string, keptId: string, copies: Copies): Statement[] {
  const { phones, broughtPhones, broughtTags } = copies
  const brought = phones.filter(({ digits }) => broughtPhones.includes(digits))
  const moves = [
    ...broughtPhones.map((digits) => ({ table_name: 'customer_other_phone', row_id: digits })),
    ...broughtTags.map((tag) => ({ table_name: 'customer_tag', row_id: tag })),
  ].map((move) => ({ ...move, merge_id: mergeId, seen_at: null }))
  const tags = broughtTags.map((tag) => ({ customer_id: keptId, tag }))
  return [
    ...(brought.length > 0 ? [db.insertInto('customer_other_phone').values(brought)] : []),
    // Somebody may have given the tag a moment ago: it is there, which is what matters.
    ...(tags.length > 0
      ? [
          db
            .insertInto('customer_tag')
            .values(tags)
            .onConflict((conflict) => conflict.doNothing()),
        ]
      : []),
    ...(moves.length > 0 ? [db.insertInto('customer_merge_move').values(moves)] : []),
  ].map((query) => ({ query: query.compile() }))
}

/** Makes the kept customer findable by what is known now. */
export function indexKept(
  database: DeskDatabase,
  row: CustomerRow,
  phones: readonly Pick<CustomerOtherPhoneTable, 'digits'>[],
): Statement[] {
  return indexCustomer(database, {
    number: row.number,
    familyName: row.family_name,
    givenName: row.given_name,
    familyKana: row.family_kana,
    givenKana: row.given_kana,
    phone: row.phone,
    otherPhones: phones.map(({ digits }) => digits),
    email: row.email ?? '',
    postalCode: row.postal_code,
    prefecture: row.prefecture,
    city: row.city,
    address: row.address,
    building: row.building ?? '',
  })
}
