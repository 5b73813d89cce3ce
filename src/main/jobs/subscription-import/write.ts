import type { CheckoutDeps } from '../../checkout/deps'
import { takeSubscriptionNumbers } from '../../checkout/numbers'
import { subscriptionEvent } from '../../checkout/subscription-event'
import { itemRows, stepRows } from '../../checkout/subscription-terms'
import type { Statement } from '../../db/open-database'
import { newId } from '../../platform/ids'
import type { JobContext } from '../job-kind'
import { Pace } from '../pace'
import { stepStatement, type SubscriptionImportRow } from './import-rows'
import { readNamed } from './look-up'
import { groundOfImport, resolveRow, type ResolvedContract, type ResolveGround } from './resolve'
import { stagedOf, type StagedRow } from './staged'

const ROWS = { first: 20, least: 5, most: 100 }

interface Waiting {
  readonly line: number
  readonly row: StagedRow
  readonly shown: string
}

async function nextWaiting({ database: { db } }: JobContext, importId: string, limit: number) {
  const rows = await db
    .selectFrom('subscription_import_row')
    .select(['line', 'content', 'shown'])
    .where('import_id', '=', importId)
    .orderBy('line')
    .limit(limit)
    .execute()
  return rows.map(({ line, content, shown }): Waiting => ({ line, row: stagedOf(content), shown }))
}

const historyWords = ({ externalNumber, turnsDone }: StagedRow): string => {
  const from = externalNumber === null ? '' : `、移行元の定期番号 ${externalNumber}`
  return `ほかのシステムから取り込みました(お届け済み${turnsDone}回${from})`
}

/** The rows of one contract. It is 申込中 until the switch: no list shows it, no run takes it. */
function contractStatements(
  deps: CheckoutDeps,
  row: SubscriptionImportRow,
  made: { readonly number: number; readonly from: StagedRow; readonly contract: ResolvedContract },
): Statement[] {
  const { db } = deps.database
  const now = deps.clock.now()
  const { columns, sets, change } = made.contract
  const id = newId()
  const steps = stepRows(id, made.from.priceSteps)
  const values = {
    ...columns,
    id,
    number: made.number,
    status: 'pending' as const,
    shop_id: row.shop_id,
    operator_id: row.started_by,
    import_id: row.id,
    // The consent was given to the shop before: the file brings it along, and says nothing of how.
    consent: JSON.stringify({ given: true, at: now, by: row.started_by, imported: true }),
    created_at: now,
    updated_at: now,
  }
  return [
    { query: db.insertInto('subscription').values(values).compile() },
    {
      query: db.insertInto('subscription_item').values(itemRows(id, sets)).compile(),
    },
    ...(steps.length === 0
      ? []
      : [{ query: db.insertInto('subscription_price_step').values(steps).compile() }]),
    ...(change === null
      ? []
      : [
          {
            query: db
              .insertInto('subscription_turn_change')
              .values({ ...change, subscription_id: id, by_person: row.started_by, at: now })
              .compile(),
          },
        ]),
    subscriptionEvent(deps, {
      subscriptionId: id,
      kind: 'imported',
      content: { text: historyWords(made.from), importId: row.id },
      at: now,
      by: row.started_by,
    }),
  ]
}

/** What has become impossible since the check is told like the rows that never could be taken. */
async function chunkOf(ground: ResolveGround, row: SubscriptionImportRow, waiting: readonly Waiting[]) {
  const { database } = ground.deps
  const named = await readNamed(
    database.db,
    waiting.map((one) => one.row),
    { importId: row.id, staged: false },
  )
  const found = await Promise.all(
    waiting.map(async (one) => ({ ...one, outcome: await resolveRow(ground, named, one.row) })),
  )
  let number = await takeSubscriptionNumbers(database.db, found.length)
  const statements = found.flatMap(({ line, row: from, shown, outcome }) =>
    'contract' in outcome
      ? contractStatements(ground.deps, row, { number: number++, from, contract: outcome.contract })
      : [
          {
            query: database.db
              .insertInto('subscription_import_fault')
              .values({ import_id: row.id, line, reason: outcome.reasons.join(' '), raw: shown })
              .compile(),
          },
        ],
  )
  const written = found.filter(({ outcome }) => 'contract' in outcome).length
  const lostCards = found.filter(
    ({ row: { cardId }, outcome }) =>
      'contract' in outcome && outcome.contract.shown.noCard && cardId !== null,
  ).length
  return { statements, written, lost: found.length - written, lostCards }
}

/** Makes contracts of the rows that wait, chunk by chunk; they are seen by nobody yet. */
export async function writeContracts(
  context: JobContext,
  deps: CheckoutDeps,
  row: SubscriptionImportRow,
): Promise<'end' | 'cancel' | 'closing'> {
  const { database } = context
  const ground = await groundOfImport(deps)
  const pace = new Pace(ROWS)
  let { chunk, rows_written: done } = row
  for (;;) {
    if (context.closing.aborted) return 'closing'
    if (context.cancelWanted()) return 'cancel'
    const waiting = await nextWaiting(context, row.id, pace.size)
    const last = waiting.at(-1)
    if (!last) return 'end'
    const began = performance.now()
    const { statements, written, lost, lostCards } = await chunkOf(ground, row, waiting)
    const step = { written, good: -lost, broken: lost, noCard: lostCards }
    const gone = database.db
      .deleteFrom('subscription_import_row')
      .where('import_id', '=', row.id)
      .where('line', '<=', last.line)
    done += written
    await database.batch([
      stepStatement(database, { id: row.id, state: 'writing', chunk }, step),
      ...statements,
      { query: gone.compile() },
      context.progress(done, row.rows_good),
    ])
    chunk++
    pace.took(performance.now() - began)
  }
}
