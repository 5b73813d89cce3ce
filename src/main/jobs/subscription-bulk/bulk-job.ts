import { z } from 'zod'
import type { CheckoutDeps } from '../../checkout/deps'
import type { JobContext, JobEnd, JobRunner } from '../job-kind'
import { applyBulk } from './apply'
import { loadBulk, moveBulk, type BulkRecord, type BulkWork } from './bulk-rows'
import { previewBulk } from './preview'
import { undoBulk } from './undo'

const Input = z.object({ bulkId: z.uuid(), by: z.uuid() })

async function preview(context: JobContext, deps: CheckoutDeps, record: BulkRecord): Promise<JobEnd> {
  const { database } = context
  const end = context.cancelWanted() ? 'cancel' : await previewBulk(context, deps, record)
  if (end === 'closing') return 'done'
  if (end === 'end' && !context.cancelWanted()) {
    await database.batch([moveBulk(database, record.id, 'previewing', { state: 'previewed' })])
    return 'done'
  }
  await database.batch([
    moveBulk(database, record.id, 'previewing', { state: 'cancelled' }),
    {
      query: database.db.deleteFrom('subscription_bulk_row').where('bulk_id', '=', record.id).compile(),
    },
  ])
  return 'cancelled'
}

/** One that is stopped keeps what it has changed so far: it can be put back like a whole one. */
async function apply(context: JobContext, deps: CheckoutDeps, record: BulkWork): Promise<JobEnd> {
  const { database, clock } = context
  const end = context.cancelWanted() ? 'cancel' : await applyBulk(context, deps, record)
  if (end === 'closing') return 'done'
  const rest = database.db
    .updateTable('subscription_bulk_row')
    .set({ state: 'skipped', reason: '途中で中止したため、変更していません。' })
    .where('bulk_id', '=', record.id)
    .where('state', '=', 'ready')
  await database.batch([
    moveBulk(database, record.id, 'applying', { state: 'done', applied_at: clock.now() }),
    { query: rest.compile() },
  ])
  return end === 'cancel' ? 'cancelled' : 'done'
}

/** One that is stopped has put back what it has; the rest stays changed, and the next time goes on with it. */
async function undo(context: JobContext, deps: CheckoutDeps, record: BulkWork): Promise<JobEnd> {
  const { database } = context
  const end = await undoBulk(context, deps, record)
  if (end === 'closing') return 'done'
  const state = end === 'cancel' ? 'done' : 'undone'
  await database.batch([moveBulk(database, record.id, 'undoing', { state })])
  return end === 'cancel' ? 'cancelled' : 'done'
}

/** The work of a 一括変更, from wherever it stands: called again after a crash, it goes on. */
export const subscriptionBulkRunner = (deps: () => CheckoutDeps): JobRunner => ({
  lane: 'write',
  async run(context) {
    const { bulkId, by } = Input.parse(context.input)
    const record = await loadBulk(context.database.db, bulkId)
    switch (record.state) {
      case 'previewing':
        return preview(context, deps(), record)
      case 'applying':
        return apply(context, deps(), { ...record, by })
      case 'undoing':
        return undo(context, deps(), { ...record, by })
      default:
        return record.state === 'cancelled' ? 'cancelled' : 'done'
    }
  },
})
