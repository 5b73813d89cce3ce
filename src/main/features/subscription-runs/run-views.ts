import {
  AttentionReason,
  type AttentionTurn,
  type ExpiringCard,
  type RunSummary,
  type RunTurn,
} from '../../../contract/subscription-run-views'
import { yen } from '../../../contract/values'
import { statusOn } from '../../checkout/subscription-plan'
import type { ContractCard } from '../../checkout/subscription-turn-due'
import { RunReport } from '../../checkout/subscription-turn-runs'
import type { expiringCards } from './expiring-cards.repository'
import type { TurnRow } from './run-turns.repository'
import type { ListedRun } from './subscription-runs.repository'

export const reportOf = (row: ListedRun): RunReport => RunReport.parse(JSON.parse(row.report))

/** `stalled`: its job has failed, and waits for somebody to let it go on. */
export const summaryOf = (row: ListedRun, stalled: boolean): RunSummary => ({
  id: row.id,
  date: row.business_date,
  state: row.state === 'running' && stalled ? 'failed' : row.state,
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
  amounts: { ordered: row.ordered_yen, authorized: row.authorized_yen },
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

export const turnOf = (row: TurnRow): RunTurn => ({
  cycleId: row.id,
  subscription: contractOf(row),
  turn: row.turn,
  ruleDate: row.rule_date,
  status: row.status,
  order: orderOf(row),
  shipOn: row.ship_on,
  deliverOn: row.deliver_on,
  tries: row.tries,
  nextTryOn: row.next_retry_on,
  lastCode: row.last_code,
  attention: reasonOf(row),
  held: row.order_status === 'waiting-check',
})

/** A turn that is refused or waits, whose order stands. */
export const isOpen = (row: Pick<TurnRow, 'status' | 'order_status'>): boolean =>
  (row.status === 'auth-failed' || row.status === 'planned') && row.order_status !== 'cancelled'

/** The turn as 要対応 shows it on a business date, with the card that would pay. */
export function attentionOf(
  row: TurnRow,
  { card: paying, today }: { card: ContractCard['card'] | null; today: string },
): AttentionTurn {
  const contract = statusOn({ ...row, status: row.contract_status }, today)
  return {
    cycleId: row.id,
    version: row.version,
    subscription: contractOf(row),
    subscriptionStatus: contract,
    turn: row.turn ?? 0,
    status: row.status,
    reason: reasonOf(row),
    shipOn: row.ship_on,
    deliverOn: row.deliver_on,
    order: orderOf(row),
    tries: row.tries,
    nextTryOn: row.next_retry_on,
    lastCode: row.last_code,
    card: paying && {
      id: paying.id,
      brand: paying.brand,
      last3: paying.last3,
      expiryYYMM: paying.expiry_yymm,
    },
    calledAt: row.called_at,
    canRetry: isOpen(row) && contract !== 'cancelled' && contract !== 'paused',
    canChange: isOpen(row),
  }
}

export const expiringOf = (
  row: Awaited<ReturnType<typeof expiringCards>>['items'][number],
): ExpiringCard => ({
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
})
