import { sql, type Expression, type Kysely, type RawBuilder, type Selectable, type SqlBool } from 'kysely'
import { z } from 'zod'
import { BulkWish, type BulkShown } from '../../../contract/subscription-bulk'
import { SubscriptionItem } from '../../../contract/subscription-form'
import type { Database } from '../../db/database.types'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { subscriptionStateIn } from '../../db/subscription-state'
import { addDays } from '../../domain/calendar/tokyo'
import type { JobContext } from '../job-kind'
import { CONTRACT_COLUMNS } from './contracts'

export type BulkRecord = Selectable<Database['subscription_bulk']>

/** One that is worked on, by the person who asked for this work. */
export type BulkWork = BulkRecord & { readonly by: string }

export const wishOf = (record: Pick<BulkRecord, 'wish'>): BulkWish => BulkWish.parse(JSON.parse(record.wish))

/** What a contract was before: its goods, and the dates whose turns were made to keep them. */
export const BulkBefore = z.object({
  sets: z.array(z.array(SubscriptionItem)),
  frozen: z.array(z.int()),
  /** Turns with goods of their own that were changed, too: their goods before, as JSON. */
  own: z.array(z.object({ index: z.int(), items: z.string() })).default([]),
})

export const loadBulk = (db: Kysely<Database>, id: string): Promise<BulkRecord> =>
  db.selectFrom('subscription_bulk').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** The products that a change takes away or prices anew. */
export const changedProducts = ({ change }: BulkWish): string[] =>
  change.kind === 'price' ? change.prices.map(({ productId }) => productId) : [change.productId]

/**
 * A condition that no index is chosen by: pages come in the order of ids, and one that is put together from an index of
 * states would read and sort all that match, for each page anew.
 */
const unsorted = (condition: Expression<SqlBool> | RawBuilder<unknown>) =>
  sql<SqlBool>`case when ${condition} then 1 else 0 end = 1`

/** Contracts that a wish concerns, by the order of their ids; `today` says which of them pause. */
export function concerned(db: Kysely<Database>, wish: BulkWish, today: string) {
  const { filter } = wish
  const ids = sql.join(changedProducts(wish))
  const price =
    filter.currentPrice === null ? sql`` : sql` and coalesce(i.unit_price, p.price) = ${filter.currentPrice}`
  // Whoever has the product in one turn alone; a price is asked of what is delivered for good.
  const own =
    filter.currentPrice !== null
      ? sql``
      : sql` or exists (select 1 from subscription_turn_change c where c.subscription_id = subscription.id
          and c.kind = 'items' and c.rule_index >= subscription.next_index and (${sql.join(
            changedProducts(wish).map((id) => sql`c.items like ${`%"${id}"%`}`),
            sql` or `,
          )}))`
  return db
    .selectFrom('subscription')
    .where(unsorted(subscriptionStateIn(filter.states, today)))
    .where(sql<SqlBool>`(exists (select 1 from subscription_item i join product p on p.id = i.product_id
        where i.subscription_id = subscription.id and i.product_id in (${ids})${price})${own})`)
    .$if(filter.turnFrom !== null, (some) => some.where('next_turn', '>=', filter.turnFrom ?? 0))
    .$if(filter.turnTo !== null, (some) => some.where('next_turn', '<=', filter.turnTo ?? 0))
    .$if(filter.nextFrom !== null, (some) => some.where(unsorted(sql`next_deliver_on >= ${filter.nextFrom}`)))
    .$if(filter.nextTo !== null, (some) =>
      some.where(unsorted(sql`next_deliver_on < ${addDays(filter.nextTo ?? '', 1)}`)),
    )
}

export async function readConcerned(
  db: Kysely<Database>,
  wish: BulkWish,
  page: { readonly today: string; readonly after: string; readonly limit: number },
) {
  return concerned(db, wish, page.today)
    .select(CONTRACT_COLUMNS)
    .where('id', '>', page.after)
    .orderBy('id')
    .limit(page.limit)
    .execute()
}

/** What is shown of a contract, and its totals beside it, so that they can be summed up. */
export const shownColumns = ({ shown, ownTurns }: { shown: BulkShown; ownTurns: number }) => ({
  shown: JSON.stringify(shown),
  old_total: shown.oldTotal,
  new_total: shown.newTotal,
  own_turns: ownTurns,
})

/** How many contracts of a 一括変更 are in which state. */
export async function statesOf({ database: { db } }: Pick<JobContext, 'database'>, bulkId: string) {
  const rows = await db
    .selectFrom('subscription_bulk_row')
    .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
    .where('bulk_id', '=', bulkId)
    .groupBy('state')
    .execute()
  return new Map(rows.map(({ state, count }) => [state, Number(count)]))
}

/** Moves a 一括変更 from one state to the next, once. */
export function moveBulk(
  { db }: DeskDatabase,
  id: string,
  from: BulkRecord['state'],
  to: Partial<Pick<BulkRecord, 'state' | 'applied_at' | 'place' | 'job_id'>>,
): Statement {
  const query = db
    .updateTable('subscription_bulk')
    .set((eb) => ({ ...to, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', from)
  return { query: query.compile(), expect: { changes: 1 } }
}
