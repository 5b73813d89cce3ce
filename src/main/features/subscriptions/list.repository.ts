import { sql, type Expression, type Kysely, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { SubscriptionFilter } from '../../../contract/subscription-views'
import { digitsOnly } from '../../../contract/text'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import { subscriptionStateIn } from '../../db/subscription-state'
import { addDays } from '../../domain/calendar/tokyo'
import { subscriptionsInOrder } from './subscriptions.repository'

export interface SubscriptionQuery {
  readonly filter: SubscriptionFilter
  readonly sort: 'next' | 'newest'
  readonly cursor: string | null
  readonly limit: number
}

/** Stands behind all dates, where no delivery is planned: the index of the list is built with the same words. */
const NEVER = sql.lit('9999-12-31')
const nextDay = sql<string>`coalesce(subscription.next_deliver_on, ${NEVER})`

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

/** So few contracts are looked up and sorted; more of them are soon met on the way through the list. */
const FEW = 2_000

/** Contracts that deliver a product: by the product when they are few, else asked of each contract of the list. */
async function productCondition(db: Kysely<Database>, productId: string): Promise<Expression<SqlBool>> {
  const some = await db
    .selectFrom('subscription_item')
    .select('subscription_id')
    .where('product_id', '=', productId)
    .limit(FEW + 1)
    .execute()
  const item = sql`from subscription_item i where i.product_id = ${productId}`
  return some.length > FEW
    ? sql<SqlBool>`exists (select 1 ${item} and i.subscription_id = subscription.id)`
    : sql<SqlBool>`subscription.id in (select i.subscription_id ${item})`
}

async function filtered(db: Kysely<Database>, filter: SubscriptionFilter, today: string) {
  let query = db
    .selectFrom('subscription')
    // Contracts of an import that is not visible yet, or not any more.
    .where(sql<SqlBool>`(subscription.import_id is null or subscription.status <> 'pending')`)
  const { status, nextFrom, nextTo, productId, customerId, turnFrom, turnTo, failedTries } = filter
  const typed = filter.text.trim()
  if (typed !== '') query = query.where(textCondition(typed))
  if (status.length > 0) query = query.where(subscriptionStateIn(status, today))
  if (nextFrom !== null) query = query.where(sql<SqlBool>`${nextDay} >= ${nextFrom}`)
  // Whoever names a day wants contracts that have one.
  if (nextFrom !== null || nextTo !== null)
    query = query.where(sql<SqlBool>`${nextDay} < ${nextTo === null ? NEVER : addDays(nextTo, 1)}`)
  if (customerId !== null) query = query.where('subscription.customer_id', '=', customerId)
  if (turnFrom !== null) query = query.where('subscription.next_turn', '>=', turnFrom)
  if (turnTo !== null) query = query.where('subscription.next_turn', '<=', turnTo)
  if (filter.cancelReason !== null)
    query = query.where('subscription.cancel_reason', '=', filter.cancelReason)
  if (productId !== null) query = query.where(await productCondition(db, productId))
  if (failedTries !== null) {
    query = query.where(
      sql<SqlBool>`subscription.id in (select y.subscription_id from subscription_cycle y
        where y.status = 'auth-failed' and y.tries >= ${failedTries})`,
    )
  }
  if (filter.attention) {
    query = query.where(
      sql<SqlBool>`(subscription.id in (select y.subscription_id from subscription_cycle y
        where y.attention is not null and (y.status <> 'failed' or y.called_at is null))
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
  return { query }
}

const NextCursor = z.tuple([z.string(), z.uuid()])
const NewestCursor = z.tuple([z.number(), z.uuid()])

type Filtered = Awaited<ReturnType<typeof filtered>>['query']

function sorted(query: Filtered, list: SubscriptionQuery) {
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

/**
 * A page of contracts, the next delivery or the newest contract first. Found by the indexes alone; only the contracts of
 * the page are read whole.
 */
export async function listSubscriptions(db: Kysely<Database>, list: SubscriptionQuery, today: string) {
  const { query } = await filtered(db, list.filter, today)
  const [found, counted] = await Promise.all([
    sorted(query, list)
      .select('subscription.id')
      .limit(list.limit + 1)
      .execute(),
    db
      .selectFrom(
        query
          .select('subscription.id')
          .limit(COUNT_LIMIT + 1)
          .as('found'),
      )
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  ])
  const rows = await subscriptionsInOrder(
    db,
    found.map(({ id }) => id),
  )
  const page = pageOf(
    rows,
    list.limit,
    (row) => row,
    (row) =>
      list.sort === 'newest' ? [row.created_at, row.id] : [row.next_deliver_on ?? '9999-12-31', row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}
