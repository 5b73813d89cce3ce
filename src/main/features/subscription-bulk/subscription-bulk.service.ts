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
import { addDays, businessDate } from '../../domain/calendar/tokyo'
import type { FieldFault } from '../../domain/people/contact-fields'
import { saleStateOn } from '../../domain/products/sale-state'
import { newId } from '../../platform/ids'
import type { Jobs } from '../../platform/jobs.port'
import { Refusal } from '../../platform/refusal'
import type { SaveFile } from '../../platform/save-file'
import { countsOf, findBulk, listBulk, listRows, type ListedBulk } from './subscription-bulk.repository'

export interface SubscriptionBulkDeps {
  readonly checkout: CheckoutDeps
  readonly jobs: Jobs
  readonly saveFile: SaveFile
}

/** A change so far ahead would keep the old goods for too many turns. */
const LATEST = 366

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
    },
  }
}

async function bulkOf(deps: SubscriptionBulkDeps, id: string): Promise<ListedBulk> {
  const row = await findBulk(deps.checkout.database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

export async function bulkDetail(deps: SubscriptionBulkDeps, id: string): Promise<BulkDetail> {
  const row = await bulkOf(deps, id)
  const counted = await countsOf(deps.checkout.database.db, [id])
  return {
    ...summaryOf(row, counted),
    reason: BulkWish.parse(JSON.parse(row.wish)).reason,
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
      customer: `${row.family_name} ${row.given_name}`.trim(),
      state: row.state,
      reason: row.reason,
    })),
  }
}

/** What stands against a wish, and what it is called. */
async function checkWish({ checkout }: SubscriptionBulkDeps, wish: BulkWish): Promise<string> {
  const { change, fromDate } = wish
  const today = businessDate(checkout.clock.now())
  const faults: FieldFault[] = []
  const ids =
    change.kind === 'price'
      ? change.prices.map(({ productId }) => productId)
      : [change.productId, change.byProductId]
  const rows = await checkout.database.db.selectFrom('product').selectAll().where('id', 'in', ids).execute()
  const products = new Map(rows.map((row) => [row.id, row]))
  if (ids.some((id) => !products.has(id)))
    faults.push({ path: 'change', message: '商品が見つかりません。選び直してください。' })
  if (new Set(ids).size < ids.length)
    faults.push({ path: 'change', message: '同じ商品が2回選ばれています。' })
  if (fromDate !== null && (fromDate < today || fromDate > addDays(today, LATEST)))
    faults.push({ path: 'fromDate', message: '適用開始日は、今日から1年以内の日にしてください。' })
  const by = change.kind === 'replace' ? products.get(change.byProductId) : undefined
  if (by) {
    const sale = { active: by.active === 1, from: by.sale_from, to: by.sale_to }
    const state = saleStateOn(sale, today)
    if (by.subscribable === 0)
      faults.push({ path: 'change', message: `「${by.name}」は定期では販売していません。` })
    else if (state === 'ended' || state === 'stopped')
      faults.push({ path: 'change', message: `「${by.name}」は販売を終了しています。` })
  }
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  const nameOf = (id: string) => products.get(id)?.name ?? ''
  return change.kind === 'price'
    ? change.prices
        .map(({ productId, price }) => `${nameOf(productId)} ${price.toLocaleString('ja-JP')}円`)
        .join('、')
        .slice(0, 200)
    : `${nameOf(change.productId)} → ${nameOf(change.byProductId)}`.slice(0, 200)
}

/** Puts the work into the queue, in the transaction that moves the 一括変更 there. */
async function work(
  deps: SubscriptionBulkDeps,
  session: Session,
  row: { readonly id: string; readonly title: string },
  move: { readonly from: ListedBulk['state']; readonly to: ListedBulk['state'] },
): Promise<void> {
  const { db } = deps.checkout.database
  try {
    await deps.jobs.start({
      kind: 'subscription-bulk',
      title: row.title,
      subjectId: row.id,
      input: { bulkId: row.id },
      by: session.userId,
      with: (jobId) => [
        {
          query: db
            .updateTable('subscription_bulk')
            .set((eb) => ({ job_id: jobId, state: move.to, version: eb('version', '+', 1) }))
            .where('id', '=', row.id)
            .where('state', '=', move.from)
            .compile(),
          expect: { changes: 1 },
        },
      ],
    })
  } catch (error) {
    if (error instanceof ExpectationFailed) throw new Refusal('NOT_NOW')
    throw error
  }
}

/** Keeps the wish and lets every contract be reckoned; nothing of a contract changes. */
export async function previewBulk(
  deps: SubscriptionBulkDeps,
  session: Session,
  wish: BulkWish,
): Promise<{ id: string }> {
  const title = await checkWish(deps, wish)
  const { database, clock } = deps.checkout
  const id = newId()
  await database.db
    .insertInto('subscription_bulk')
    .values({
      id,
      kind: wish.change.kind,
      state: 'previewing',
      title,
      wish: JSON.stringify(wish),
      place: '',
      job_id: null,
      started_by: session.userId,
      created_at: clock.now(),
      applied_at: null,
      version: 1,
    })
    .execute()
  await work(deps, session, { id, title }, { from: 'previewing', to: 'previewing' })
  return { id }
}

export async function applyBulk(deps: SubscriptionBulkDeps, session: Session, id: string): Promise<null> {
  const { title } = await bulkOf(deps, id)
  await work(deps, session, { id, title }, { from: 'previewed', to: 'applying' })
  return null
}

export async function undoBulk(deps: SubscriptionBulkDeps, session: Session, id: string): Promise<null> {
  const { title } = await bulkOf(deps, id)
  await work(deps, session, { id, title }, { from: 'done', to: 'undoing' })
  return null
}

/** Gives up what is only looked at, or stops the change where it is. */
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
  if ((row.state !== 'previewing' && row.state !== 'applying') || row.job_id === null)
    throw new Refusal('NOT_NOW')
  await deps.jobs.cancel(row.job_id)
  return null
}

export async function resumeBulk(deps: SubscriptionBulkDeps, id: string): Promise<null> {
  const { job_id: jobId } = await bulkOf(deps, id)
  if (jobId === null || deps.jobs.view(jobId)?.state !== 'failed') throw new Refusal('NOT_NOW')
  await deps.jobs.wake(jobId)
  return null
}
