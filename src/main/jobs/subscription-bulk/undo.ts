import type { CheckoutDeps } from '../../checkout/deps'
import { ExpectationFailed } from '../../db/errors'
import type { Statement } from '../../db/open-database'
import type { JobContext } from '../job-kind'
import { BulkBefore, statesOf, type BulkWork } from './bulk-rows'
import { eachChunk } from './each-chunk'
import { markedStatements, movedStatements, thawedStatements } from './write-rows'

const CONTRACTS = { first: 10, least: 10, most: 200 }

const TOUCHED = 'そのあとに変更か受注があったため、元に戻しませんでした。'

async function readApplied({ database: { db } }: JobContext, bulkId: string, after: string, limit: number) {
  const applied = await db
    .selectFrom('subscription_bulk_row')
    .select(['subscription_id', 'applied_version', 'before'])
    .where('bulk_id', '=', bulkId)
    .where('state', '=', 'applied')
    .where('subscription_id', '>', after)
    .orderBy('subscription_id')
    .limit(limit)
    .execute()
  const last = applied.at(-1)?.subscription_id
  return last === undefined ? null : { last, applied }
}

type Applied = NonNullable<Awaited<ReturnType<typeof readApplied>>>['applied'][number]

/** Puts contracts back, over the very versions that the change had written. */
function putBack(deps: CheckoutDeps, bulk: BulkWork, applied: readonly Applied[]): Statement[] {
  const { database } = deps
  const known = applied.map((row) => ({
    id: row.subscription_id,
    version: row.applied_version ?? 0,
    ...BulkBefore.parse(JSON.parse(row.before ?? '{}')),
    text: '一括変更を取り消し、元の商品と価格に戻しました',
  }))
  const frozen = known.flatMap((one) => one.frozen.map((index) => ({ subscriptionId: one.id, index })))
  return [
    ...movedStatements(deps, bulk, 'bulk-undone', known),
    ...thawedStatements(database, frozen),
    ...markedStatements(
      database,
      { bulkId: bulk.id, from: 'applied' },
      known.map(({ id }) => ({ id, to: { state: 'undone', reason: '' } })),
    ),
  ]
}

/** Puts many contracts back at once; when one was moved since, one by one, and that one stays. */
async function writeBack(
  deps: CheckoutDeps,
  bulk: BulkWork,
  applied: readonly Applied[],
  together: readonly Statement[],
): Promise<void> {
  const { database } = deps
  try {
    await database.batch(together)
  } catch (error) {
    if (!(error instanceof ExpectationFailed)) throw error
    for (const one of applied) {
      await database.batch(putBack(deps, bulk, [one])).catch(async (again: unknown) => {
        if (!(again instanceof ExpectationFailed)) throw again
        const kept = { id: one.subscription_id, to: { state: 'kept' as const, reason: TOUCHED } }
        await database.batch(markedStatements(database, { bulkId: bulk.id, from: 'applied' }, [kept]))
      })
    }
  }
}

/** Puts back all contracts that nobody has changed since, a few at a time; the others stay and are named. */
export async function undoBulk(
  context: JobContext,
  deps: CheckoutDeps,
  bulk: BulkWork,
): Promise<'end' | 'cancel' | 'closing'> {
  const counts = await statesOf(context, bulk.id)
  let done = (counts.get('undone') ?? 0) + (counts.get('kept') ?? 0)
  const total = done + (counts.get('applied') ?? 0)
  return eachChunk(context, CONTRACTS, '', {
    read: (after, limit) => readApplied(context, bulk.id, after, limit),
    plan({ applied }) {
      done += applied.length
      const together = [...putBack(deps, bulk, applied), context.progress(Math.min(done, total), total)]
      return () => writeBack(deps, bulk, applied, together)
    },
  })
}
