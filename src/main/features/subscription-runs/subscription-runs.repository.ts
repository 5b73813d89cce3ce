import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'

interface PageWish {
  readonly cursor: string | null
  readonly limit: number
}

const runs = (db: Kysely<Database>) =>
  db
    .selectFrom('subscription_run')
    .leftJoin('staff_user', 'staff_user.id', 'subscription_run.started_by')
    .selectAll('subscription_run')
    .select('staff_user.name as started_by_name')
    .select((eb) =>
      eb
        .selectFrom('subscription_cycle')
        .select((own) => own.fn.countAll<number>().as('count'))
        .whereRef('subscription_cycle.run_id', '=', 'subscription_run.id')
        .where('subscription_cycle.attention', 'is not', null)
        .as('attention'),
    )

export type ListedRun = Awaited<ReturnType<ReturnType<typeof runs>['execute']>>[number]

const RunCursor = z.tuple([z.number(), z.uuid()])

/** Runs, the newest first. */
export async function listRuns(db: Kysely<Database>, wish: PageWish) {
  const after = decodeCursor(wish.cursor, RunCursor)
  const rows = await runs(db)
    .$if(after !== null, (some) =>
      some.where((eb) =>
        eb(
          eb.refTuple('subscription_run.started_at', 'subscription_run.id'),
          '<',
          eb.tuple(after?.[0] ?? 0, after?.[1] ?? ''),
        ),
      ),
    )
    .orderBy('subscription_run.started_at', 'desc')
    .orderBy('subscription_run.id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  const { count } = await db
    .selectFrom(
      db
        .selectFrom('subscription_run')
        .select('id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.started_at, row.id],
  )
  return { ...page, count: shownCount(Number(count)) }
}

export async function findRun(db: Kysely<Database>, id: string): Promise<ListedRun | null> {
  return (await runs(db).where('subscription_run.id', '=', id).executeTakeFirst()) ?? null
}

/** Turns with their contract, customer, order and card. */
export const turns = (db: Kysely<Database>) =>
  db
    .selectFrom('subscription_cycle')
    .innerJoin('subscription', 'subscription.id', 'subscription_cycle.subscription_id')
    .innerJoin('customer', 'customer.id', 'subscription.customer_id')
    .leftJoin('sales_order', 'sales_order.id', 'subscription_cycle.order_id')
    .leftJoin('card', 'card.id', 'subscription.card_id')
    .selectAll('subscription_cycle')
    .select([
      'subscription.number as contract_number',
      'subscription.status as contract_status',
      'customer.id as customer_id',
      'customer.number as customer_number',
      'customer.family_name',
      'customer.given_name',
      'customer.phone',
      'sales_order.number as order_number',
      'sales_order.total as order_total',
      'sales_order.status as order_status',
      'card.id as card_id',
      'card.brand',
      'card.last3',
      'card.expiry_yymm',
      'card.removed_at as card_removed_at',
    ])

export type TurnRow = Awaited<ReturnType<ReturnType<typeof turns>['execute']>>[number]

/** Turns of a run, those first that a person has to look at. */
export const turnsOfRun = (db: Kysely<Database>, runId: string, limit: number): Promise<TurnRow[]> =>
  turns(db)
    .where('subscription_cycle.run_id', '=', runId)
    .where('subscription_cycle.turn', 'is not', null)
    .orderBy((eb) => eb.case().when('subscription_cycle.attention', 'is', null).then(1).else(0).end())
    .orderBy('subscription_cycle.id')
    .limit(limit)
    .execute()

const TurnCursor = z.tuple([z.string(), z.string()])

/** 要対応, the next ship date first. */
export async function attentionTurns(
  db: Kysely<Database>,
  wish: PageWish & { readonly show: 'open' | 'called' | 'all' },
) {
  const after = decodeCursor(wish.cursor, TurnCursor)
  const some = <T extends ReturnType<typeof turns>>(query: T) =>
    query
      .where('subscription_cycle.attention', 'is not', null)
      .$if(wish.show === 'open', (q) => q.where('subscription_cycle.called_at', 'is', null))
      .$if(wish.show === 'called', (q) => q.where('subscription_cycle.called_at', 'is not', null))
  const rows = await some(turns(db))
    .where('subscription_cycle.ship_on', 'is not', null)
    .$if(after !== null, (q) =>
      q.where((eb) =>
        eb(
          eb.refTuple('subscription_cycle.ship_on', 'subscription_cycle.id'),
          '>',
          eb.tuple(after?.[0] ?? '', after?.[1] ?? ''),
        ),
      ),
    )
    .orderBy('subscription_cycle.ship_on')
    .orderBy('subscription_cycle.id')
    .limit(wish.limit + 1)
    .execute()
  const counted = await db
    .selectFrom(
      db
        .selectFrom('subscription_cycle')
        .select('id')
        .where('attention', 'is not', null)
        .$if(wish.show === 'open', (q) => q.where('called_at', 'is', null))
        .$if(wish.show === 'called', (q) => q.where('called_at', 'is not', null))
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.ship_on ?? '', row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

export async function findTurn(db: Kysely<Database>, cycleId: string): Promise<TurnRow | null> {
  return (await turns(db).where('subscription_cycle.id', '=', cycleId).executeTakeFirst()) ?? null
}

const expiring = (db: Kysely<Database>) =>
  db
    .selectFrom('subscription')
    .innerJoin('card', 'card.id', 'subscription.card_id')
    .innerJoin('customer', 'customer.id', 'subscription.customer_id')
    .where('subscription.status', '=', 'active')
    .where('subscription.payment_method', '=', 'card')
    .where('card.removed_at', 'is', null)
    .where('subscription.next_generate_on', 'is not', null)
    // A card is good until the end of its month: it is over when its YYMM lies before that of the day it is charged on.
    .where((eb) =>
      eb(
        'card.expiry_yymm',
        '<',
        eb.fn<string>('concat', [
          eb.fn<string>('substr', ['subscription.next_generate_on', eb.lit(3), eb.lit(2)]),
          eb.fn<string>('substr', ['subscription.next_generate_on', eb.lit(6), eb.lit(2)]),
        ]),
      ),
    )

/** Contracts whose card is over before their next order is made, the nearest first. */
export async function expiringCards(db: Kysely<Database>, wish: PageWish) {
  const after = decodeCursor(wish.cursor, TurnCursor)
  const rows = await expiring(db)
    .select([
      'subscription.id',
      'subscription.number',
      'subscription.next_turn',
      'subscription.next_ship_on',
      'subscription.next_generate_on',
      'customer.id as customer_id',
      'customer.number as customer_number',
      'customer.family_name',
      'customer.given_name',
      'customer.phone',
      'card.id as card_id',
      'card.brand',
      'card.last3',
      'card.expiry_yymm',
    ])
    .$if(after !== null, (q) =>
      q.where((eb) =>
        eb(
          eb.refTuple('subscription.next_generate_on', 'subscription.id'),
          '>',
          eb.tuple(after?.[0] ?? '', after?.[1] ?? ''),
        ),
      ),
    )
    .orderBy('subscription.next_generate_on')
    .orderBy('subscription.id')
    .limit(wish.limit + 1)
    .execute()
  const counted = await db
    .selectFrom(
      expiring(db)
        .select('subscription.id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.next_generate_on ?? '', row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}
