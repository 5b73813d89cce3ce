import { newId } from '../platform/ids'
import type { PlannedTurnOrder } from './subscription-turn-plan'

const CYCLE_STATUS = { none: 'ordered', now: 'ordered', later: 'planned', attention: 'auth-failed' } as const

/** 回, as it stands when its order is made. */
export function cycleRow(
  plan: PlannedTurnOrder,
  ids: { cycleId: string; orderId: string; checkoutId: string; runId: string },
  now: number,
) {
  const { payment, delivery, price } = plan
  return {
    id: ids.cycleId,
    subscription_id: plan.due.row.id,
    rule_index: delivery.index,
    turn: delivery.turn,
    status: CYCLE_STATUS[payment.kind],
    rule_date: delivery.ruleDate,
    ship_on: delivery.shipOn,
    deliver_on: delivery.deliverOn,
    order_id: ids.orderId,
    checkout_id: ids.checkoutId,
    amount: price.quote.total,
    tries: 0,
    next_retry_on: payment.kind === 'later' ? payment.on : null,
    last_code: null,
    last_raw_code: null,
    attention: payment.kind === 'attention' ? payment.why : price.offSale.length > 0 ? 'off-sale' : null,
    called_at: null,
    run_id: ids.runId,
    created_at: now,
    updated_at: now,
    version: 1,
  }
}

/** Dates on which nothing is sent, as rows: whoever looks back sees that they were not forgotten. */
export const gapRows = ({ due, gaps }: PlannedTurnOrder, runId: string, now: number) =>
  gaps.map((gap) => ({
    id: newId(),
    subscription_id: due.row.id,
    rule_index: gap.index,
    turn: null,
    status: 'skipped' as const,
    rule_date: gap.ruleDate,
    ship_on: null,
    deliver_on: null,
    order_id: null,
    checkout_id: null,
    amount: null,
    tries: 0,
    next_retry_on: null,
    last_code: null,
    last_raw_code: null,
    attention: null,
    called_at: null,
    run_id: runId,
    created_at: now,
    updated_at: now,
    version: 1,
  }))
