import { sql, type Expression, type Kysely, type Selectable, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { SubscriptionFilter } from '../../../contract/subscription-views'
import { digitsOnly } from '../../../contract/text'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import type {
  SubscriptionItemTable,
  SubscriptionPriceStepTable,
  SubscriptionTable,
  SubscriptionTurnChangeTable,
} from '../../db/subscription-tables.types'
import { addDays } from '../../domain/calendar/tokyo'

export type SubscriptionRow = Selectable<SubscriptionTable>

/** A contract with everything that its plan and its prices follow from. */
export interface Contract {
  readonly row: SubscriptionRow
  readonly items: readonly Selectable<SubscriptionItemTable>[]
  readonly steps: readonly Selectable<SubscriptionPriceStepTable>[]
  readonly changes: readonly Selectable<SubscriptionTurnChangeTable>[]
}

export interface SubscriptionQuery {
  readonly filter: SubscriptionFilter
  readonly sort: 'next' | 'newest'
  readonly cursor: string | null
  readonly limit: number
}

/** Stands behind all dates, where no delivery is planned: the index of the list is built with the same words. */
const NEVER = sql.lit('9999-12-31')
const nextDay = sql<string>`coalesce(subscription.next_deliver_on, ${NEVER})`

/** 停止 as of a date: for good, or while a pause lasts. */
const pausedOn = (today: string) => sql<SqlBool>`(subscription.status = 'paused' or
  (subscription.status = 'active' and subscription.pause_from <= ${today}
    and (subscription.pause_until is null or subscription.pause_until > ${today})))`

function statusCondition(status: SubscriptionFilter['status'], today: string): Expression<SqlBool> {
  const stored = status.filter((one) => one !== 'paused' && one !== 'active')
  const parts = [
    ...(stored.length > 0 ? [sql<SqlBool>`subscription.status in (${sql.join(stored)})`] : []),
    ...(status.includes('paused') ? [pausedOn(today)] : []),
    ...(status.includes('active')
      ? [sql<SqlBool>`(subscription.status = 'active' and not ${pausedOn(today)})`]
      : []),
  ]
  return sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}

function textCondition(typed: string): Expression<SqlBool> {
  const digits = digitsOnly(typed)
  const like = `%${typed.replace(/[\\%_]/g, (sign) => `\\${sign}`).replace(/[\s\u3000]+/gu, '%')}%`
  const byDigits =
    digits === ''
      ? sql``
      : sql`subscription.number = ${Number(digits.slice(0, 15))} or subscription.ship_phone = ${digits}
        or subscription.customer_id in (select c.id from customer c where c.phone = ${digits}) or `
  return sql<SqlBool>`(${byDigits} subscription.ship_name like ${like} escape '\\'
    or subscription.customer_id in (select c.id from customer c
      where c.family_name || c.given_name like ${like} escape '\\'
        or c.family_kana || c.given_kana like ${like} escape '\\'))`
}

function filtered(db: Kysely<Database>, filter: SubscriptionFilter, today: string) {
  let query = db
    .selectFrom('subscription')
    // Contracts of an import that is not visible yet, or not any more.
    .where(sql<SqlBool>`(subscription.import_id is null or subscription.status <> 'pending')`)
  const { status, nextFrom, nextTo, productId, customerId, turnFrom, turnTo, failedTries } = filter
  const typed = filter.text.trim()
  if (typed !== '') query = query.where(textCondition(typed))
  if (status.length > 0) query = query.where(statusCondition(status, today))
  if (nextFrom !== null) query = query.where('subscription.next_deliver_on', '>=', nextFrom)
  if (nextTo !== null) query = query.where('subscription.next_deliver_on', '<', addDays(nextTo, 1))
  if (customerId !== null) query = query.where('subscription.customer_id', '=', customerId)
  if (turnFrom !== null) query = query.where('subscription.next_turn', '>=', turnFrom)
  if (turnTo !== null) query = query.where('subscription.next_turn', '<=', turnTo)
  if (filter.cancelReason !== null)
    query = query.where('subscription.cancel_reason', '=', filter.cancelReason)
  if (productId !== null) {
    query = query.where(
      sql<SqlBool>`subscription.id in (select i.subscription_id from subscription_item i
        where i.product_id = ${productId})`,
    )
  }
  if (failedTries !== null) {
    query = query.where(
      sql<SqlBool>`subscription.id in (select y.subscription_id from subscription_cycle y
        where y.status = 'auth-failed' and y.tries >= ${failedTries})`,
    )
  }
  if (filter.attention) {
    query = query.where(
      sql<SqlBool>`(subscription.id in (select y.subscription_id from subscription_cycle y
        where y.attention is not null)
        or subscription.id in (select n.id from subscription n
          where n.card_id is null and n.payment_method = 'card' and n.status = 'active'))`,
    )
  }
  if (filter.cardExpires) {
    query = query.where(
      sql<SqlBool>`subscription.payment_method = 'card' and exists (select 1 from card k
        where k.id = subscription.card_id and k.expiry_yymm <
          substr(subscription.next_ship_on, 3, 2) || substr(subscription.next_ship_on, 6, 2))`,
    )
  }
  return query
}

const NextCursor = z.tuple([z.string(), z.uuid()])
const NewestCursor = z.tuple([z.number(), z.uuid()])

function sorted(query: ReturnType<typeof filtered>, list: SubscriptionQuery) {
  if (list.sort === 'newest') {
    const after = decodeCursor(list.cursor, NewestCursor)
    return query
      .$if(after !== null, (some) =>
        some.where((eb) =>
          eb(
            eb.refTuple('subscription.created_at', 'subscription.id'),
            '<',
            eb.tuple(after?.[0] ?? 0, after?.[1] ?? ''),
          ),
        ),
      )
      .orderBy('subscription.created_at', 'desc')
      .orderBy('subscription.id', 'desc')
  }
  const after = decodeCursor(list.cursor, NextCursor)
  return query
    .$if(after !== null, (some) =>
      // The first condition finds the place in the index, the second one is exact.
      some
        .where(sql<SqlBool>`${nextDay} >= ${after?.[0] ?? ''}`)
        .where(sql<SqlBool>`(${nextDay} > ${after?.[0] ?? ''} or subscription.id > ${after?.[1] ?? ''})`),
    )
    .orderBy(nextDay)
    .orderBy('subscription.id')
}

const withPeople = (query: ReturnType<typeof filtered>) =>
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

/** A page of contracts, the next delivery or the newest contract first. */
export async function listSubscriptions(db: Kysely<Database>, list: SubscriptionQuery, today: string) {
  const base = filtered(db, list.filter, today)
  const [rows, counted] = await Promise.all([
    withPeople(sorted(base, list))
      .limit(list.limit + 1)
      .execute(),
    db
      .selectFrom(
        base
          .select('subscription.id')
          .limit(COUNT_LIMIT + 1)
          .as('found'),
      )
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  ])
  const page = pageOf(
    rows,
    list.limit,
    (row) => row,
    (row) =>
      list.sort === 'newest' ? [row.created_at, row.id] : [row.next_deliver_on ?? '9999-12-31', row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
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
  const [items, steps, changes] = await Promise.all([
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
  ])
  return { row, items, steps, changes }
}

/** Lines of the history that a screen shows. */
const SHOWN_EVENTS = 200
/** Turns that a screen shows. */
const SHOWN_TURNS = 60

/** What happened to a contract and its turns, the latest first. */
export async function historyOf(db: Kysely<Database>, id: string) {
  const [events, turns] = await Promise.all([
    db
      .selectFrom('subscription_event')
      .leftJoin('staff_user', 'staff_user.id', 'subscription_event.by_person')
      .select(['subscription_event.id', 'at', 'content', 'staff_user.name as person'])
      .where('subscription_id', '=', id)
      .orderBy('at', 'desc')
      .orderBy('subscription_event.id', 'desc')
      .limit(SHOWN_EVENTS)
      .execute(),
    db
      .selectFrom('subscription_cycle')
      .leftJoin('sales_order', 'sales_order.id', 'subscription_cycle.order_id')
      .selectAll('subscription_cycle')
      .select(['sales_order.number as order_number', 'sales_order.total as order_total'])
      .where('subscription_id', '=', id)
      .orderBy('rule_index', 'desc')
      .limit(SHOWN_TURNS)
      .execute(),
  ])
  const checkouts = turns.flatMap(({ checkout_id: checkout }) => (checkout === null ? [] : [checkout]))
  const payments =
    checkouts.length === 0
      ? []
      : await db
          .selectFrom('payment')
          .selectAll()
          .where('checkout_id', 'in', checkouts)
          .orderBy('created_at')
          .orderBy('id')
          .execute()
  return { events, turns, payments }
}

/** Who is named by an id; null: nobody. */
export async function nameOfStaff(db: Kysely<Database>, id: string | null): Promise<string | null> {
  if (id === null) return null
  const row = await db.selectFrom('staff_user').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? null
}
