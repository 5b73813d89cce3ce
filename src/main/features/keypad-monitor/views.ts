import {
  KeypadEventSubtype,
  KeypadNetwork,
  type KeypadDetail,
  type KeypadEventRow,
  type KeypadSummary,
} from '../../../contract/keypad-monitor'
import { KeypadUpdateState } from '../../../contract/keypad-updates'
import { TRANSACTION_CODES } from '../../../contract/transaction-codes'
import { updateCodeOf } from '../../../contract/update-codes'
import { planOfPayment } from '../../checkout/plan'
import { AUTOMATIC_MOVES } from '../../domain/keypad-updates/update-plan'
import type { EventRow } from './events.repository'
import type { KeypadPayments, KeypadRow, ShownRow, UpdateColumns } from './keypad-monitor.repository'
import { p2peOf, stateOf } from './states'
import type { OpenUpdate } from './updates.repository'
import { eventWords } from './words'

const NO_NETWORK: KeypadNetwork = { ethernet: null, wifi: null, bluetooth: null, usb: null, relay: null }

function networkOf(stored: string): KeypadNetwork {
  try {
    const parsed = KeypadNetwork.partial().parse(JSON.parse(stored))
    const told = Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined))
    return { ...NO_NETWORK, ...told }
  } catch {
    return NO_NETWORK
  }
}

function markOf({ update_state, update_at }: UpdateColumns): KeypadSummary['update'] {
  const state = KeypadUpdateState.safeParse(update_state)
  return state.success ? { state: state.data, nextAt: update_at } : null
}

export const summaryOf = (row: ShownRow, now: number): KeypadSummary => ({
  id: row.id,
  serial: row.serial,
  model: row.model,
  cable: row.cable,
  state: stateOf(row, now),
  stopReason: row.stop_reason,
  p2pe: p2peOf(row),
  shop: row.shop_id === null ? null : { id: row.shop_id, name: row.shop_name ?? '' },
  seat: row.seat,
  firmware: row.firmware,
  lastSeenAt: row.last_seen_at,
  update: markOf(row),
})

const titleOf = (code: string): string =>
  Object.entries(TRANSACTION_CODES).find(([known]) => known === code)?.[1].title ?? ''

function paymentsOf({ recent, ended }: KeypadPayments): KeypadDetail['payments'] {
  const count = (rows: KeypadPayments['ended']) => rows.reduce((sum, row) => sum + Number(row.times), 0)
  const failed = ended.filter((row) => row.status === 'failed')
  return {
    recent: recent.map((row) => ({
      number: row.number,
      at: row.created_at,
      amount: row.amount,
      plan: planOfPayment(row),
      state: row.status,
      brand: row.brand,
      last3: row.last3,
      code: row.code,
      codeTitle: row.code === null ? null : titleOf(row.code),
    })),
    succeeded: count(ended.filter((row) => row.status !== 'failed' && row.status !== 'unknown')),
    failed: count(failed),
    failures: failed
      .map(({ code, times }) => ({
        code: code ?? '999',
        title: titleOf(code ?? '999'),
        times: Number(times),
      }))
      .toSorted((a, b) => b.times - a.times || a.code.localeCompare(b.code)),
  }
}

function planOf(row: OpenUpdate): KeypadDetail['updatePlan'] {
  const known = row.code === null ? null : updateCodeOf(row.code)
  return {
    state: KeypadUpdateState.parse(row.state),
    nextAt: row.next_at,
    version: row.version,
    target: row.target,
    windowMinutes: row.window_minutes,
    note: row.note,
    plannedAt: row.planned_at,
    plannedBy: row.planner,
    movesLeft: Math.max(0, AUTOMATIC_MOVES - row.moves),
    reason: row.reason,
    found: row.found,
    failure:
      row.code === null || known === null
        ? null
        : { code: row.code, title: known.title, meaning: known.meaning, action: known.action },
  }
}

export const detailOf = (
  row: KeypadRow & { shop_name: string | null; registrar: string | null },
  plan: OpenUpdate | undefined,
  payments: KeypadPayments,
  now: number,
): KeypadDetail => ({
  ...summaryOf({ ...row, update_state: plan?.state ?? null, update_at: plan?.next_at ?? null }, now),
  version: row.version,
  registeredAt: row.registered_at,
  registeredBy: row.registrar,
  firstSeenAt: row.first_seen_at,
  holder: row.online === 1 ? row.holder : null,
  securityLevel: row.security_level,
  keySet: row.key_set,
  usesLeft: row.uses_left,
  battery: 'usb-powered',
  network: networkOf(row.network),
  latencyMs: row.latency_ms,
  updatePlan: plan ? planOf(plan) : null,
  payments: paymentsOf(payments),
})

export function eventOf(row: EventRow): KeypadEventRow {
  const subtype = KeypadEventSubtype.parse(row.subtype)
  const { id, at, last_at: lastAt, times, type } = row
  return { id, at, lastAt, times, type, subtype, detail: eventWords(subtype, row.detail) }
}
