import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../../db/database.types'
import { visibleCustomer } from '../../db/visible-customers'
import type { ContractCsvRow } from '../../domain/subscription-csv/contract-row'

type Row = Omit<ContractCsvRow, 'cardToken'> & {
  readonly cardToken?: string
  readonly cardId?: string | null
}
export type CustomerRow = Selectable<Database['customer']>
export type CardRow = Pick<
  Selectable<Database['card']>,
  'id' | 'customer_id' | 'token' | 'last3' | 'brand' | 'expiry_yymm'
>

/** Everything that rows of a file name, read at once for all of them. */
export interface Named {
  readonly byNumber: ReadonlyMap<number, CustomerRow>
  readonly byPhone: ReadonlyMap<string, readonly CustomerRow[]>
  readonly byEmail: ReadonlyMap<string, readonly CustomerRow[]>
  readonly products: ReadonlyMap<string, Selectable<Database['product']>>
  /** Cards on file by customer. */
  readonly cards: ReadonlyMap<string, readonly CardRow[]>
  /** Numbers of the other system that stand here already. */
  readonly taken: ReadonlySet<string>
}

const grouped = <Key, Value>(rows: readonly Value[], key: (row: Value) => Key | null) => {
  const groups = new Map<Key, Value[]>()
  for (const row of rows) {
    const at = key(row)
    if (at === null) continue
    const group = groups.get(at)
    if (group) group.push(row)
    else groups.set(at, [row])
  }
  return groups
}

const some = <T>(values: readonly (T | null)[]): T[] => [
  ...new Set(values.filter((value): value is T => value !== null && value !== '')),
]

async function customersOf(db: Kysely<Database>, rows: readonly Row[]): Promise<CustomerRow[]> {
  const numbers = some(rows.map(({ customerNumber }) => customerNumber))
  const phones = some(rows.map(({ phone }) => phone))
  const emails = some(rows.map(({ email }) => email))
  if (numbers.length + phones.length + emails.length === 0) return []
  return db
    .selectFrom('customer')
    .selectAll()
    .where(visibleCustomer())
    .where((eb) =>
      eb.or([
        ...(numbers.length > 0 ? [eb('number', 'in', numbers)] : []),
        ...(phones.length > 0 ? [eb('phone', 'in', phones)] : []),
        ...(emails.length > 0 ? [eb('email', 'in', emails)] : []),
      ]),
    )
    .execute()
}

async function takenNumbers(db: Kysely<Database>, rows: readonly Row[], importId: string, staged: boolean) {
  const numbers = some(rows.map(({ externalNumber }) => externalNumber))
  if (numbers.length === 0) return new Set<string>()
  const [contracts, waiting] = await Promise.all([
    db
      .selectFrom('subscription')
      .select('external_number')
      .where('external_number', 'in', numbers)
      .where('status', 'not in', ['cancelled', 'finished'])
      .execute(),
    staged
      ? db
          .selectFrom('subscription_import_row')
          .select('external_number')
          .where('import_id', '=', importId)
          .where('external_number', 'in', numbers)
          .execute()
      : [],
  ])
  return new Set(some([...contracts, ...waiting].map(({ external_number: number }) => number)))
}

/** `staged`: numbers of rows that wait to be written count too, as they do while the file is read. */
export async function readNamed(
  db: Kysely<Database>,
  rows: readonly Row[],
  wish: { readonly importId: string; readonly staged: boolean },
): Promise<Named> {
  const codes = some(rows.flatMap(({ items }) => items.map(({ code }) => code)))
  const [customers, products, taken] = await Promise.all([
    customersOf(db, rows),
    codes.length === 0 ? [] : db.selectFrom('product').selectAll().where('code', 'in', codes).execute(),
    takenNumbers(db, rows, wish.importId, wish.staged),
  ])
  const ids = customers.map(({ id }) => id)
  const cards =
    ids.length === 0
      ? []
      : await db
          .selectFrom('card')
          .select(['id', 'customer_id', 'token', 'last3', 'brand', 'expiry_yymm'])
          .where('customer_id', 'in', ids)
          .where('on_file', '=', 1)
          .where('removed_at', 'is', null)
          .execute()
  return {
    byNumber: new Map(customers.map((row) => [row.number, row])),
    byPhone: grouped(customers, ({ phone }) => phone || null),
    byEmail: grouped(customers, ({ email }) => email),
    products: new Map(products.map((row) => [row.code, row])),
    cards: grouped(cards, ({ customer_id: id }) => id),
    taken,
  }
}
