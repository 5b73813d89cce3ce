import type { z } from 'zod'
import type { BulkWish } from '../../../contract/subscription-bulk'
import type { CheckoutDeps } from '../../checkout/deps'
import { ExpectationFailed } from '../../db/errors'
import type { Statement } from '../../db/open-database'
import { businessDate } from '../../domain/calendar/tokyo'
import { dateWords } from '../../domain/subscriptions/words'
import type { JobContext } from '../job-kind'
import { shownColumns, statesOf, wishOf, type BulkBefore, type BulkWork } from './bulk-rows'
import { CONTRACT_COLUMNS, groundKeeper, withGoods, type BulkContract, type BulkGround } from './contracts'
import { eachChunk } from './each-chunk'
import { planBulk, type PlannedBulk } from './plan-change'
import { frozenStatements, markedStatements, movedStatements } from './write-rows'

const CONTRACTS = { first: 10, least: 10, most: 200 }

const MEANWHILE = '確認のあとにほかの変更があったため、変更しませんでした。'

/** What is done about one contract. */
type Decision =
  | { readonly kind: 'change'; readonly due: BulkContract; readonly plan: PlannedBulk }
  | { readonly kind: 'skip'; readonly id: string; readonly reason: string }
type Change = Extract<Decision, { kind: 'change' }>

function historyWords(wish: BulkWish, { shown }: PlannedBulk, today: string): string {
  const from =
    shown.deliverOn === null
      ? `${shown.turn}回目から`
      : `${shown.turn}回目(${dateWords(shown.deliverOn, today)}お届け分)から`
  const what = wish.change.kind === 'price' ? '価格を改定しました' : '商品を差し替えました'
  const why = wish.reason.trim() === '' ? '' : `。理由: ${wish.reason.trim()}`
  return `一括変更で${what}: ${shown.before} → ${shown.after}(${from}${why})`
}

/** What a contract was, to be put back. */
function beforeOf({ due, plan }: Change): string {
  const before: z.input<typeof BulkBefore> = {
    sets: due.sets.map((items) => [...items]),
    frozen: plan.frozen.map(({ rule_index: index }) => index),
    own: plan.own.map(({ index, before: items }) => ({ index, items })),
  }
  return JSON.stringify(before)
}

/** Goods for good, the turns that keep the old ones, history, and the rows of the 一括変更. */
function statementsOf(
  deps: CheckoutDeps,
  record: BulkWork,
  wish: BulkWish,
  decisions: readonly Decision[],
): Statement[] {
  const { database, clock } = deps
  const now = clock.now()
  const today = businessDate(now)
  const changes = decisions.filter((one) => one.kind === 'change')
  const skips = decisions.filter((one) => one.kind === 'skip')
  const moved = changes.map(({ due: { row }, plan }) => ({
    id: row.id,
    version: row.version,
    sets: plan.sets,
    own: plan.own.map(({ index, after: items }) => ({ index, items })),
    text: historyWords(wish, plan, today),
  }))
  const frozen = changes.flatMap(({ due, plan }) =>
    plan.frozen.map((one) => ({ ...one, subscriptionId: due.row.id })),
  )
  const at = { bulkId: record.id, from: 'ready' } as const
  const applied = changes.map((change) => ({
    id: change.due.row.id,
    to: {
      state: 'applied' as const,
      applied_version: change.due.row.version + 1,
      before: beforeOf(change),
      ...shownColumns(change.plan),
    },
  }))
  return [
    ...movedStatements(deps, record, `bulk-${record.kind}`, moved),
    ...frozenStatements(database, frozen, { by: record.by, at: now }),
    ...markedStatements(database, at, applied),
    ...markedStatements(
      database,
      at,
      skips.map(({ id, reason }) => ({ id, to: { state: 'skipped', reason } })),
    ),
  ]
}

/** Contracts that are ready, in the order of their ids, as they stand now. */
async function readReady({ database: { db } }: CheckoutDeps, bulkId: string, after: string, limit: number) {
  const ready = await db
    .selectFrom('subscription_bulk_row')
    .select(['subscription_id', 'seen_version'])
    .where('bulk_id', '=', bulkId)
    .where('state', '=', 'ready')
    .where('subscription_id', '>', after)
    .orderBy('subscription_id')
    .limit(limit)
    .execute()
  const last = ready.at(-1)?.subscription_id
  if (last === undefined) return null
  const ids = ready.map(({ subscription_id: id }) => id)
  const rows = await db.selectFrom('subscription').select(CONTRACT_COLUMNS).where('id', 'in', ids).execute()
  return { last, ready, contracts: await withGoods(db, rows) }
}

type Ready = NonNullable<Awaited<ReturnType<typeof readReady>>>

/** What is done about each contract. */
function decide({ ready, contracts }: Ready, ground: BulkGround, wish: BulkWish): Decision[] {
  const known = new Map(contracts.map((due) => [due.row.id, due]))
  return ready.map(({ subscription_id: id, seen_version: seen }): Decision => {
    const due = known.get(id)
    if (!due || due.row.version !== seen) return { kind: 'skip', id, reason: MEANWHILE }
    const outcome = planBulk(ground, due, wish)
    return 'ready' in outcome
      ? { kind: 'change', due, plan: outcome.ready }
      : { kind: 'skip', id, reason: outcome.blocked }
  })
}

/** Writes many contracts at once; when one of them was moved in between, one by one, and that one stays. */
async function writeChunk(
  { database }: JobContext,
  decisions: readonly Decision[],
  statementsFor: (decisions: readonly Decision[]) => Statement[],
  together: readonly Statement[],
): Promise<void> {
  try {
    await database.batch(together)
  } catch (error) {
    if (!(error instanceof ExpectationFailed)) throw error
    for (const one of decisions) {
      await database.batch(statementsFor([one])).catch(async (again: unknown) => {
        if (!(again instanceof ExpectationFailed)) throw again
        const id = one.kind === 'skip' ? one.id : one.due.row.id
        await database.batch(statementsFor([{ kind: 'skip', id, reason: MEANWHILE }]))
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
  const wish = wishOf(record)
  const groundOf = groundKeeper(deps, wish)
  const statementsFor = (decisions: readonly Decision[]) => statementsOf(deps, record, wish, decisions)
  const counts = await statesOf(context, record.id)
  let done = (counts.get('applied') ?? 0) + (counts.get('skipped') ?? 0)
  const total = done + (counts.get('ready') ?? 0)
  return eachChunk(context, CONTRACTS, '', {
    async read(after, limit) {
      const chunk = await readReady(deps, record.id, after, limit)
      return chunk && { ...chunk, ground: await groundOf(chunk.contracts) }
    },
    plan(chunk) {
      const decisions = decide(chunk, chunk.ground, wish)
      done += decisions.length
      const together = [...statementsFor(decisions), context.progress(done, total)]
      return () => writeChunk(context, decisions, statementsFor, together)
    },
  })
}
