import { sql, type CompiledQuery } from 'kysely'
import { isForeignKeyViolation } from '../../db/errors'
import type { DeskDatabase, Statement } from '../../db/open-database'
import type { JobContext } from '../job-kind'
import { Pace } from '../pace'
import { loadImport, moveImport } from './import-rows'

const ROWS = { first: 40, least: 5, most: 300 }

interface Listed {
  readonly id: string
  readonly number: number
  readonly reason: 'order' | 'card' | 'edited' | null
}

/** The next customers of an import behind an id, each with what has been done with them since. */
async function nextOf(
  { db }: DeskDatabase,
  importId: string,
  page: { after: string; limit: number },
): Promise<Listed[]> {
  const rows = await db
    .selectFrom('customer')
    .select([
      'id',
      'number',
      sql<number>`case
        when exists (select 1 from sales_order where sales_order.customer_id = customer.id) then 3
        when exists (select 1 from card where card.customer_id = customer.id) then 2
        when customer.version > 1 or customer.status <> 'active'
          or exists (select 1 from customer_other_phone p where p.customer_id = customer.id)
          or exists (select 1 from customer_address a where a.customer_id = customer.id)
          or exists (select 1 from customer_tag t where t.customer_id = customer.id) then 1
        else 0 end`.as('touched'),
    ])
    // In the order of the ids, which is that of their making: the index of imports would have to be sorted for each page.
    .where(sql<boolean>`customer.import_id || '' = ${importId}`)
    .where('id', '>', page.after)
    .orderBy('id')
    .limit(page.limit)
    .execute()
  const reasons = [null, 'edited', 'card', 'order'] as const
  return rows.map(({ id, number, touched }) => ({ id, number, reason: reasons[Number(touched)] ?? null }))
}

/** A customer who stays: no longer of the import, and named in its report. */
function keep(
  { db }: DeskDatabase,
  importId: string,
  customer: { id: string; number: number; reason: 'order' | 'card' | 'edited' },
): Statement[] {
  const { id, number, reason } = customer
  const row = { import_id: importId, customer_id: id, customer_number: number, reason }
  return [
    {
      query: db
        .insertInto('customer_import_kept')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .compile(),
    },
    { query: db.updateTable('customer').set({ import_id: null }).where('id', '=', id).compile() },
  ]
}

const inList = (ids: readonly (string | number)[]) => sql.join(ids.map((id) => sql`${id}`))

function remove(database: DeskDatabase, customers: readonly Listed[]): Statement[] {
  const { db } = database
  const numbers = inList(customers.map(({ number }) => number))
  const index: CompiledQuery =
    database.kind === 'sqlite'
      ? sql`delete from customer_search where rowid in (${numbers})`.compile(db)
      : sql`delete from customer_search where customer_number in (${numbers})`.compile(db)
  const ids = inList(customers.map(({ id }) => id))
  return [{ query: index }, { query: sql`delete from customer where id in (${ids})`.compile(db) }]
}

const sized = (database: DeskDatabase, importId: string): Statement => ({
  query: sql`update customer_import set rows_kept =
    (select count(*) from customer_import_kept k where k.import_id = ${importId}) where id = ${importId}`.compile(
    database.db,
  ),
})

/** Ids are in the order of time (UUID version 7): those of an import's customers come behind its own. */
const firstOf = (importId: string): string => importId.slice(0, 13)

async function someAreLeft({ db }: DeskDatabase, importId: string): Promise<boolean> {
  const row = await db
    .selectFrom('customer')
    .select('id')
    .where('import_id', '=', importId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Lets go of the customers with whom something has been done since; they will stay. Before the switch. */
export async function keepTouched(context: JobContext, importId: string): Promise<void> {
  const { database, closing } = context
  const pace = new Pace(ROWS)
  for (let after = firstOf(importId); !closing.aborted;) {
    const from = performance.now()
    const page = await nextOf(database, importId, { after, limit: pace.size })
    pace.took(performance.now() - from)
    const last = page.at(-1)
    if (!last) return
    const kept = page.flatMap(({ reason, ...row }) =>
      reason === null ? [] : keep(database, importId, { ...row, reason }),
    )
    if (kept.length > 0) await database.batch(kept)
    after = last.id
  }
}

/** Deletes the hidden customers of an import, a few at a time; whoever has been touched after all stays. */
export async function removeImport(context: JobContext, importId: string): Promise<void> {
  const { database, closing, clock } = context
  const pace = new Pace(ROWS)
  const { rows_added: total, state } = await loadImport(database.db, importId)
  let gone = 0
  for (let after = firstOf(importId); !closing.aborted;) {
    const page = await nextOf(database, importId, { after, limit: pace.size })
    const last = page.at(-1)
    if (last) {
      const from = performance.now()
      await removePage(context, importId, page, context.progress((gone += page.length), total))
      pace.took(performance.now() - from)
      after = last.id
      // A clock that was set back has given some of them older ids.
    } else if (await someAreLeft(database, importId)) after = ''
    else break
  }
  if (closing.aborted) return
  await database.batch([sized(database, importId)])
  const undone = state === 'undoing'
  await moveImport(database.db, importId, state, {
    state: undone ? 'undone' : 'cancelled',
    hidden: 0,
    ...(undone ? { undone_at: clock.now() } : {}),
  })
}

async function removePage(
  { database }: JobContext,
  importId: string,
  page: readonly Listed[],
  progress: Statement,
): Promise<void> {
  const untouched = page.filter(({ reason }) => reason === null)
  const kept = page.flatMap(({ reason, ...row }) =>
    reason === null ? [] : keep(database, importId, { ...row, reason }),
  )
  try {
    await database.batch([...kept, ...(untouched.length > 0 ? remove(database, untouched) : []), progress])
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error
    // Something else of the desk speaks of one of them: one by one, and that one stays.
    for (const customer of untouched) await removeOne(database, importId, customer)
  }
}

async function removeOne(database: DeskDatabase, importId: string, customer: Listed): Promise<void> {
  try {
    await database.batch(remove(database, [customer]))
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error
    await database.batch(keep(database, importId, { ...customer, reason: 'edited' }))
  }
}
