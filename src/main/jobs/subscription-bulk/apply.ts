import type { z } from 'zod'
import type { BulkWish } from '../../../contract/subscription-bulk'
import type { CheckoutDeps } from '../../checkout/deps'
import { subscriptionEvent } from '../../checkout/subscription-event'
import { itemRows } from '../../checkout/subscription-terms'
import { withParts, type DueContract } from '../../checkout/subscription-turn-due'
import { ExpectationFailed } from '../../db/errors'
import type { Statement } from '../../db/open-database'
import { businessDate } from '../../domain/calendar/tokyo'
import { dateWords } from '../../domain/subscriptions/words'
import type { JobContext } from '../job-kind'
import { Pace } from '../pace'
import {
  groundOf,
  markRow,
  ownItemsStatement,
  shownColumns,
  statesOf,
  wishOf,
  type BulkBefore,
  type BulkWork,
} from './bulk-rows'
import { planBulk, type PlannedBulk } from './plan-change'

const CONTRACTS = { first: 10, least: 3, most: 60 }

const MEANWHILE = '確認のあとにほかの変更があったため、変更しませんでした。'

function historyWords(wish: BulkWish, { shown }: PlannedBulk, today: string): string {
  const from =
    shown.deliverOn === null
      ? `${shown.turn}回目から`
      : `${shown.turn}回目(${dateWords(shown.deliverOn, today)}お届け分)から`
  const what = wish.change.kind === 'price' ? '価格を改定しました' : '商品を差し替えました'
  const why = wish.reason.trim() === '' ? '' : `。理由: ${wish.reason.trim()}`
  return `一括変更で${what}: ${shown.before} → ${shown.after}(${from}${why})`
}

/** One contract: goods for good, the turns that keep the old ones, history, and the row of the 一括変更. */
function contractStatements(
  deps: CheckoutDeps,
  record: BulkWork,
  due: DueContract,
  plan: PlannedBulk,
): Statement[] {
  const { db } = deps.database
  const { row } = due
  const now = deps.clock.now()
  const { by } = record
  const update = db
    .updateTable('subscription')
    .set({ updated_at: now, version: row.version + 1 })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
  const sets = plan.sets.map((items) => [...items])
  const frozen = plan.frozen.map((one) => ({ ...one, subscription_id: row.id, by_person: by, at: now }))
  const before: z.input<typeof BulkBefore> = {
    sets: due.sets.map((items) => [...items]),
    frozen: plan.frozen.map(({ rule_index: index }) => index),
    own: plan.own.map(({ index, before: items }) => ({ index, items })),
  }
  const text = historyWords(wishOf(record), plan, businessDate(now))
  return [
    { query: update.compile(), expect: { changes: 1 } },
    { query: db.deleteFrom('subscription_item').where('subscription_id', '=', row.id).compile() },
    { query: db.insertInto('subscription_item').values(itemRows(row.id, sets)).compile() },
    ...(frozen.length === 0
      ? []
      : [{ query: db.insertInto('subscription_turn_change').values(frozen).compile() }]),
    ...plan.own.map(({ index, after: items }) => ({
      query: ownItemsStatement(db, { subscriptionId: row.id, index, items }),
      expect: { changes: 1 },
    })),
    subscriptionEvent(deps, {
      subscriptionId: row.id,
      kind: `bulk-${record.kind}`,
      content: { text, bulkId: record.id },
      at: now,
      by,
    }),
    markRow(
      deps.database,
      { bulkId: record.id, subscriptionId: row.id, from: 'ready' },
      {
        state: 'applied',
        applied_version: row.version + 1,
        before: JSON.stringify(before),
        ...shownColumns(plan),
      },
    ),
  ]
}

async function nextReady({ database: { db } }: JobContext, bulkId: string, limit: number) {
  return db
    .selectFrom('subscription_bulk_row')
    .select(['subscription_id', 'seen_version'])
    .where('bulk_id', '=', bulkId)
    .where('state', '=', 'ready')
    .orderBy('subscription_id')
    .limit(limit)
    .execute()
}

type Ready = Awaited<ReturnType<typeof nextReady>>

/** Statements of each contract, apart from each other. */
async function chunkOf(
  deps: CheckoutDeps,
  record: BulkWork,
  ready: Ready,
): Promise<Map<string, Statement[]>> {
  const { db } = deps.database
  const wish = wishOf(record)
  const ids = ready.map(({ subscription_id: id }) => id)
  const rows = await db.selectFrom('subscription').selectAll().where('id', 'in', ids).execute()
  const contracts = new Map((await withParts(db, rows)).map((due) => [due.row.id, due]))
  const ground = await groundOf(deps, [...contracts.values()], wish)
  return new Map(
    ready.map(({ subscription_id: id, seen_version: seen }) => {
      const due = contracts.get(id)
      const skip = (reason: string): Statement[] => [
        markRow(
          deps.database,
          { bulkId: record.id, subscriptionId: id, from: 'ready' },
          { state: 'skipped', reason },
        ),
      ]
      if (!due || due.row.version !== seen) return [id, skip(MEANWHILE)]
      const outcome = planBulk(ground, due, wish)
      return [
        id,
        'ready' in outcome ? contractStatements(deps, record, due, outcome.ready) : skip(outcome.blocked),
      ]
    }),
  )
}

/** Writes many contracts at once; when one of them was moved in between, one by one, and that one stays. */
async function writeChunk(
  context: JobContext,
  record: BulkWork,
  statements: Map<string, Statement[]>,
  progress: Statement,
): Promise<void> {
  const { database } = context
  try {
    await database.batch([...[...statements.values()].flat(), progress])
  } catch (error) {
    if (!(error instanceof ExpectationFailed)) throw error
    for (const [id, own] of statements) {
      await database.batch(own).catch(async (again: unknown) => {
        if (!(again instanceof ExpectationFailed)) throw again
        const at = { bulkId: record.id, subscriptionId: id, from: 'ready' as const }
        await database.batch([markRow(database, at, { state: 'skipped', reason: MEANWHILE })])
      })
    }
  }
}

/** Changes the contracts that are ready, a few at a time. */
export async function applyBulk(
  context: JobContext,
  deps: CheckoutDeps,
  record: BulkWork,
): Promise<'end' | 'cancel' | 'closing'> {
  const pace = new Pace(CONTRACTS)
  const counts = await statesOf(context, record.id)
  let done = (counts.get('applied') ?? 0) + (counts.get('skipped') ?? 0)
  const total = done + (counts.get('ready') ?? 0)
  for (;;) {
    if (context.closing.aborted) return 'closing'
    if (context.cancelWanted()) return 'cancel'
    const ready = await nextReady(context, record.id, pace.size)
    if (ready.length === 0) return 'end'
    const began = performance.now()
    done += ready.length
    const statements = await chunkOf(deps, record, ready)
    await writeChunk(context, record, statements, context.progress(done, total))
    pace.took(performance.now() - began)
  }
}
