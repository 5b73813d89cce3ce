import { sql } from 'kysely'
import { TAG_LIMIT, type CustomerFilter } from '../../../contract/customers'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { visibleCustomer } from '../../db/visible-customers'
import { Refusal } from '../../platform/refusal'
import { searchCustomers } from './customer-list.repository'

/** Tags in use by customers that are to be seen, the commonest first. */
export async function tagsInUse(database: DeskDatabase): Promise<{ tag: string; count: number }[]> {
  const rows = await database.db
    .selectFrom('customer_tag as t')
    .innerJoin('customer', 'customer.id', 't.customer_id')
    .select((eb) => ['t.tag', eb.fn.countAll<number>().as('count')])
    .where(visibleCustomer())
    .groupBy('t.tag')
    .orderBy('count', 'desc')
    .orderBy('t.tag')
    .limit(100)
    .execute()
  return rows.map(({ tag, count }) => ({ tag, count: Number(count) }))
}

type TagTarget = { readonly ids: readonly string[] } | { readonly filter: CustomerFilter }

async function idsOf(database: DeskDatabase, to: TagTarget): Promise<readonly string[]> {
  if ('ids' in to) return to.ids
  const { items, next } = await searchCustomers(database, {
    ...to.filter,
    sort: 'number',
    descending: true,
    cursor: null,
    limit: TAG_LIMIT,
  })
  if (next !== null) throw new Refusal('TOO_MANY')
  return items.map(({ id }) => id)
}

/** Statements take so many ids at once. */
const CHUNK = 500

/** Gives or takes a tag; answers with the customers for whom it made a difference. */
export async function changeTag(
  database: DeskDatabase,
  change: { tag: string; on: boolean; to: TagTarget },
): Promise<{ changed: string[] }> {
  const tag = change.tag.trim()
  const ids = await idsOf(database, change.to)
  const changed: string[] = []
  const statements: Statement[] = []
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK)
    const has = await database.db
      .selectFrom('customer')
      .leftJoin('customer_tag as t', (join) =>
        join.onRef('t.customer_id', '=', 'customer.id').on('t.tag', '=', tag),
      )
      .select(['customer.id', sql<number>`case when t.tag is null then 0 else 1 end`.as('tagged')])
      .where('customer.id', 'in', chunk)
      .where(visibleCustomer())
      .execute()
    const other = has.filter(({ tagged }) => (tagged === 1) !== change.on).map(({ id }) => id)
    if (other.length === 0) continue
    changed.push(...other)
    const query = change.on
      ? database.db
          .insertInto('customer_tag')
          .values(other.map((id) => ({ customer_id: id, tag })))
          .onConflict((conflict) => conflict.doNothing())
      : database.db.deleteFrom('customer_tag').where('tag', '=', tag).where('customer_id', 'in', other)
    statements.push({ query: query.compile() })
  }
  if (statements.length > 0) await database.batch(statements)
  return { changed }
}
