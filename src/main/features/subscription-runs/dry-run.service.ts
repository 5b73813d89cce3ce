import type { DryLine, DryRun, RunProblem } from '../../../contract/subscription-run-views'
import { yen } from '../../../contract/values'
import type { CheckoutDeps } from '../../checkout/deps'
import { loadShipping } from '../../checkout/subscription-plan'
import { groundOf, planNext, type PlannedChunk } from '../../checkout/subscription-turn-chunk'
import type { DueCursor } from '../../checkout/subscription-turn-due'
import { readOpenTurns, type OpenTurn } from '../../checkout/subscription-turn-open'
import type { DuePlan, PlannedTurnOrder, RunGround, TurnPayment } from '../../checkout/subscription-turn-plan'
import { paymentOfOpen } from '../../checkout/subscription-turn-take'
import { businessDate } from '../../domain/calendar/tokyo'
import { findTurn } from './run-turns.repository'
import { runDate } from './subscription-runs.service'

const AT_ONCE = 200
const SHOWN_LINES = 500
const SHOWN_PROBLEMS = 100

const DOES = {
  none: 'order',
  now: 'order-and-authorize',
  later: 'order-authorize-later',
  attention: 'attention',
} as const satisfies Record<TurnPayment['kind'], DryLine['does']>

const lineOf = ({ due, delivery, price, payment }: PlannedTurnOrder): DryLine => ({
  subscriptionId: due.row.id,
  number: due.row.number,
  customerName: due.customer ? `${due.customer.family_name} ${due.customer.given_name}` : '',
  turn: delivery.turn,
  shipOn: delivery.shipOn,
  deliverOn: delivery.deliverOn,
  total: price.quote.total,
  does: DOES[payment.kind],
  attention: payment.kind === 'attention' ? payment.why : price.offSale.length > 0 ? 'off-sale' : null,
})

/** A contract that would get no order. */
export interface DryProblem {
  readonly subscriptionId: string
  readonly number: number
  readonly problem: RunProblem
}

class Draft {
  readonly lines: DryLine[] = []
  readonly problems: DryRun['problems'] = []
  orders = 0
  total = 0
  authorizations = 0
  retries = 0
  attention = 0
  skipped = 0
  count = 0

  add(line: DryLine): void {
    this.count++
    if (this.lines.length < SHOWN_LINES) this.lines.push(line)
    if (line.attention !== null) this.attention++
    if (line.does === 'order-and-authorize' || line.does === 'retry' || line.does === 'authorize')
      this.authorizations++
    if (line.does === 'retry') this.retries++
    if (line.does === 'pass-over') this.skipped++
  }

  fail({ subscriptionId, number, problem: why }: DryProblem): void {
    if (this.problems.length < SHOWN_PROBLEMS) this.problems.push({ subscriptionId, number, why })
  }
}

type Ground = Omit<RunGround, 'prices'>

async function openLine(deps: CheckoutDeps, ground: Ground, open: OpenTurn): Promise<DryLine | null> {
  const payment = paymentOfOpen(ground, open)
  const does =
    payment.kind === 'now'
      ? open.cycle.tries > 0
        ? 'retry'
        : 'authorize'
      : payment.kind === 'attention' || payment.kind === 'pass-over'
        ? payment.kind
        : null
  const row = does === null ? null : await findTurn(deps.database.db, open.cycle.id)
  if (does === null || !row) return null
  return {
    subscriptionId: row.subscription_id,
    number: row.contract_number,
    customerName: `${row.family_name} ${row.given_name}`,
    turn: open.cycle.turn,
    shipOn: open.cycle.ship_on,
    deliverOn: row.deliver_on ?? open.cycle.ship_on,
    total: yen(open.order.total),
    does,
    attention: payment.kind === 'attention' ? payment.why : null,
  }
}

/** Turns whose orders stand already, in pages. */
async function* openLines(deps: CheckoutDeps, ground: Ground): AsyncGenerator<DryLine[]> {
  const today = businessDate(ground.now)
  const date = ground.date < today ? ground.date : today
  for (let after = ''; ;) {
    const turns = await readOpenTurns(deps.database.db, { date, after, limit: AT_ONCE })
    const last = turns.at(-1)
    if (!last) return
    const lines: DryLine[] = []
    for (const open of turns) {
      const line = await openLine(deps, { ...ground, date }, open)
      if (line) lines.push(line)
    }
    yield lines
    after = last.cycle.id
  }
}

async function* duePlans(deps: CheckoutDeps, ground: Ground): AsyncGenerator<readonly DuePlan[]> {
  for (let after: DueCursor | null = null; ;) {
    const { plans, cursor }: PlannedChunk = await planNext(deps, ground, { after, limit: AT_ONCE })
    yield plans
    if (cursor === null) return
    after = cursor
  }
}

async function groundFor(deps: CheckoutDeps, wish: { readonly date: string | null }): Promise<Ground> {
  const date = runDate(deps.clock, wish.date)
  const [shipping, choice] = await Promise.all([loadShipping(deps), deps.activeService()])
  return groundOf(deps, { shipping, date, service: choice.ready ? choice.active : null })
}

const problemOf = (plan: Extract<DuePlan, { kind: 'problem' }>): DryProblem => ({
  subscriptionId: plan.due.row.id,
  number: plan.due.row.number,
  problem: plan.why,
})

/** Every line of a dry run, however many there are, with the contracts that would get no order. */
export async function* everyDryLine(
  deps: CheckoutDeps,
  wish: { readonly date: string | null },
  signal?: AbortSignal,
): AsyncGenerator<readonly (DryLine | DryProblem)[]> {
  const ground = await groundFor(deps, wish)
  for await (const lines of openLines(deps, ground)) {
    signal?.throwIfAborted()
    yield lines
  }
  for await (const plans of duePlans(deps, ground)) {
    signal?.throwIfAborted()
    yield plans.flatMap((plan): (DryLine | DryProblem)[] =>
      plan.kind === 'turn' ? [lineOf(plan)] : plan.kind === 'problem' ? [problemOf(plan)] : [],
    )
  }
}

/** What a run for a day would do, by the very plans that it would follow; nothing is written and nobody is asked. */
export async function dryRun(deps: CheckoutDeps, wish: { readonly date: string | null }): Promise<DryRun> {
  const ground = await groundFor(deps, wish)
  const draft = new Draft()
  for await (const lines of openLines(deps, ground)) for (const line of lines) draft.add(line)
  for await (const plans of duePlans(deps, ground)) {
    for (const plan of plans) {
      if (plan.kind === 'problem') draft.fail(problemOf(plan))
      if (plan.kind !== 'turn') continue
      draft.orders++
      draft.total += plan.price.quote.total
      draft.skipped += plan.gaps.length
      draft.add(lineOf(plan))
    }
  }
  const { lines, problems, orders, total, authorizations, retries, attention, skipped, count } = draft
  const more = count > lines.length
  return {
    date: ground.date,
    orders,
    total,
    authorizations,
    retries,
    attention,
    skipped,
    lines,
    more,
    problems,
  }
}
