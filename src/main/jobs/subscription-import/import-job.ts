import { z } from 'zod'
import type { CheckoutDeps } from '../../checkout/deps'
import { businessDate } from '../../domain/calendar/tokyo'
import type { JobContext, JobEnd, JobRunner } from '../job-kind'
import { checkFile } from './check'
import { dropStaged, loadSubscriptionImport, moveStatement, type SubscriptionImportRow } from './import-rows'
import { hideStatements, keptCount, removeContracts, showStatement } from './remove'
import { writeContracts } from './write'

const Input = z.object({ importId: z.uuid() })

/** Looks at the file; a person decides about what was found. */
async function check(context: JobContext, deps: CheckoutDeps, row: SubscriptionImportRow): Promise<JobEnd> {
  const { database } = context
  const end = context.cancelWanted() ? 'cancel' : await checkFile(context, deps, row)
  if (end === 'closing') return 'done'
  if (end === 'cancel') {
    await database.batch([
      moveStatement(database, row.id, 'checking', { state: 'cancelled' }),
      dropStaged(database, row.id),
    ])
    return 'cancelled'
  }
  await database.batch([moveStatement(database, row.id, 'checking', { state: 'checked' })])
  return 'done'
}

/** Writes the contracts, then shows them all by one switch. One that is given up is taken out again. */
async function write(context: JobContext, deps: CheckoutDeps, row: SubscriptionImportRow): Promise<JobEnd> {
  const { database, clock } = context
  const end = context.cancelWanted() ? 'cancel' : await writeContracts(context, deps, row)
  if (end === 'closing') return 'done'
  if (end === 'cancel') {
    await removeContracts(context, row.id, row.rows_good)
    if (context.closing.aborted) return 'done'
    await database.batch([
      moveStatement(database, row.id, 'writing', { state: 'cancelled', rows_written: 0 }),
      dropStaged(database, row.id),
    ])
    return 'cancelled'
  }
  await database.batch([
    moveStatement(database, row.id, 'writing', { state: 'visible', visible_at: clock.now() }),
    showStatement(database, row.id, businessDate(clock.now())),
  ])
  return 'done'
}

/** Hides what nobody has touched since by one switch, and deletes it behind that. */
async function undo(context: JobContext, row: SubscriptionImportRow): Promise<JobEnd> {
  const { database, clock } = context
  // After a crash the switch finds only what is hidden already, and nothing that was touched.
  const hidden = await database.db
    .selectFrom('subscription')
    .select('id')
    .where('import_id', '=', row.id)
    .where('status', '=', 'pending')
    .limit(1)
    .executeTakeFirst()
  if (!hidden) await database.batch(hideStatements(database, row.id))
  await removeContracts(context, row.id, row.rows_written)
  if (context.closing.aborted) return 'done'
  await database.batch([
    moveStatement(database, row.id, 'undoing', { state: 'undone', undone_at: clock.now() }),
    keptCount(database, row.id),
  ])
  return 'done'
}

/** The work of an import of running 定期, from wherever it stands: called again after a crash, it goes on. */
export const subscriptionImportRunner = (deps: () => CheckoutDeps): JobRunner => ({
  lane: 'write',
  async run(context) {
    const { importId } = Input.parse(context.input)
    const row = await loadSubscriptionImport(context.database.db, importId)
    switch (row.state) {
      case 'checking':
        return check(context, deps(), row)
      case 'writing':
        return write(context, deps(), row)
      case 'undoing':
        return undo(context, row)
      default:
        return row.state === 'cancelled' ? 'cancelled' : 'done'
    }
  },
})
