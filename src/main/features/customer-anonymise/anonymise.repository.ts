import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely'
import type { AnonymiseBlock } from '../../../contract/customer-anonymise'
import type { Database } from '../../db/database.types'
import { visibleCustomer } from '../../db/visible-customers'

type Db = Kysely<Database>

export const inIds = (ids: readonly string[]): RawBuilder<unknown> => sql.join(ids.map((id) => sql`${id}`))

/** A customer and everybody who was merged into them, one after the other. */
export async function withMerged(db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`with recursive family (id) as (
      select id from customer where id = ${id}
      union select c.id from customer c join family f on c.merged_into = f.id)
    select id from family`.execute(db)
  return rows.map((row) => row.id)
}

/** What stands in the way, each as a condition on these customers. */
const BLOCKS: Readonly<Record<AnonymiseBlock, (ids: RawBuilder<unknown>) => RawBuilder<SqlBool>>> = {
  orders: (ids) => sql<SqlBool>`exists (select 1 from sales_order o where o.customer_id in (${ids})
    and o.status not in ('shipped', 'returned', 'cancelled'))`,
  payments: (ids) => sql<SqlBool>`(
    exists (select 1 from sales_order o join payment p on p.order_id = o.id
      where o.customer_id in (${ids}) and p.status in ('unknown', 'authorized'))
    or exists (select 1 from checkout k join payment p on p.checkout_id = k.id
      where k.customer_id in (${ids}) and p.status in ('unknown', 'authorized')))`,
  checkouts: (ids) => sql<SqlBool>`exists (select 1 from checkout k where k.customer_id in (${ids})
    and k.status in ('authorizing', 'read-back'))`,
  subscriptions: (ids) => sql<SqlBool>`exists (select 1 from subscription s where s.customer_id in (${ids})
    and s.status not in ('cancelled', 'finished'))`,
}

const KINDS: readonly AnonymiseBlock[] = ['orders', 'payments', 'checkouts', 'subscriptions']

export const nothingBlocks = (ids: readonly string[]): RawBuilder<SqlBool> =>
  sql<SqlBool>`not (${sql.join(
    KINDS.map((kind) => BLOCKS[kind](inIds(ids))),
    sql` or `,
  )})`

export async function blocksOf(db: Db, ids: readonly string[]): Promise<AnonymiseBlock[]> {
  const columns = KINDS.map(
    (kind, at) => sql`case when ${BLOCKS[kind](inIds(ids))} then 1 else 0 end as ${sql.ref(`b${at}`)}`,
  )
  const { rows } = await sql<Record<string, number>>`select ${sql.join(columns)}`.execute(db)
  return KINDS.filter((_, at) => Number(rows[0]?.[`b${at}`]) === 1)
}

/** Their numbers that no other customer in use has: the calls of these may be emptied. */
export async function ownPhones(db: Db, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ digits: string }>`select p.digits from (
      select phone as digits from customer where id in (${inIds(ids)})
      union select digits from customer_other_phone where customer_id in (${inIds(ids)})) p
    where p.digits <> ''
      and not exists (select 1 from customer c where c.phone = p.digits and c.id not in (${inIds(ids)})
        and ${visibleCustomer('c')})
      and not exists (select 1 from customer_other_phone o join customer c on c.id = o.customer_id
        where o.digits = p.digits and c.id not in (${inIds(ids)}) and ${visibleCustomer('c')})`.execute(db)
  return rows.map(({ digits }) => digits)
}

const COUNTED = {
  phones: 'customer_other_phone',
  addresses: 'customer_address',
  tags: 'customer_tag',
  contacts: 'contact_log',
  callbacks: 'callback',
  notes: 'pinned_note',
  consents: 'consent_event',
  drafts: 'checkout',
  cards: 'card',
} as const

type CountedKind = keyof typeof COUNTED
const isCounted = (kind: string): kind is CountedKind => kind in COUNTED

export async function countPersonal(
  db: Db,
  ids: readonly string[],
): Promise<{ kind: CountedKind; count: number }[]> {
  const counts: { kind: CountedKind; count: number }[] = []
  for (const kind of Object.keys(COUNTED).filter(isCounted)) {
    const more =
      kind === 'drafts' ? sql` and status = 'editing'` : kind === 'cards' ? sql` and on_file = 1` : sql``
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(COUNTED[kind])}
      where customer_id in (${inIds(ids)})${more}`.execute(db)
    const count = Number(rows[0]?.count ?? 0)
    if (count > 0) counts.push({ kind, count })
  }
  return counts
}

export async function countCalls(db: Db, phones: readonly string[]): Promise<number> {
  if (phones.length === 0) return 0
  const row = await db
    .selectFrom('phone_call')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('phone', 'in', [...phones])
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function ordersOf(
  db: Db,
  ids: readonly string[],
): Promise<{ count: number; last: number | null }> {
  const row = await db
    .selectFrom('sales_order')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('ordered_at').as('last')])
    .where('customer_id', 'in', [...ids])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), last: row.last === null ? null : Number(row.last) }
}

export async function openMerges(db: Db, ids: readonly string[], now: number): Promise<number> {
  const row = await db
    .selectFrom('customer_merge')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('kept_id', 'in', [...ids])
    .where('state', '=', 'done')
    .where('undo_until', '>=', now)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
