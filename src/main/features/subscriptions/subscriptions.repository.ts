import type { Kysely, Selectable, SelectQueryBuilder } from 'kysely'
import type { TurnChange } from '../../checkout/subscription-plan'
import type { Database } from '../../db/database.types'
import type {
  SubscriptionItemTable,
  SubscriptionPriceStepTable,
  SubscriptionTable,
} from '../../db/subscription-tables.types'

export type SubscriptionRow = Selectable<SubscriptionTable>

/** A contract with everything that its plan and its prices follow from. */
export interface Contract {
  readonly row: SubscriptionRow
  readonly items: readonly Selectable<SubscriptionItemTable>[]
  readonly steps: readonly Selectable<SubscriptionPriceStepTable>[]
  readonly changes: readonly TurnChange[]
  /** Turns that have their number and were never delivered: 不成立, or passed over with their order. */
  readonly lost: number
}

const withPeople = (query: SelectQueryBuilder<Database, 'subscription', object>) =>
  query
    .innerJoin('customer', 'customer.id', 'subscription.customer_id')
    .leftJoin('card', 'card.id', 'subscription.card_id')
    .selectAll('subscription')
    .select([
      'customer.number as customer_number',
      'customer.family_name',
      'customer.given_name',
      'customer.phone as customer_phone',
      'card.brand as card_brand',
      'card.last3 as card_last3',
      'card.expiry_yymm as card_expiry',
    ])

/** Contracts in the order of these ids; one that is gone meanwhile falls out. */
export async function subscriptionsInOrder(db: Kysely<Database>, ids: readonly string[]) {
  if (ids.length === 0) return []
  const rows = await withPeople(
    db.selectFrom('subscription').where('subscription.id', 'in', [...ids]),
  ).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

export const readSubscription = (db: Kysely<Database>, id: string) =>
  withPeople(db.selectFrom('subscription').where('subscription.id', '=', id)).executeTakeFirst()

export type ListedSubscription = NonNullable<Awaited<ReturnType<typeof readSubscription>>>

/** What contracts deliver, by contract and set. */
export async function goodsOf(db: Kysely<Database>, ids: readonly string[]) {
  if (ids.length === 0) return []
  return db
    .selectFrom('subscription_item')
    .innerJoin('product', 'product.id', 'subscription_item.product_id')
    .selectAll('subscription_item')
    .select(['product.code', 'product.name'])
    .where('subscription_id', 'in', [...ids])
    .orderBy('subscription_id')
    .orderBy('set_no')
    .orderBy('position')
    .execute()
}

/** Turns of these contracts that were declined or that a person has to look at; the latest last. */
export async function troubledTurns(db: Kysely<Database>, ids: readonly string[]) {
  if (ids.length === 0) return []
  return db
    .selectFrom('subscription_cycle')
    .select(['subscription_id', 'status', 'tries', 'attention'])
    .where('subscription_id', 'in', [...ids])
    .where((eb) => eb.or([eb('status', '=', 'auth-failed'), eb('attention', 'is not', null)]))
    .orderBy('rule_index')
    .execute()
}

/** A contract with all that its plan and prices follow from; null: there is none. */
export async function contractOf(db: Kysely<Database>, id: string): Promise<Contract | null> {
  const row = await db.selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const [items, steps, changes, { lost }] = await Promise.all([
    db
      .selectFrom('subscription_item')
      .selectAll()
      .where('subscription_id', '=', id)
      .orderBy('set_no')
      .orderBy('position')
      .execute(),
    db
      .selectFrom('subscription_price_step')
      .selectAll()
      .where('subscription_id', '=', id)
      .orderBy('position')
      .execute(),
    db
      .selectFrom('subscription_turn_change')
      .selectAll()
      .where('subscription_id', '=', id)
      .orderBy('rule_index')
      .execute(),
    db
      .selectFrom('subscription_cycle')
      .select((eb) => eb.fn.countAll<number>().as('lost'))
      .where('subscription_id', '=', id)
      .where('status', 'in', ['failed', 'skipped'])
      .where('turn', 'is not', null)
      .executeTakeFirstOrThrow(),
  ])
  return { row, items, steps, changes, lost: Number(lost) }
}

/** Other contracts that a card pays and that go on. */
export const runningWithCard = (db: Kysely<Database>, cardId: string, not: string) =>
  db
    .selectFrom('subscription')
    .select('id')
    .where('card_id', '=', cardId)
    .where('id', '!=', not)
    .where('status', 'not in', ['cancelled', 'finished'])
    .execute()

/** Who is named by an id; null: nobody. */
export async function nameOfStaff(db: Kysely<Database>, id: string | null): Promise<string | null> {
  if (id === null) return null
  const row = await db.selectFrom('staff_user').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? null
}
