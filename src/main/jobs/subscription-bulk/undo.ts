import type { CheckoutDeps } from '../../checkout/deps'
import { subscriptionEvent } from '../../checkout/subscription-event'
import { itemRows } from '../../checkout/subscription-terms'
import { ExpectationFailed } from '../../db/errors'
import type { Statement } from '../../db/open-database'
import type { JobContext } from '../job-kind'
import { Pace } from '../pace'
import { BulkBefore, markRow, ownItemsStatement, statesOf, type BulkWork } from './bulk-rows'

const CONTRACTS = { first: 10, least: 3, most: 60 }

const TOUCHED = 'そのあとに変更か受注があったため、元に戻しませんでした。'

async function nextApplied({ database: { db } }: JobContext, bulkId: string, limit: number) {
  return db
    .selectFrom('subscription_bulk_row')
    .select(['subscription_id', 'applied_version', 'before'])
    .where('bulk_id', '=', bulkId)
    .where('state', '=', 'applied')
    .orderBy('subscription_id')
    .limit(limit)
    .execute()
}

type Applied = Awaited<ReturnType<typeof nextApplied>>[number]

/** Puts one contract back, over the very version that the change had written. */
function putBack(deps: CheckoutDeps, { id: bulkId, by }: BulkWork, applied: Applied): Statement[] {
  const { db } = deps.database
  const { subscription_id: id } = applied
  const version = applied.applied_version ?? 0
  const { sets, frozen, own } = BulkBefore.parse(JSON.parse(applied.before ?? '{}'))
  const now = deps.clock.now()
  const update = db
    .updateTable('subscription')
    .set({ updated_at: now, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
  return [
    { query: update.compile(), expect: { changes: 1 } },
    { query: db.deleteFrom('subscription_item').where('subscription_id', '=', id).compile() },
    { query: db.insertInto('subscription_item').values(itemRows(id, sets)).compile() },
    ...(frozen.length === 0
      ? []
      : [
          {
            query: db
              .deleteFrom('subscription_turn_change')
              .where('subscription_id', '=', id)
              .where('kind', '=', 'items')
              .where('rule_index', 'in', frozen)
              .compile(),
          },
        ]),
    ...own.map(({ index, items }) => ({
      query: ownItemsStatement(db, { subscriptionId: id, index, items }),
      expect: { changes: 1 },
    })),
    subscriptionEvent(deps, {
      subscriptionId: id,
      kind: 'bulk-undone',
      content: { text: '一括変更を取り消し、元の商品と価格に戻しました', bulkId },
      at: now,
      by,
    }),
    markRow(deps.database, { bulkId, subscriptionId: id, from: 'applied' }, { state: 'undone', reason: '' }),
  ]
}

/** Puts back all contracts that nobody has changed since, a few at a time; the others stay and are named. */
export async function undoBulk(
  context: JobContext,
  deps: CheckoutDeps,
  bulk: BulkWork,
): Promise<'end' | 'cancel' | 'closing'> {
  const { database } = context
  const pace = new Pace(CONTRACTS)
  const counts = await statesOf(context, bulk.id)
  let done = (counts.get('undone') ?? 0) + (counts.get('kept') ?? 0)
  const total = done + (counts.get('applied') ?? 0)
  for (;;) {
    if (context.closing.aborted) return 'closing'
    const page = await nextApplied(context, bulk.id, pace.size)
    if (page.length === 0) return 'end'
    if (context.cancelWanted()) return 'cancel'
    const began = performance.now()
    done += page.length
    const progress = context.progress(Math.min(done, total), total)
    try {
      await database.batch([...page.flatMap((one) => putBack(deps, bulk, one)), progress])
    } catch (error) {
      if (!(error instanceof ExpectationFailed)) throw error
      for (const one of page) {
        await database.batch(putBack(deps, bulk, one)).catch(async (again: unknown) => {
          if (!(again instanceof ExpectationFailed)) throw again
          const at = { bulkId: bulk.id, subscriptionId: one.subscription_id, from: 'applied' as const }
          await database.batch([markRow(database, at, { state: 'kept', reason: TOUCHED })])
        })
      }
    }
    pace.took(performance.now() - began)
  }
}
