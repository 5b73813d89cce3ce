import { z } from 'zod'
import { BlacklistMatch } from '../../contract/blacklist'
import type { OrderStatus } from '../../contract/orders'
import type { Statement } from '../db/open-database'
import { newId } from '../platform/ids'
import type { HoldDecision } from './blacklist-check'
import type { CheckoutDeps } from './deps'

export const matchesOfHold = (row: { readonly matches: string }): BlacklistMatch[] =>
  z.array(BlacklistMatch).parse(JSON.parse(row.matches))

/** The status of an order, and what is written of why it is held or marked. */
export interface HoldPlan {
  readonly status: OrderStatus
  readonly statements: readonly Statement[]
}

function insertHold(
  { database: { db } }: CheckoutDeps,
  hold: { orderId: string; decision: HoldDecision; statusAfter: OrderStatus; now: number },
): Statement {
  const query = db.insertInto('order_hold').values({
    id: newId(),
    order_id: hold.orderId,
    kind: hold.decision.kind,
    matches: JSON.stringify(hold.decision.matches),
    status_after: hold.statusAfter,
    held_at: hold.now,
    released_at: null,
    released_by: null,
    release_reason: null,
  })
  return { query: query.compile() }
}

/** Of a new order: 確認待ち when somebody of it is on the list, else the status that it would have anyway. */
export function holdForNew(
  deps: CheckoutDeps,
  order: { decision: HoldDecision | null; orderId: string; status: OrderStatus; now: number },
): HoldPlan {
  const { decision, orderId, status, now } = order
  if (!decision) return { status, statements: [] }
  const hold = insertHold(deps, { orderId, decision, statusAfter: status, now })
  return { status: decision.kind === 'hold' ? 'waiting-check' : status, statements: [hold] }
}

/**
 * Of a changed order. A hold that stands goes on standing, whatever was changed: only a person lets it go. What was let
 * go before is not held again for the same reason.
 */
export async function holdForChange(
  deps: CheckoutDeps,
  change: {
    decision: HoldDecision | null
    orderId: string
    status: OrderStatus
    now: number
    /** The status that follows from one before the change, by the way of payment. */
    after: (status: OrderStatus) => OrderStatus
  },
): Promise<HoldPlan> {
  const { db } = deps.database
  const { decision, orderId, now, after } = change
  const before = await db.selectFrom('order_hold').selectAll().where('order_id', '=', orderId).execute()
  const open = before.find((hold) => hold.released_at === null)
  if (open?.kind === 'hold') {
    const statusAfter = after(statusIn(open.status_after))
    const matches = decision?.matches ?? matchesOfHold(open)
    const kept = db
      .updateTable('order_hold')
      .set({ status_after: statusAfter, matches: JSON.stringify(matches) })
      .where('id', '=', open.id)
      .where('released_at', 'is', null)
    return { status: 'waiting-check', statements: [{ query: kept.compile(), expect: { changes: 1 } }] }
  }
  const status = after(change.status)
  const mark = open ? [{ query: db.deleteFrom('order_hold').where('id', '=', open.id).compile() }] : []
  const known = new Set(
    before.filter((hold) => hold.released_at !== null).flatMap((hold) => matchesOfHold(hold).map(subjectOf)),
  )
  if (!decision || decision.matches.every((match) => known.has(subjectOf(match))))
    return { status, statements: mark }
  const hold = insertHold(deps, { orderId, decision, statusAfter: status, now })
  return {
    status: decision.kind === 'hold' ? 'waiting-check' : status,
    statements: [...mark, hold],
  }
}

const subjectOf = ({ shipment, sourceId }: BlacklistMatch): string => `${shipment === null} ${sourceId}`

/** The status that a hold kept; it was one of an order that could be changed. */
export function statusIn(stored: string): OrderStatus {
  switch (stored) {
    case 'waiting-payment':
    case 'waiting-ship-date':
      return stored
    default:
      return 'new'
  }
}
