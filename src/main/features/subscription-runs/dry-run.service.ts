import type { DryLine, DryRun } from '../../../contract/subscription-runs'
import { yen } from '../../../contract/values'
import type { CheckoutDeps } from '../../checkout/deps'
import { loadShipping } from '../../checkout/subscription-plan'
import { groundOf, planNext } from '../../checkout/subscription-turn-chunk'
import type { DueCursor } from '../../checkout/subscription-turn-due'
import { paymentOfOpen, readOpenTurns, type OpenTurn } from '../../checkout/subscription-turn-open'
import type { PlannedTurnOrder, RunGround, TurnPayment } from '../../checkout/subscription-turn-plan'
import { findTurn } from './subscription-runs.repository'
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
  }
}

async function addOpen(deps: CheckoutDeps, ground: Omit<RunGround, 'prices'>, draft: Draft): Promise<void> {
  for (let after = ''; ;) {
    const turns = await readOpenTurns(deps.database.db, { date: ground.date, after, limit: AT_ONCE })
    for (const open of turns) {
      const line = await openLine(deps, ground, open)
      if (line) draft.add(line)
    }
    const last = turns.at(-1)
    if (!last) return
    after = last.cycle.id
  }
}

async function openLine(
  deps: CheckoutDeps,
  ground: Omit<RunGround, 'prices'>,
  open: OpenTurn,
): Promise<DryLine | null> {
  const payment = paymentOfOpen(ground, open)
  if (payment.kind !== 'now' && payment.kind !== 'attention') return null
  const row = await findTurn(deps.database.db, open.cycle.id)
  if (!row) return null
  return {
    subscriptionId: row.subscription_id,
    number: row.contract_number,
    customerName: `${row.family_name} ${row.given_name}`,
    turn: open.cycle.turn,
    shipOn: open.cycle.ship_on,
    deliverOn: row.deliver_on ?? open.cycle.ship_on,
    total: yen(open.order.total),
    does: payment.kind === 'attention' ? 'attention' : open.cycle.tries > 0 ? 'retry' : 'authorize',
    attention: payment.kind === 'attention' ? payment.why : null,
  }
}

/** What a run for a day would do, by the very plans that it would follow; nothing is written and nobody is asked. */
export async function dryRun(deps: CheckoutDeps, wish: { readonly date: string | null }): Promise<DryRun> {
  const date = runDate(deps.clock, wish.date)
  const [shipping, choice] = await Promise.all([loadShipping(deps), deps.activeService()])
  const ground = groundOf(deps, { shipping, date, service: choice.ready ? choice.active : null })
  const draft = new Draft()
  await addOpen(deps, ground, draft)
  for (let after: DueCursor | null = null; ;) {
    const { plans, cursor } = await planNext(deps, ground, { after, limit: AT_ONCE })
    for (const plan of plans) {
      if (plan.kind === 'problem' && draft.problems.length < SHOWN_PROBLEMS)
        draft.problems.push({ subscriptionId: plan.due.row.id, number: plan.due.row.number, why: plan.why })
      if (plan.kind !== 'turn') continue
      draft.orders++
      draft.total += plan.price.quote.total
      draft.skipped += plan.gaps.length
      draft.add(lineOf(plan))
    }
    if (cursor === null) break
    after = cursor
  }
  const { lines, problems, orders, total, authorizations, retries, attention, skipped, count } = draft
  return {
    date,
    orders,
    total: yen(Math.min(total, 999_999_999)),
    authorizations,
    retries,
    attention,
    skipped,
    lines,
    more: count > lines.length,
    problems,
  }
}
