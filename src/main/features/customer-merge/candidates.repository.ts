import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import type { DuplicateSide, PairsBy } from '../../../contract/customer-merge'
import type { CustomerTable, Database } from '../../db/database.types'
import { visibleCustomer } from '../../db/visible-customers'
import { TOO_COMMON } from '../../domain/customers/duplicate-score'

type Db = Kysely<Database>
export type CustomerRow = Selectable<CustomerTable>

/** A customer with all phones, and what the list knows of the orders. */
export interface Person {
  readonly row: CustomerRow
  readonly otherPhones: readonly string[]
  readonly orderCount: number
  readonly lastOrderedAt: number
}

/** Statements take so many values at once. */
const CHUNK = 400

function* chunks<T>(values: readonly T[]): Generator<T[]> {
  for (let from = 0; from < values.length; from += CHUNK) yield values.slice(from, from + CHUNK)
}

/** The visible ones of these customers. */
export async function peopleOf(db: Db, ids: readonly string[]): Promise<Map<string, Person>> {
  const people = new Map<string, Person>()
  for (const some of chunks(ids)) {
    const [rows, phones] = await Promise.all([
      db
        .selectFrom('customer')
        .innerJoin('customer_list as l', 'l.number', 'customer.number')
        .selectAll('customer')
        .select(['l.order_count', 'l.last_ordered_at'])
        .where('customer.id', 'in', some)
        .where(visibleCustomer())
        .execute(),
      db
        .selectFrom('customer_other_phone')
        .select(['customer_id', 'digits'])
        .where('customer_id', 'in', some)
        .orderBy('position')
        .execute(),
    ])
    const byCustomer = new Map<string, string[]>()
    for (const { customer_id: id, digits } of phones) {
      byCustomer.set(id, [...(byCustomer.get(id) ?? []), digits])
    }
    for (const { order_count, last_ordered_at, ...row } of rows) {
      const otherPhones = byCustomer.get(row.id) ?? []
      people.set(row.id, { row, otherPhones, orderCount: order_count, lastOrderedAt: last_ordered_at })
    }
  }
  return people
}

export const sideOf = ({ row, otherPhones, orderCount, lastOrderedAt }: Person): DuplicateSide => ({
  id: row.id,
  number: row.number,
  name: `${row.family_name} ${row.given_name}`.trim(),
  kana: `${row.family_kana} ${row.given_kana}`.trim(),
  phones: [...new Set([row.phone, ...otherPhones])].filter((phone) => phone !== ''),
  email: row.email ?? '',
  postalCode: row.postal_code,
  address: [row.prefecture, row.city, row.address, row.building ?? ''].join(''),
  orderCount,
  lastOrderedAt: lastOrderedAt || null,
  createdAt: row.created_at,
})

/** What pairs are looked up by: the values of an index's columns. */
export type Key = readonly string[]

const MOST = TOO_COMMON + 1

const visible = visibleCustomer('c')
const MEMBERS: Readonly<Record<PairsBy, (key: Key) => RawBuilder<{ id: string }>>> = {
  phone: ([phone]) => sql`select c.id from customer c where c.phone = ${phone} and ${visible}
    union select c.id from customer_other_phone o join customer c on c.id = o.customer_id
      where o.digits = ${phone} and ${visible} limit ${MOST}`,
  email: ([email]) => sql`select c.id from customer c where c.email = ${email} and ${visible} limit ${MOST}`,
  kana: ([postalCode, family, given]) => sql`select c.id from customer c where c.postal_code = ${postalCode}
    and c.family_kana = ${family} and c.given_kana = ${given} and ${visible} limit ${MOST}`,
}

/** Visible customers with this key, through its index; null when they are too many to tell anything. */
export async function membersOf(db: Db, by: PairsBy, key: Key): Promise<string[] | null> {
  const { rows } = await MEMBERS[by](key).execute(db)
  return rows.length > TOO_COMMON ? null : rows.map(({ id }) => id)
}

/** Index entries that are looked through at once. */
const WINDOW = 20_000

interface Walk {
  /** Where entries come from: each is sorted by its index. */
  readonly sources: readonly { readonly table: string; readonly columns: readonly string[] }[]
}

const WALKS: Readonly<Record<PairsBy, Walk>> = {
  phone: {
    sources: [
      { table: 'customer', columns: ['phone'] },
      { table: 'customer_other_phone', columns: ['digits'] },
    ],
  },
  email: { sources: [{ table: 'customer', columns: ['email'] }] },
  kana: { sources: [{ table: 'customer', columns: ['postal_code', 'family_kana', 'given_kana'] }] },
}

const tuple = (columns: readonly string[]) => sql`(${sql.join(columns.map((column) => sql.ref(column)))})`
const values = (key: Key) => sql`(${sql.join(key.map((value) => sql`${value}`))})`

const firstKey = (by: PairsBy): Key => (WALKS[by].sources[0]?.columns ?? []).map(() => '')

const compare = (one: Key, other: Key): number => {
  for (const [at, value] of one.entries()) {
    const against = other[at] ?? ''
    if (value !== against) return value < against ? -1 : 1
  }
  return 0
}

/** The key that stands a window further on in an index; null when the index ends before. */
async function windowEnd(db: Db, source: Walk['sources'][number], after: Key): Promise<Key | null> {
  const names = source.columns.map((column, at) => sql`${sql.ref(column)} as ${sql.ref(`k${at}`)}`)
  const order = source.columns.map((column) => sql.ref(column))
  const { rows } = await sql<Record<string, string>>`select ${sql.join(names)} from ${sql.table(source.table)}
    where ${tuple(source.columns)} > ${values(after)}
    order by ${sql.join(order)} limit 1 offset ${WINDOW}`.execute(db)
  const [row] = rows
  return row ? source.columns.map((_, at) => row[`k${at}`] ?? '') : null
}

export interface Window {
  /** Keys that stand there more than once, in order. */
  readonly keys: readonly Key[]
  /** Where the next window begins; null at the end. */
  readonly end: Key | null
}

/**
 * The next keys that several rows have, within one window of their indexes. Only index entries are read, and never more than
 * a window of them: the thread of the database is free again after a few milliseconds.
 */
export async function repeatedKeys(db: Db, by: PairsBy, after: Key | null): Promise<Window> {
  const from = after ?? firstKey(by)
  const { sources } = WALKS[by]
  const ends = (await Promise.all(sources.map((source) => windowEnd(db, source, from)))).filter(
    (end) => end !== null,
  )
  const end = ends.toSorted(compare)[0] ?? null
  const columns = (sources[0]?.columns ?? []).map((_, at) => `k${at}`)
  const parts = sources.map((source) => {
    const named = source.columns.map((column, at) => sql`${sql.ref(column)} as ${sql.ref(`k${at}`)}`)
    const until = end === null ? sql`` : sql` and ${tuple(source.columns)} <= ${values(end)}`
    return sql`select ${sql.join(named)} from ${sql.table(source.table)}
      where ${tuple(source.columns)} > ${values(from)}${until}`
  })
  const group = sql.join(columns.map((column) => sql.ref(column)))
  const { rows } = await sql<
    Record<string, string>
  >`select ${group} from (${sql.join(parts, sql` union all `)}) e
    group by ${group} having count(*) > 1 order by ${group}`.execute(db)
  return { keys: rows.map((row) => columns.map((column) => row[column] ?? '')), end }
}

/** Pairs among these customers that a person called 別人, as `id id`, the smaller first. */
export async function distinctPairs(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const some of chunks(ids)) {
    const rows = await db
      .selectFrom('customer_distinct')
      .select(['one_id', 'other_id'])
      .where((eb) => eb.or([eb('one_id', 'in', some), eb('other_id', 'in', some)]))
      .execute()
    for (const row of rows) found.add(`${row.one_id} ${row.other_id}`)
  }
  return found
}

export const pairKey = (one: string, other: string): string =>
  one < other ? `${one} ${other}` : `${other} ${one}`
