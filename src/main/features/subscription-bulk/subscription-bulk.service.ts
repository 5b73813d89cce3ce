import type { Session } from '../../../contract/auth'
import {
  BulkShown,
  BulkWish,
  type BulkDetail,
  type BulkRow,
  type BulkRowState,
  type BulkSummary,
} from '../../../contract/subscription-bulk'
import type { CheckoutDeps } from '../../checkout/deps'
import { ExpectationFailed } from '../../db/errors'
import type { Statement } from '../../db/open-database'
import { newId } from '../../platform/ids'
import type { Jobs } from '../../platform/jobs.port'
import { Refusal } from '../../platform/refusal'
import type { SaveFile } from '../../platform/save-file'
import {
  countsOf,
  findBulk,
  listBulk,
  listRows,
  namedProducts,
  type ListedBulk,
} from './subscription-bulk.repository'
import { productIdsOf, titleOfWish } from './wish.service'

export interface SubscriptionBulkDeps {
  readonly checkout: CheckoutDeps
  readonly jobs: Jobs
  readonly saveFile: SaveFile
}

type Counted = Awaited<ReturnType<typeof countsOf>>

function summaryOf(row: ListedBulk, counted: Counted): BulkSummary {
  const own = counted.filter(({ id }) => id === row.id)
  const of = (...states: BulkRowState[]) =>
    own.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0)
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    title: row.title,
    fromDate: BulkWish.parse(JSON.parse(row.wish)).fromDate,
    startedBy: row.started_by_name,
    createdAt: row.created_at,
    appliedAt: row.applied_at,
    counts: {
      found: own.reduce((sum, { count }) => sum + count, 0),
      ready: of('ready'),
      blocked: of('blocked'),
      applied: of('applied'),
      skipped: of('skipped'),
      undone: of('undone'),
      kept: of('kept'),
      own: own.reduce((sum, one) => sum + one.own, 0),
    },
  }
}

async function bulkOf(deps: SubscriptionBulkDeps, id: string): Promise<ListedBulk> {
  const row = await findBulk(deps.checkout.database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

export async function bulkDetail(deps: SubscriptionBulkDeps, id: string): Promise<BulkDetail> {
  const { db } = deps.checkout.database
  const row = await bulkOf(deps, id)
  const wish = BulkWish.parse(JSON.parse(row.wish))
  const ids = productIdsOf(wish.change)
  const [counted, products] = await Promise.all([countsOf(db, [id]), namedProducts(db, ids)])
  const changing = counted.filter(({ state }) => state === 'ready' || state === 'applied')
  const sumOf = (of: (one: Counted[number]) => number) => changing.reduce((sum, one) => sum + of(one), 0)
  return {
    ...summaryOf(row, counted),
    wish,
    totals: {
      before: sumOf(({ before }) => before),
      after: sumOf(({ after }) => after),
    },
    products: products
      .map(({ id: productId, code, name, price, price_kind: priceKind }) => ({
        id: productId,
        code,
        name,
        price,
        priceKind,
      }))
      .toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
    job: row.job_id === null ? null : deps.jobs.view(row.job_id),
  }
}

export async function bulkList(deps: SubscriptionBulkDeps, list: { cursor: string | null; limit: number }) {
  const { db } = deps.checkout.database
  const page = await listBulk(db, list)
  const counted = await countsOf(
    db,
    page.items.map(({ id }) => id),
  )
  return { ...page, items: page.items.map((row) => summaryOf(row, counted)) }
}

export async function bulkRows(deps: SubscriptionBulkDeps, wish: Parameters<typeof listRows>[1]) {
  const page = await listRows(deps.checkout.database.db, wish)
  return {
    ...page,
    items: page.items.map((row): BulkRow => ({
      ...BulkShown.parse(JSON.parse(row.shown)),
      subscriptionId: row.subscription_id,
      number: row.subscription_number,
      customer: `${row.family_name ?? ''} ${row.given_name ?? ''}`.trim(),
      state: row.state,
      reason: row.reason,
    })),
  }
}

/** Puts the work into the queue; `beside` stands and falls with it. */
const enqueue = (
  deps: SubscriptionBulkDeps,
  session: Session,
  row: { readonly id: string; readonly title: string },
  beside: (jobId: string) => Statement,
): Promise<string> =>
  deps.jobs.start({
    kind: 'subscription-bulk',
    title: row.title,
    subjectId: row.id,
    input: { bulkId: row.id, by: session.userId },
    by: session.userId,
    with: (jobId) => [beside(jobId)],
  })

/** Moves a 一括変更 to where the work begins, together with the work; refused when another seat was faster. */
async function moveOn(
  deps: SubscriptionBulkDeps,
  session: Session,
  id: string,
  move: { readonly from: ListedBulk['state']; readonly to: ListedBulk['state'] },
): Promise<null> {
  const { db } = deps.checkout.database
  const row = await bulkOf(deps, id)
  try {
    await enqueue(deps, session, row, (jobId) => ({
      query: db
        .updateTable('subscription_bulk')
        .set((eb) => ({ job_id: jobId, state: move.to, version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .where('state', '=', move.from)
        .compile(),
      expect: { changes: 1 },
    }))
  } catch (error) {
    if (error instanceof ExpectationFailed) throw new Refusal('NOT_NOW')
    throw error
  }
  return null
}

/** Keeps the wish and lets every contract be reckoned; nothing of a contract changes. */
export async function previewBulk(
  deps: SubscriptionBulkDeps,
  session: Session,
  wish: BulkWish,
): Promise<{ id: string }> {
  const { database, clock } = deps.checkout
  const title = await titleOfWish(deps.checkout, wish)
  const id = newId()
  await enqueue(deps, session, { id, title }, (jobId) => ({
    query: database.db
      .insertInto('subscription_bulk')
      .values({
        id,
        kind: wish.change.kind,
        state: 'previewing',
        title,
        wish: JSON.stringify(wish),
        place: '',
        job_id: jobId,
        started_by: session.userId,
        created_at: clock.now(),
        applied_at: null,
        version: 1,
      })
      .compile(),
  }))
  return { id }
}

export const applyBulk = (deps: SubscriptionBulkDeps, session: Session, id: string): Promise<null> =>
  moveOn(deps, session, id, { from: 'previewed', to: 'applying' })

export const undoBulk = (deps: SubscriptionBulkDeps, session: Session, id: string): Promise<null> =>
  moveOn(deps, session, id, { from: 'done', to: 'undoing' })

/** Gives up what is only looked at, or stops the change, or the way back, where it is. */
export async function cancelBulk(deps: SubscriptionBulkDeps, id: string): Promise<null> {
  const { database } = deps.checkout
  const row = await bulkOf(deps, id)
  if (row.state === 'previewed') {
    const moved = database.db
      .updateTable('subscription_bulk')
      .set((eb) => ({ state: 'cancelled' as const, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .where('state', '=', 'previewed')
    const { numUpdatedRows } = await moved.executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Refusal('NOT_NOW')
    return null
  }
  const goesOn = row.state === 'previewing' || row.state === 'applying' || row.state === 'undoing'
  if (!goesOn || row.job_id === null) throw new Refusal('NOT_NOW')
  await deps.jobs.cancel(row.job_id)
  return null
}

export async function resumeBulk(deps: SubscriptionBulkDeps, id: string): Promise<null> {
  const { job_id: jobId } = await bulkOf(deps, id)
  if (jobId === null || deps.jobs.view(jobId)?.state !== 'failed') throw new Refusal('NOT_NOW')
  await deps.jobs.wake(jobId)
  return null
}
