import { sql, type RawBuilder } from 'kysely'
import type { MatchKey } from '../../../contract/customer-imports'
import type { NormalRow } from '../../domain/customer-csv/normal-row'
import type { Reader } from '../../db/open-reader'
import { visibleCustomer } from '../../db/visible-customers'

/** A customer who is in the database already. */
export interface Known {
  readonly id: string
  readonly number: number
  readonly phone: string
  readonly email: string | null
  readonly version: number
  readonly import_id: string | null
  /** Of this very import: the row stands in the file twice. */
  readonly own: boolean
}

/** Who is known by number, e-mail or phone; `taken` holds every number that is used, also by those nobody sees. */
export interface KnownBy {
  readonly number: ReadonlyMap<number, Known>
  readonly email: ReadonlyMap<string, Known>
  readonly phone: ReadonlyMap<string, Known>
  readonly taken: ReadonlySet<number>
}

const oneOf = (
  reader: Reader,
  values: readonly (string | number)[],
  type: 'text' | 'bigint',
): RawBuilder<boolean> =>
  reader.kind === 'sqlite'
    ? sql`in (select value from json_each(${JSON.stringify(values)}))`
    : sql`= any(${values}::${sql.raw(type)}[])`

const COLUMNS = ['id', 'number', 'phone', 'email', 'version', 'import_id'] as const

/** Looks up whom the rows may already be. Every key has its index. */
export async function lookUp(
  reader: Reader,
  rows: readonly NormalRow[],
  options: { keys: readonly MatchKey[]; importId: string },
): Promise<KnownBy> {
  const { keys, importId } = options
  const seen = sql<boolean>`(${visibleCustomer()} or customer.import_id = ${importId})`
  const own = (row: Omit<Known, 'own'>): Known => ({ ...row, own: row.import_id === importId })
  async function by<Value extends string | number>(column: 'email' | 'phone', values: Value[]) {
    if (!keys.includes(column) || values.length === 0) return []
    const condition = sql<boolean>`${sql.ref(`customer.${column}`)} ${oneOf(reader, values, 'text')} and ${seen}`
    // The oldest customer first: the first one found is the one that is meant.
    return reader.db
      .selectFrom('customer')
      .select(COLUMNS)
      .where(condition)
      .orderBy('number', 'desc')
      .execute()
  }
  const numbers = rows.flatMap(({ number }) => (number === null ? [] : [number]))
  const used = await numbersInUse(reader, numbers, seen)
  const mails = await by(
    'email',
    rows.flatMap(({ email }) => email ?? []),
  )
  const phones = await by(
    'phone',
    rows.flatMap(({ phone }) => (phone === '' ? [] : [phone])),
  )
  return {
    number: new Map(
      used.filter(({ seen: visible }) => visible).map(({ seen: _seen, ...row }) => [row.number, own(row)]),
    ),
    email: new Map(mails.map((row) => [row.email ?? '', own(row)])),
    phone: new Map(phones.map((row) => [row.phone, own(row)])),
    taken: new Set(used.map(({ number }) => number)),
  }
}

async function numbersInUse(reader: Reader, numbers: readonly number[], seen: RawBuilder<boolean>) {
  if (numbers.length === 0) return []
  const rows = await reader.db
    .selectFrom('customer')
    .select([...COLUMNS, sql<number>`case when ${seen} then 1 else 0 end`.as('seen')])
    .where(sql<boolean>`customer.number ${oneOf(reader, numbers, 'bigint')}`)
    .execute()
  return rows.map((row) => ({ ...row, seen: Number(row.seen) === 1 }))
}

/** Which of these numbers are in use. */
export async function takenOf(reader: Reader, numbers: readonly number[]): Promise<ReadonlySet<number>> {
  const used = await numbersInUse(reader, numbers, sql<boolean>`1 = 1`)
  return new Set(used.map(({ number }) => number))
}
