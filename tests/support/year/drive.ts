import type { CheckoutDeps } from '../../../src/main/checkout/deps'
import { reconcile } from '../../../src/main/checkout/reconcile'
import { newRun } from '../../../src/main/checkout/subscription-turn-runs'
import type { OpenConfig } from '../../../src/main/db/open-database'
import { runSubscriptions } from '../../../src/main/jobs/subscription-run/run'
import type { Clock } from '../../../src/main/platform/clock'
import { newId } from '../../../src/main/platform/ids'
import type { Fault } from '../../../src/simulator/acquirer/faults'
import type { AcquirerProcess } from '../acquirer'
import { openWorld } from '../checkout-world'
import { randomFrom, type Random } from '../random'
import { dateOf, dayOf, owners } from '../subscription-rows'
import { subscriptionDesk } from '../subscription-world'
import { UNWATCHED } from '../turns-world'
import { atHour, type Said, type YearBooks, type YearRun } from './books'
import { SHOP } from './calendar'
import { customerCalls, staffHelps, type Talk } from './customers-say'
import { openShop, plantYear, settle, yearTokens } from './plant'

export interface YearWish {
  readonly contracts: number
  readonly days: number
  readonly seed: number
  readonly from: string
  /** What the service tells of its longest processing time: whoever waits for an answer waits so long. */
  readonly processingMs: number
}

/** The desk's clock: the hour that a day has come to, and what has passed since. */
function yearClock(startMs: number): Clock & { set(ms: number): void } {
  let [base, since] = [startMs, performance.now()]
  return {
    now: () => base + Math.floor(performance.now() - since),
    set(ms) {
      base = ms
      since = performance.now()
    },
  }
}

/** Shorter than the days between an order and its shipment: turns are authorized on a later day. */
const HOLD_MS = 8 * 86_400_000
const ANSWER_MS = 500

const TROUBLES: readonly Fault[] = [
  { kind: 'hang' },
  { kind: 'cut' },
  { kind: 'commit-then-cut' },
  { kind: 'commit-then-500' },
  { kind: 'commit-then-garbage' },
  { kind: 'garbage' },
  { kind: 'server-error' },
  { kind: 'too-many', seconds: 0 },
  { kind: 'answer-late', ms: ANSWER_MS + 300 },
  { kind: 'not-found-then-commit', ms: 700 },
]
/** Soft ones, and refusals for good. */
const DECLINES = ['102', '110', '101', '102', '301', '106'] as const

/** Orders what goes wrong on this day; true when the service itself does. */
async function orderFaults(acquirer: AcquirerProcess, random: Random, most: number): Promise<boolean> {
  if (random.once(3)) {
    const decline = { kind: 'decline', code: random.pick(DECLINES) } as const
    await acquirer.fault('authorize', decline, 1 + random.int(most))
  }
  if (random.once(60)) {
    await acquirer.listen(false)
    return true
  }
  if (!random.once(12)) return false
  const fault = random.pick(TROUBLES)
  // A few times, or until the run gives the service up.
  await acquirer.fault('authorize', fault, random.once(3) ? 40 : 1 + random.int(5))
  return true
}

/** What becomes of a turn that nobody pays, as the shop sees it in this part of the year. */
const finalActionOn = (dayNumber: number, days: number) =>
  (['pause', 'skip', 'cancel', 'pause'] as const)[Math.floor((dayNumber * 4) / days)] ?? 'pause'

export interface Year {
  readonly books: () => Promise<YearBooks>
  readonly refused: ReadonlyMap<string, number>
  readonly close: () => Promise<void>
}

async function runOn(deps: CheckoutDeps, day: string): Promise<void> {
  const id = newId()
  const run = newRun({ id, date: day, startedBy: null, seat: 'year', jobId: null, now: deps.clock.now() })
  await deps.database.db.insertInto('subscription_run').values(run).execute()
  const end = await runSubscriptions(deps, id, UNWATCHED)
  if (end !== 'done') throw new Error(`the run of ${day} ended ${end}`)
}

/** A year of a shop: runs, customers, staff, declines and outages, day by day. */
export async function liveThroughYear(
  config: OpenConfig,
  acquirer: AcquirerProcess,
  wish: YearWish,
): Promise<Year> {
  const { contracts, days, from } = wish
  const random = randomFrom(wish.seed)
  const clock = yearClock(atHour(from, 9))
  const service = acquirer.service('sim-key', { timeouts: { connectMs: 2_000, answerMs: ANSWER_MS } })
  const world = await openWorld(config, service, { clock })
  const choice = await world.deps.activeService()
  if (!choice.ready) throw new Error('no service')
  const times = { maxProcessingMs: wish.processingMs, holdMs: HOLD_MS }
  const active = { ...choice.active, capabilities: { ...choice.active.capabilities, ...times } }
  const deps: CheckoutDeps = { ...world.deps, activeService: async () => ({ ready: true, active }) }
  const { userId } = world.actor
  await openShop(deps, userId)
  const admin = { id: userId, name: '', shop: { id: world.actor.shopId, name: '' } }
  const owner = await owners(deps.database, admin)
  const tokens = await yearTokens(service)
  const planted = await plantYear(deps, owner, { count: contracts, random, tokens, today: from })
  const talk: Talk = {
    deps,
    desk: subscriptionDesk(deps, admin),
    random,
    owner,
    tokens,
    ids: planted.map(({ id }) => id),
    said: [] satisfies Said[],
    refused: new Map(),
  }
  const runs: YearRun[] = []
  const callsADay = Math.max(2, Math.round(contracts / 66))
  for (let number = 0; number < days; number++) {
    const day = dateOf(dayOf(from) + number)
    const isLast = number === days - 1
    const action = finalActionOn(number, days)
    if (action !== finalActionOn(number - 1, days)) await settle(deps, userId, { afterLastRetry: action })
    if (!isLast) {
      clock.set(atHour(day, 14))
      for (let call = 0; call < callsADay; call++) await customerCalls(talk)
      if (random.once(3)) await staffHelps(talk, 1 + random.int(6))
    }
    // The desk was not opened on some days.
    if (!isLast && random.once(40)) continue
    clock.set(atHour(day, 18))
    const trouble = !isLast && (await orderFaults(acquirer, random, 2 + Math.round(contracts / 200)))
    runs.push({ day, trouble })
    await runOn(deps, day)
    await acquirer.clear()
    // What the service still works on comes to its end in its own time, before hours go by here.
    if (trouble) await acquirer.release()
    if (isLast || random.once(5)) await runOn(deps, day)
    clock.set(atHour(day, 22))
    // What the run could not bring to its end, the timer does.
    if (trouble || isLast) await reconcile(deps, { atStart: true })
  }
  return {
    refused: talk.refused,
    books: () =>
      booksOf(deps, acquirer, {
        planted,
        said: talk.said,
        runs,
        lastDay: dateOf(dayOf(from) + days - 1),
      }),
    close: () => world.close(),
  }
}

async function booksOf(
  { database: { db } }: CheckoutDeps,
  acquirer: AcquirerProcess,
  known: Pick<YearBooks, 'planted' | 'said' | 'runs' | 'lastDay'>,
): Promise<YearBooks> {
  const cycles = await db.selectFrom('subscription_cycle').selectAll().orderBy('id').execute()
  const turns = new Set(cycles.map((row) => row.checkout_id))
  const orders = await db
    .selectFrom('sales_order')
    .select(['id', 'checkout_id', 'number', 'status', 'total'])
    .execute()
  const ours = orders.filter((row) => turns.has(row.checkout_id))
  const ids = new Set(ours.map(({ id }) => id))
  const lines = await db
    .selectFrom('order_line')
    .select(['order_id', 'kind', 'product_id', 'quantity'])
    .execute()
  const payments = (
    await db.selectFrom('payment').selectAll().orderBy('created_at').orderBy('id').execute()
  ).filter((row) => turns.has(row.checkout_id))
  const paid = new Set(payments.map(({ id }) => id))
  const operations = await db
    .selectFrom('payment_operation')
    .select(['id', 'payment_id', 'kind', 'status'])
    .execute()
  return {
    ...known,
    shop: SHOP,
    contracts: await db.selectFrom('subscription').selectAll().orderBy('id').execute(),
    cycles,
    orders: ours,
    lines: lines.filter((row) => ids.has(row.order_id)),
    payments,
    operations: operations.filter((row) => paid.has(row.payment_id)),
    events: await db.selectFrom('subscription_event').selectAll().orderBy('id').execute(),
    acquirer: (await acquirer.books()).payments.filter((row) => row.initiator === 'merchant'),
  }
}
