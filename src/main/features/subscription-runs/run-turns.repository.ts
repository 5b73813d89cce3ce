import { sql, type Expression, type Kysely, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { AttentionFilter, AttentionSort, RunTab } from '../../../contract/subscription-run-views'
import { digitsOnly } from '../../../contract/text'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'

interface PageWish {
  readonly cursor: string | null
  readonly limit: number
}

/** Turns with their contract, customer and order. */
export const turns = (db: Kysely<Database>) =>
  db
    .selectFrom('subscription_cycle')
    .innerJoin('subscription', 'subscription.id', 'subscription_cycle.subscription_id')
    .innerJoin('customer', 'customer.id', 'subscription.customer_id')
    .leftJoin('sales_order', 'sales_order.id', 'subscription_cycle.order_id')
    .selectAll('subscription_cycle')
    .select([
      'subscription.number as contract_number',
      'subscription.status as contract_status',
      'subscription.card_id as contract_card_id',
      'subscription.first_transaction_id',
      'subscription.pause_from',
      'subscription.pause_until',
      'customer.id as customer_id',
      'customer.number as customer_number',
      'customer.family_name',
      'customer.given_name',
      'customer.phone',
      'sales_order.number as order_number',
      'sales_order.total as order_total',
      'sales_order.status as order_status',
    ])

type Turns = ReturnType<typeof turns>
export type TurnRow = Awaited<ReturnType<ReturnType<typeof turns>['execute']>>[number]

export async function findTurn(db: Kysely<Database>, cycleId: string): Promise<TurnRow | null> {
  return (await turns(db).where('subscription_cycle.id', '=', cycleId).executeTakeFirst()) ?? null
}

/** How the turns of each part of a report stand. */
const TABS: Readonly<Record<RunTab, Expression<SqlBool>>> = {
  made: sql<SqlBool>`subscription_cycle.order_id is not null`,
  authorized: sql<SqlBool>`subscription_cycle.status in ('authorized', 'shipped')`,
  declined: sql<SqlBool>`subscription_cycle.status in ('auth-failed', 'failed') and subscription_cycle.last_code is not null`,
  held: sql<SqlBool>`(subscription_cycle.status = 'planned'
    or (subscription_cycle.status in ('auth-failed', 'failed') and subscription_cycle.last_code is null)
    or subscription_cycle.attention = 'off-sale'
    or (select o.status from sales_order o where o.id = subscription_cycle.order_id) = 'waiting-check')`,
  passed: sql<SqlBool>`subscription_cycle.status = 'skipped'`,
}

async function counted(db: Kysely<Database>, runId: string, tab: RunTab) {
  const { count } = await db
    .selectFrom(
      db
        .selectFrom('subscription_cycle')
        .select('subscription_cycle.id')
        .where('subscription_cycle.run_id', '=', runId)
        .where(TABS[tab])
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return shownCount(Number(count))
}

/** How many turns are in each part of a report. */
export async function tabCounts(db: Kysely<Database>, runId: string) {
  const of = (tab: RunTab) => counted(db, runId, tab)
  const [made, authorized, declined, held, passed] = await Promise.all([
    of('made'),
    of('authorized'),
    of('declined'),
    of('held'),
    of('passed'),
  ])
  return { made, authorized, declined, held, passed }
}

const IdCursor = z.tuple([z.string()])

/** Turns of a part of a report, in the order in which they were made. */
export async function turnsOfRun(db: Kysely<Database>, wish: PageWish & { id: string; tab: RunTab }) {
  const after = decodeCursor(wish.cursor, IdCursor)
  const rows = await turns(db)
    .where('subscription_cycle.run_id', '=', wish.id)
    .where(TABS[wish.tab])
    .$if(after !== null, (some) => some.where('subscription_cycle.id', '>', after?.[0] ?? ''))
    .orderBy('subscription_cycle.id')
    .limit(wish.limit + 1)
    .execute()
  const page = pageOf(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.id],
  )
  return { ...page, count: await counted(db, wish.id, wish.tab) }
}

/** 定期番号, phone, or a part of the name or its kana. */
function textCondition(typed: string): Expression<SqlBool> {
  const digits = digitsOnly(typed)
  const like = `%${typed.replace(/[\\%_]/g, (sign) => `\\${sign}`).replace(/[\s\u3000]+/gu, '%')}%`
  const byDigits =
    digits === ''
      ? sql``
      : sql`subscription.number = ${Number(digits.slice(0, 15))} or customer.phone = ${digits} or `
  return sql<SqlBool>`(${byDigits} customer.family_name || customer.given_name like ${like} escape '\\'
    or customer.family_kana || customer.given_kana like ${like} escape '\\')`
}

function wanted(query: Turns, { show, reasons, text }: AttentionFilter) {
  const typed = text.trim()
  const shown =
    show === 'retrying'
      ? query
          .where('subscription_cycle.status', '=', 'auth-failed')
          .where('subscription_cycle.next_retry_on', 'is not', null)
          .where('subscription_cycle.attention', 'is', null)
      : query.where('subscription_cycle.attention', 'is not', null)
  return shown
    .where('subscription_cycle.ship_on', 'is not', null)
    .$if(show === 'open', (q) => q.where('subscription_cycle.called_at', 'is', null))
    .$if(show === 'called', (q) => q.where('subscription_cycle.called_at', 'is not', null))
    .$if(show !== 'retrying' && reasons.length > 0, (q) =>
      q.where('subscription_cycle.attention', 'in', [...reasons]),
    )
    .$if(typed !== '', (q) => q.where(textCondition(typed)))
}

/** As 要対応 opens: what nobody has called about, and the nearest ship date among it; null when there is nothing. */
export async function uncalledTurns(
  db: Kysely<Database>,
): Promise<{ readonly count: number; readonly nextShipOn: string | null }> {
  const row = await db
    .selectFrom('subscription_cycle')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min<string | null>('ship_on').as('next')])
    .where('attention', 'is not', null)
    .where('called_at', 'is', null)
    .where('ship_on', 'is not', null)
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), nextShipOn: row.next }
}

const DateCursor = z.tuple([z.string(), z.string()])
const NumberCursor = z.tuple([z.number(), z.string()])

function sorted(query: Turns, sort: AttentionSort, cursor: string | null) {
  if (sort === 'ship') {
    const after = decodeCursor(cursor, DateCursor)
    return query
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
  }
  const after = decodeCursor(cursor, NumberCursor)
  const column =
    sort === 'amount'
      ? sql<number>`coalesce(subscription_cycle.amount, 0)`
      : sql<number>`subscription_cycle.tries`
  return query
    .$if(after !== null, (q) =>
      q.where(
        sql<SqlBool>`(${column} < ${after?.[0] ?? 0} or (${column} = ${after?.[0] ?? 0}
          and subscription_cycle.id > ${after?.[1] ?? ''}))`,
      ),
    )
    .orderBy(column, 'desc')
    .orderBy('subscription_cycle.id')
}

const keyOf = (row: TurnRow, sort: AttentionSort): string | number =>
  sort === 'ship' ? (row.ship_on ?? '') : sort === 'amount' ? (row.amount ?? 0) : row.tries

/** 要対応, in the order that is asked for. */
export async function attentionTurns(
  db: Kysely<Database>,
  wish: PageWish & { readonly filter: AttentionFilter; readonly sort: AttentionSort },
) {
  const rows = await sorted(wanted(turns(db), wish.filter), wish.sort, wish.cursor)
    .limit(wish.limit + 1)
    .execute()
  const { count } = await db
    .selectFrom(
      wanted(turns(db), wish.filter)
        .clearSelect()
        .select('subscription_cycle.id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    wish.limit,
    (row) => row,
    (row) => [keyOf(row, wish.sort), row.id],
  )
  return { ...page, count: shownCount(Number(count)) }
}
