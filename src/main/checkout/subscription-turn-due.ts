import type { Kysely, Selectable } from 'kysely'
import { PriceStep } from '../../contract/subscription-form'
import type { CardTable, CustomerTable, Database } from '../db/database.types'
import type { SubscriptionTable } from '../db/subscription-tables.types'
import { setsOf, type TurnItem } from './subscription-price'
import type { TurnChange } from './subscription-plan'

export type SubscriptionRow = Selectable<SubscriptionTable>

/** The card that pays a contract, with the first charge of its series. */
export interface ContractCard {
  readonly card: Selectable<CardTable>
  readonly firstTransactionId: string | null
}

/** What a contract delivers, and for how much. */
export interface ContractGoods {
  readonly sets: readonly (readonly TurnItem[])[]
  readonly priceSteps: readonly PriceStep[]
  readonly changes: readonly TurnChange[]
}

/** A contract whose next order is due, with all that its turn is made of. */
export interface DueContract extends ContractGoods {
  readonly row: SubscriptionRow
  /** Null: nobody who is served. */
  readonly customer: Selectable<CustomerTable> | null
  /** Null: no card pays, or none that is on file. */
  readonly card: ContractCard | null
}

/** Where a reading of due contracts goes on. */
export interface DueCursor {
  readonly generateOn: string
  readonly id: string
}

export const dueContracts = (db: Kysely<Database>, date: string) =>
  db.selectFrom('subscription').where('status', '=', 'active').where('next_generate_on', '<=', date)

/** Contracts that are due on a date, the longest waiting first. */
export async function readDue(
  db: Kysely<Database>,
  wish: { readonly date: string; readonly after: DueCursor | null; readonly limit: number },
): Promise<SubscriptionRow[]> {
  const { date, after, limit } = wish
  return dueContracts(db, date)
    .selectAll()
    .$if(after !== null, (some) =>
      some.where((eb) =>
        eb(eb.refTuple('next_generate_on', 'id'), '>', eb.tuple(after?.generateOn ?? '', after?.id ?? '')),
      ),
    )
    .orderBy('next_generate_on')
    .orderBy('id')
    .limit(limit)
    .execute()
}

function grouped<Row extends { readonly subscription_id: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.subscription_id)
    if (group) group.push(row)
    else groups.set(row.subscription_id, [row])
  }
  return groups
}

/** What these contracts deliver, by their ids; a statement a table. */
export async function contractGoods(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<(id: string) => ContractGoods> {
  const [items, steps, changes] = await Promise.all([
    db.selectFrom('subscription_item').selectAll().where('subscription_id', 'in', ids).execute(),
    db
      .selectFrom('subscription_price_step')
      .selectAll()
      .where('subscription_id', 'in', ids)
      .orderBy('position')
      .execute(),
    db.selectFrom('subscription_turn_change').selectAll().where('subscription_id', 'in', ids).execute(),
  ])
  const [itemsOf, stepsOf, changesOf] = [grouped(items), grouped(steps), grouped(changes)]
  return (id) => ({
    sets: setsOf(itemsOf.get(id) ?? []),
    priceSteps: (stepsOf.get(id) ?? []).map((step) =>
      PriceStep.parse({
        fromTurn: step.from_turn,
        toTurn: step.to_turn,
        kind: step.kind,
        value: step.value,
        label: step.label,
      }),
    ),
    changes: changesOf.get(id) ?? [],
  })
}

/** Everything around contracts, a statement a table. */
export async function withParts(
  db: Kysely<Database>,
  rows: readonly SubscriptionRow[],
): Promise<DueContract[]> {
  if (rows.length === 0) return []
  const [goodsOf, customers, cards] = await Promise.all([
    contractGoods(
      db,
      rows.map(({ id }) => id),
    ),
    db
      .selectFrom('customer')
      .selectAll()
      .where('id', 'in', [...new Set(rows.map((row) => row.customer_id))])
      .where('status', '=', 'active')
      .execute(),
    contractCards(db, rows),
  ])
  const customerOf = new Map(customers.map((row) => [row.id, row]))
  return rows.map((row) => ({
    row,
    ...goodsOf(row.id),
    customer: customerOf.get(row.customer_id) ?? null,
    card: cards.get(row.id) ?? null,
  }))
}

type CardOwner = Pick<SubscriptionRow, 'id' | 'card_id' | 'first_transaction_id'>

/** The card of each contract by its id: its own, or the one that took its place on the customer's file. */
export async function contractCards(
  db: Kysely<Database>,
  rows: readonly CardOwner[],
): Promise<ReadonlyMap<string, ContractCard>> {
  const ids = [...new Set(rows.flatMap((row) => (row.card_id === null ? [] : [row.card_id])))]
  const found = new Map<string, ContractCard>()
  if (ids.length === 0) return found
  const cards = await db.selectFrom('card').selectAll().where('id', 'in', ids).execute()
  const cardOf = new Map(cards.map((card) => [card.id, card]))
  for (const row of rows) {
    const card = row.card_id === null ? undefined : cardOf.get(row.card_id)
    if (!card) continue
    if (card.removed_at === null) {
      found.set(row.id, { card, firstTransactionId: row.first_transaction_id })
      continue
    }
    const standing = await replacementOf(db, card.id)
    if (standing) found.set(row.id, standing)
  }
  return found
}

/** Cards that took each other's place, at most: a chain that is longer is none. */
const LONGEST_CHAIN = 20

async function replacementOf(db: Kysely<Database>, removedId: string): Promise<ContractCard | null> {
  let id = removedId
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    const next = await db
      .selectFrom('checkout')
      .innerJoin('payment', 'payment.checkout_id', 'checkout.id')
      .select('payment.card_id')
      .where('checkout.replaces_card_id', '=', id)
      .where('checkout.purpose', '=', 'card-on-file')
      .where('checkout.status', '=', 'completed')
      .where('payment.status', 'in', ['authorized', 'voided'])
      .orderBy('payment.created_at', 'desc')
      .executeTakeFirst()
    if (next?.card_id == null) return null
    const standing = await cardOnFile(db, next.card_id)
    if (standing) return standing
    id = next.card_id
  }
  return null
}

/** A card on a customer's file, with the check by which it came there: the first charge of its series. */
export async function cardOnFile(db: Kysely<Database>, cardId: string): Promise<ContractCard | null> {
  const card = await db
    .selectFrom('card')
    .selectAll()
    .where('id', '=', cardId)
    .where('on_file', '=', 1)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!card) return null
  const first = await db
    .selectFrom('payment')
    .select('service_transaction_id')
    .where('card_id', '=', cardId)
    .where('service_transaction_id', 'is not', null)
    .where('status', '!=', 'failed')
    .orderBy('created_at')
    .executeTakeFirst()
  return { card, firstTransactionId: first?.service_transaction_id ?? null }
}
