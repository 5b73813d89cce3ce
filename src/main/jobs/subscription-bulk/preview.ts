import type { CheckoutDeps } from '../../checkout/deps'
import { businessDate } from '../../domain/calendar/tokyo'
import type { JobContext } from '../job-kind'
import { concerned, moveBulk, readConcerned, shownColumns, wishOf, type BulkRecord } from './bulk-rows'
import { groundKeeper, withGoods, type BulkContract } from './contracts'
import { eachChunk } from './each-chunk'
import { planBulk, type Outcome } from './plan-change'
import { foundStatements } from './write-rows'

const CONTRACTS = { first: 20, least: 20, most: 250 }

async function countOf({ database: { db }, clock }: JobContext, record: BulkRecord): Promise<number> {
  const { count } = await concerned(db, wishOf(record), businessDate(clock.now()))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function countDone({ database: { db } }: JobContext, id: string): Promise<number> {
  const { count } = await db
    .selectFrom('subscription_bulk_row')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('bulk_id', '=', id)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Reckons for every contract what would change, and keeps it to be looked at. */
export async function previewBulk(
  context: JobContext,
  deps: CheckoutDeps,
  record: BulkRecord,
): Promise<'end' | 'cancel' | 'closing'> {
  const { database } = context
  const wish = wishOf(record)
  const groundOf = groundKeeper(deps, wish)
  const [total, known] = await Promise.all([countOf(context, record), countDone(context, record.id)])
  let done = known
  return eachChunk(context, CONTRACTS, record.place, {
    async read(after, limit) {
      const page = { today: businessDate(context.clock.now()), after, limit }
      const rows = await readConcerned(database.db, wish, page)
      const last = rows.at(-1)?.id
      if (last === undefined) return null
      const contracts = await withGoods(database.db, rows)
      return { last, contracts, ground: await groundOf(contracts) }
    },
    plan({ last, contracts, ground }) {
      const found = contracts.map((due) => foundOf(due, planBulk(ground, due, wish)))
      done += found.length
      const statements = [
        moveBulk(database, record.id, 'previewing', { place: last }),
        ...foundStatements(database, record.id, found),
        context.progress(done, Math.max(total, done)),
      ]
      return async () => void (await database.batch(statements))
    },
  })
}

const foundOf = ({ row }: BulkContract, outcome: Outcome) => ({
  subscription_id: row.id,
  subscription_number: row.number,
  state: 'ready' in outcome ? ('ready' as const) : ('blocked' as const),
  reason: 'ready' in outcome ? '' : outcome.blocked,
  seen_version: row.version,
  ...shownColumns('ready' in outcome ? outcome.ready : outcome),
})
