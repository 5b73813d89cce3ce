import { z } from 'zod'
import { CycleRule } from '../../../contract/cycle-rule'
import { businessDate } from '../../domain/calendar/tokyo'
import type { ContractLife } from '../../domain/subscriptions/contract-lives'
import type { ForecastContract } from '../../domain/subscriptions/contract-turns'
import type { TurnException } from '../../domain/subscriptions/cycle-plan'
import type { ForecastItem } from '../../domain/subscriptions/delivery-forecast'
import type { changesOf, ContractRow, itemsOf } from './subscription-insights.repository'

const OwnItems = z.array(z.object({ productId: z.string(), quantity: z.int() }))

type ItemRow = Awaited<ReturnType<typeof itemsOf>>[number]
type ChangeRow = Awaited<ReturnType<typeof changesOf>>[number]

/** Few shops have more rules than this; a contract's own is parsed again then. */
const MOST_RULES = 1_000
const rules = new Map<string, CycleRule>()

function ruleOf(text: string): CycleRule {
  const known = rules.get(text)
  if (known) return known
  const rule = CycleRule.parse(JSON.parse(text))
  if (rules.size < MOST_RULES) rules.set(text, rule)
  return rule
}

/** A contract that was never confirmed has not lived. */
export const hasBegun = (row: ContractRow): boolean => row.status !== 'pending'

/** 有効, and 停止 with a day on which it comes back. */
export const delivers = (row: ContractRow): boolean =>
  row.status === 'active' || (row.status === 'paused' && row.pause_until !== null)

export function lifeOf(row: ContractRow): ContractLife {
  const { started_on: startedOn, cancel_reason: reason } = row
  if (row.status === 'cancelled') {
    return { startedOn, endedOn: businessDate(row.cancelled_at ?? row.updated_at), end: 'cancelled', reason }
  }
  if (row.status === 'finished') {
    const endedOn = row.last_delivery ?? businessDate(row.updated_at)
    return { startedOn, endedOn, end: 'finished', reason: null }
  }
  return { startedOn, endedOn: null, end: null, reason: null }
}

/** Rows by the contract that they belong to. */
export function byContract<T extends { readonly subscription_id: string }>(rows: readonly T[]) {
  const grouped = new Map<string, T[]>()
  for (const row of rows) {
    const group = grouped.get(row.subscription_id)
    if (group) group.push(row)
    else grouped.set(row.subscription_id, [row])
  }
  return grouped
}

export function forecastOf(
  row: ContractRow,
  items: readonly ItemRow[],
  changes: readonly ChangeRow[],
): ForecastContract {
  const sets: ForecastItem[][] = []
  for (const { set_no, product_id: productId, quantity } of items) {
    while (sets.length <= set_no) sets.push([])
    sets[set_no]?.push({ productId, quantity })
  }
  const exceptions = new Map<number, TurnException>()
  const ownItems = new Map<number, readonly ForecastItem[]>()
  for (const change of changes) {
    if (change.kind === 'items')
      ownItems.set(change.rule_index, OwnItems.parse(JSON.parse(change.items ?? '[]')))
    else if (change.kind === 'skip') exceptions.set(change.rule_index, { kind: 'skip' })
    else if (change.move_to !== null && !exceptions.has(change.rule_index)) {
      exceptions.set(change.rule_index, { kind: 'move', to: change.move_to })
    }
  }
  return {
    rule: ruleOf(row.rule),
    anchor: row.anchor,
    from: { index: row.next_index, turn: row.next_turn, shippedOn: row.last_shipped_on },
    lastTurn: row.last_turn,
    pause: row.pause_from === null ? null : { from: row.pause_from, until: row.pause_until },
    exceptions,
    itemMode: row.item_mode,
    sets,
    ownItems,
  }
}
