import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/database.types'

type Db = Kysely<Database>

/** Contracts behind `after` up to `last`, by their ids. */
export interface IdRange {
  readonly after: string
  readonly last: string
}

export interface ContractRow {
  readonly id: string
  readonly status: Database['subscription']['status']
  readonly rule: string
  readonly anchor: string
  readonly item_mode: Database['subscription']['item_mode']
  readonly last_turn: number | null
  readonly payment_method: Database['subscription']['payment_method']
  readonly ship_postal_code: string
  readonly ship_prefecture: string
  readonly next_index: number
  readonly next_turn: number
  readonly last_shipped_on: string | null
  readonly pause_from: string | null
  readonly pause_until: string | null
  readonly started_on: string
  readonly cancelled_at: number | null
  readonly cancel_reason: string | null
  readonly updated_at: number
  /** Day of the last turn; only of contracts that are finished. */
  readonly last_delivery: string | null
}

/** The next contracts in the order of their ids. */
export async function contractPage(db: Db, after: string, limit: number): Promise<readonly ContractRow[]> {
  const { rows } = await sql<ContractRow>`select s.id, s.status, s.rule, s.anchor, s.item_mode, s.last_turn,
    s.payment_method, s.ship_postal_code, s.ship_prefecture, s.next_index, s.next_turn, s.last_shipped_on,
    s.pause_from, s.pause_until, s.started_on, s.cancelled_at, s.cancel_reason, s.updated_at,
    case when s.status = 'finished' then (select max(c.deliver_on) from subscription_cycle c
      where c.subscription_id = s.id and c.turn is not null) end as last_delivery
    from subscription s where s.id > ${after} order by s.id limit ${limit}`.execute(db)
  return rows
}

/** Items of contracts, set by set. */
export const itemsOf = (db: Db, { after, last }: IdRange) =>
  db
    .selectFrom('subscription_item')
    .select(['subscription_id', 'set_no', 'product_id', 'quantity'])
    .where('subscription_id', '>', after)
    .where('subscription_id', '<=', last)
    .orderBy('subscription_id')
    .orderBy('set_no')
    .orderBy('position')
    .execute()

export const changesOf = (db: Db, { after, last }: IdRange) =>
  db
    .selectFrom('subscription_turn_change')
    .select(['subscription_id', 'rule_index', 'kind', 'move_to', 'items'])
    .where('subscription_id', '>', after)
    .where('subscription_id', '<=', last)
    .execute()

/** Turns that are ordered and leave or arrive on or after a day, with what was ordered. */
export const orderedTurns = (db: Db, { after, last }: IdRange, from: string) =>
  db
    .selectFrom('subscription_cycle as c')
    .leftJoin('order_line as l', (join) =>
      join.onRef('l.order_id', '=', 'c.order_id').on('l.kind', '=', 'product'),
    )
    .select(['c.id', 'c.ship_on', 'c.deliver_on', 'l.product_id', 'l.quantity'])
    .where('c.subscription_id', '>', after)
    .where('c.subscription_id', '<=', last)
    .where('c.status', 'in', ['ordered', 'auth-failed', 'authorized', 'shipped'])
    .where((eb) => eb.or([eb('c.ship_on', '>=', from), eb('c.deliver_on', '>=', from)]))
    .orderBy('c.id')
    .execute()

/** What was captured and refunded by card for contracts, yen. A charge that two turns name is counted once. */
export async function moneyOf(db: Db, { after, last }: IdRange) {
  const { rows } = await sql<{ kind: string; amount: number | string }>`select o.kind, sum(o.amount) as amount
    from payment_operation o join payment p on p.id = o.payment_id
    where o.status = 'succeeded' and o.kind in ('capture', 'refund') and p.checkout_id in (
      select s.checkout_id from subscription s
        where s.id > ${after} and s.id <= ${last} and s.payment_method = 'card' and s.checkout_id is not null
      union
      select c.checkout_id from subscription_cycle c join subscription s on s.id = c.subscription_id
        where c.subscription_id > ${after} and c.subscription_id <= ${last}
          and s.payment_method = 'card' and c.checkout_id is not null)
    group by o.kind`.execute(db)
  const of = (kind: string) => Number(rows.find((row) => row.kind === kind)?.amount ?? 0)
  return { captured: of('capture'), refunded: of('refund') }
}

/** Changes whenever a contract, a turn or a payment does. */
export async function changeMark(db: Db): Promise<{ mark: string; contracts: number }> {
  const { rows } = await sql<Record<string, number | string | null>>`select
    (select count(*) from subscription) as contracts,
    (select sum(version) from subscription) as versions,
    (select max(updated_at) from subscription) as changed,
    (select count(*) from subscription_turn_change) as changes,
    (select max(at) from subscription_turn_change) as asked,
    (select count(*) from subscription_cycle) as turns,
    (select sum(version) from subscription_cycle) as turn_versions,
    (select max(updated_at) from subscription_cycle) as turned,
    (select count(*) from payment) as payments,
    (select sum(version) from payment) as payment_versions`.execute(db)
  const [row = {}] = rows
  return { mark: JSON.stringify(row), contracts: Number(row['contracts'] ?? 0) }
}

/** Names and stock of products. */
export const productsNamed = (db: Db) =>
  db.selectFrom('product').select(['id', 'code', 'name', 'stock']).orderBy('code').execute()
