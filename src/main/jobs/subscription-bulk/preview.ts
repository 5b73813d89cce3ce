import type { CheckoutDeps } from '../../checkout/deps'
import { withParts } from '../../checkout/subscription-turn-due'
import { businessDate } from '../../domain/calendar/tokyo'
import type { JobContext } from '../job-kind'
import { Pace } from '../pace'
import {
  concerned,
  groundOf,
  moveBulk,
  readConcerned,
  shownColumns,
  wishOf,
  type BulkRecord,
} from './bulk-rows'
import { planBulk } from './plan-change'

const CONTRACTS = { first: 20, least: 5, most: 100 }

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
  const pace = new Pace(CONTRACTS)
  const [total, known] = await Promise.all([countOf(context, record), countDone(context, record.id)])
  let [place, done] = [record.place, known]
  for (;;) {
    if (context.closing.aborted) return 'closing'
    if (context.cancelWanted()) return 'cancel'
    const page = { today: businessDate(context.clock.now()), after: place, limit: pace.size }
    const rows = await readConcerned(database.db, wish, page)
    const last = rows.at(-1)
    if (!last) return 'end'
    const began = performance.now()
    const contracts = await withParts(database.db, rows)
    const ground = await groundOf(deps, contracts, wish)
    const found = contracts.map((due) => {
      const outcome = planBulk(ground, due, wish)
      return {
        bulk_id: record.id,
        subscription_id: due.row.id,
        subscription_number: due.row.number,
        state: 'ready' in outcome ? ('ready' as const) : ('blocked' as const),
        reason: 'ready' in outcome ? '' : outcome.blocked,
        seen_version: due.row.version,
        applied_version: null,
        before: null,
        ...shownColumns('ready' in outcome ? outcome.ready : outcome),
      }
    })
    done += found.length
    await database.batch([
      moveBulk(database, record.id, 'previewing', { place: last.id }),
      { query: database.db.insertInto('subscription_bulk_row').values(found).compile() },
      context.progress(done, Math.max(total, done)),
    ])
    place = last.id
    pace.took(performance.now() - began)
  }
}
