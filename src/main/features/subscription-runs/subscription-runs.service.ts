import {
  AttentionReason,
  type AttentionTurn,
  type ExpiringCard,
  type RunDetail,
  type RunSummary,
  type RunTurn,
} from '../../../contract/subscription-runs'
import { yen } from '../../../contract/values'
import type { CheckoutDeps } from '../../checkout/deps'
import { newRun, RunReport } from '../../checkout/subscription-turn-runs'
import { addDays, businessDate } from '../../domain/calendar/tokyo'
import { newId } from '../../platform/ids'
import type { Jobs } from '../../platform/jobs.port'
import { Refusal } from '../../platform/refusal'
import {
  attentionTurns,
  expiringCards,
  findRun,
  findTurn,
  listRuns,
  turnsOfRun,
  type ListedRun,
  type TurnRow,
} from './subscription-runs.repository'

export interface SubscriptionRunsDeps {
  readonly checkout: CheckoutDeps
  readonly jobs: Jobs
}

/** Days ahead for which orders can be made at once. */
const LATEST_DAYS = 31

/** 対象日: today, or a day of the next month. */
export function runDate(clock: CheckoutDeps['clock'], wish: string | null): string {
  const today = businessDate(clock.now())
  const date = wish ?? today
  if (date < today || date > addDays(today, LATEST_DAYS)) throw new Refusal('BAD_DATE')
  return date
}

const GOES_ON = new Set(['waiting', 'running', 'asking'])

/** Writes the run with its job, which does the work. */
export async function startRun(
  { checkout, jobs }: SubscriptionRunsDeps,
  by: { readonly userId: string; readonly shownAs: string | null; readonly seat: string },
  wish: { readonly date: string | null },
): Promise<{ id: string }> {
  const { database, clock } = checkout
  const date = runDate(clock, wish.date)
  if (jobs.live().some(({ kind, state }) => kind === 'subscription-run' && GOES_ON.has(state)))
    throw new Refusal('RUN_GOES_ON')
  const id = newId()
  await jobs.start({
    kind: 'subscription-run',
    title: date,
    subjectId: id,
    input: { runId: id },
    by: by.userId,
    with: (jobId) => [
      {
        query: database.db
          .insertInto('subscription_run')
          .values(newRun({ id, date, startedBy: by.shownAs, seat: by.seat, jobId, now: clock.now() }))
          .compile(),
      },
    ],
  })
  return { id }
}

const reportOf = (row: ListedRun): RunReport => RunReport.parse(JSON.parse(row.report))

export const summaryOf = (row: ListedRun): RunSummary => ({
  id: row.id,
  date: row.business_date,
  state: row.state,
  startedBy: row.started_by_name,
  seat: row.seat,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  counts: {
    due: row.due,
    ordered: row.ordered,
    authorized: row.authorized,
    declined: row.declined,
    unknown: row.unknown,
    skipped: row.skipped,
  },
  attention: Number(row.attention ?? 0) + reportOf(row).problemCount,
})

const contractOf = (row: TurnRow) => ({
  id: row.subscription_id,
  number: row.contract_number,
  customer: {
    id: row.customer_id,
    number: row.customer_number,
    name: `${row.family_name} ${row.given_name}`,
    phone: row.phone,
  },
})

const orderOf = (row: TurnRow): RunTurn['order'] =>
  row.order_id === null || row.order_number === null
    ? null
    : { id: row.order_id, number: row.order_number, total: yen(row.order_total ?? 0) }

const reasonOf = (row: TurnRow): AttentionReason | null =>
  row.attention === null ? null : AttentionReason.parse(row.attention)

const turnOf = (row: TurnRow): RunTurn => ({
  cycleId: row.id,
  subscription: contractOf(row),
  turn: row.turn ?? 0,
  status: row.status,
  order: orderOf(row),
  shipOn: row.ship_on,
  deliverOn: row.deliver_on,
  tries: row.tries,
  nextTryOn: row.next_retry_on,
  lastCode: row.last_code,
  attention: reasonOf(row),
})

function attentionOf(row: TurnRow): AttentionTurn {
  const { card_id: id, brand, last3, expiry_yymm: expiryYYMM } = row
  const card =
    id === null || brand === null || last3 === null || expiryYYMM === null || row.card_removed_at !== null
      ? null
      : { id, brand, last3, expiryYYMM }
  return {
    cycleId: row.id,
    version: row.version,
    subscription: contractOf(row),
    subscriptionStatus: row.contract_status,
    turn: row.turn ?? 0,
    status: row.status,
    reason: reasonOf(row) ?? 'given-up',
    shipOn: row.ship_on,
    deliverOn: row.deliver_on,
    order: orderOf(row),
    tries: row.tries,
    lastCode: row.last_code,
    card,
    calledAt: row.called_at,
    canRetry: mayRetry(row),
  }
}

/** A turn that is refused or waits, whose order stands. */
export const mayRetry = (row: Pick<TurnRow, 'status' | 'order_status'>): boolean =>
  (row.status === 'auth-failed' || row.status === 'planned') && row.order_status !== 'cancelled'

export async function list(
  { checkout }: SubscriptionRunsDeps,
  wish: { cursor: string | null; limit: number },
) {
  const page = await listRuns(checkout.database.db, wish)
  return { ...page, items: page.items.map(summaryOf) }
}

const SHOWN_TURNS = 100

export async function get({ checkout, jobs }: SubscriptionRunsDeps, id: string): Promise<RunDetail> {
  const { db } = checkout.database
  const row = await findRun(db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  const { problems, stopped } = reportOf(row)
  return {
    ...summaryOf(row),
    job: row.job_id === null ? null : jobs.view(row.job_id),
    turns: (await turnsOfRun(db, id, SHOWN_TURNS)).map(turnOf),
    problems,
    stopped,
  }
}

/** A run as its report tells it. */
export async function runReport(checkout: CheckoutDeps, id: string) {
  const row = await findRun(checkout.database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  return { ...summaryOf(row), stopped: reportOf(row).stopped }
}

export async function cancel({ checkout, jobs }: SubscriptionRunsDeps, id: string): Promise<null> {
  const row = await findRun(checkout.database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  if (row.state !== 'running' || row.job_id === null || !jobs.view(row.job_id)) throw new Refusal('NOT_NOW')
  await jobs.cancel(row.job_id)
  return null
}

export async function attention(
  { checkout }: SubscriptionRunsDeps,
  wish: { cursor: string | null; limit: number; show: 'open' | 'called' | 'all' },
) {
  const page = await attentionTurns(checkout.database.db, wish)
  return { ...page, items: page.items.map(attentionOf) }
}

/** The turn as 要対応 shows it; null when nobody has to look at it. */
export async function attentionTurn(
  { checkout }: SubscriptionRunsDeps,
  cycleId: string,
): Promise<AttentionTurn | null> {
  const row = await findTurn(checkout.database.db, cycleId)
  return row === null || row.attention === null ? null : attentionOf(row)
}

/** Notes that the customer was called, or takes the note back. */
export async function markCalled(
  deps: SubscriptionRunsDeps,
  wish: { cycleId: string; version: number; called: boolean },
): Promise<AttentionTurn> {
  const { database, clock } = deps.checkout
  const row = await findTurn(database.db, wish.cycleId)
  if (!row || row.attention === null) throw new Refusal('NOT_FOUND')
  const now = clock.now()
  const marked = await database.db
    .updateTable('subscription_cycle')
    .set({ called_at: wish.called ? now : null, updated_at: now, version: wish.version + 1 })
    .where('id', '=', wish.cycleId)
    .where('version', '=', wish.version)
    .executeTakeFirst()
  if (Number(marked.numUpdatedRows) !== 1) throw new Refusal('STALE', { version: row.version })
  return attentionOf((await findTurn(database.db, wish.cycleId)) ?? row)
}

export async function expiring(
  { checkout }: SubscriptionRunsDeps,
  wish: { cursor: string | null; limit: number },
) {
  const page = await expiringCards(checkout.database.db, wish)
  const items = page.items.map((row): ExpiringCard => ({
    subscription: {
      id: row.id,
      number: row.number,
      customer: {
        id: row.customer_id,
        number: row.customer_number,
        name: `${row.family_name} ${row.given_name}`,
        phone: row.phone,
      },
    },
    card: { id: row.card_id, brand: row.brand, last3: row.last3, expiryYYMM: row.expiry_yymm },
    nextTurn: row.next_turn,
    nextShipOn: row.next_ship_on ?? row.next_generate_on ?? '',
  }))
  return { ...page, items }
}
