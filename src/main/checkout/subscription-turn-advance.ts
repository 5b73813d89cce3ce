import type { Statement } from '../db/open-database'
import { prepared } from '../db/prepared'
import type { CheckoutDeps } from './deps'
import type { DuePlan, PlannedTurnOrder } from './subscription-turn-plan'

type NextColumn = 'nextShipOn' | 'nextDeliverOn' | 'nextGenerateOn' | 'changeUntil'

/** Moves a contract behind its turn; whoever read it before another seat moved it changes nothing. */
const advance = prepared<
  'id' | 'version' | 'status' | 'index' | 'turn' | 'shippedOn' | 'cardId' | 'firstId' | 'now' | NextColumn
>((db, slot) =>
  db
    .updateTable('subscription')
    .set((eb) => ({
      status: slot('status'),
      next_index: slot('index'),
      next_turn: slot('turn'),
      last_shipped_on: slot('shippedOn'),
      card_id: slot('cardId'),
      first_transaction_id: slot('firstId'),
      next_ship_on: slot('nextShipOn'),
      next_deliver_on: slot('nextDeliverOn'),
      next_generate_on: slot('nextGenerateOn'),
      change_until: slot('changeUntil'),
      updated_at: slot('now'),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', slot('id'))
    .where('version', '=', slot('version'))
    .where('status', '=', 'active'),
)

const keepPlan = prepared<'id' | 'version' | 'now' | NextColumn>((db, slot) =>
  db
    .updateTable('subscription')
    .set((eb) => ({
      next_ship_on: slot('nextShipOn'),
      next_deliver_on: slot('nextDeliverOn'),
      next_generate_on: slot('nextGenerateOn'),
      change_until: slot('changeUntil'),
      updated_at: slot('now'),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', slot('id'))
    .where('version', '=', slot('version')),
)

const nextOf = ({ next }: Exclude<DuePlan, { kind: 'problem' }>) => ({
  nextShipOn: next.next_ship_on,
  nextDeliverOn: next.next_deliver_on,
  nextGenerateOn: next.next_generate_on,
  changeUntil: next.change_until,
})

/** Moves a contract behind the turn that is made of it. */
export const advanceOf = ({ database: { db } }: CheckoutDeps, plan: PlannedTurnOrder, now: number) =>
  advance(db, {
    id: plan.due.row.id,
    version: plan.due.row.version,
    status: plan.finished ? 'finished' : 'active',
    index: plan.delivery.index + 1,
    turn: plan.delivery.turn + 1,
    shippedOn: plan.delivery.shipOn,
    cardId: plan.due.card?.card.id ?? plan.due.row.card_id,
    firstId: plan.due.card?.firstTransactionId ?? plan.due.row.first_transaction_id,
    now,
    ...nextOf(plan),
  })

/** Of a contract whose plan has changed with the calendar: nothing is ordered, the next dates are kept anew. */
export const keepPlanOf = (
  { database: { db }, clock }: CheckoutDeps,
  plan: Extract<DuePlan, { kind: 'not-due' }>,
): Statement => ({
  query: keepPlan(db, {
    id: plan.due.row.id,
    version: plan.due.row.version,
    now: clock.now(),
    ...nextOf(plan),
  }),
  expect: { changes: 1 },
})
