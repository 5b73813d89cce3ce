import type { SubscriptionDetail } from '../../../contract/subscription-views'
import {
  isDelivery,
  loadShipping,
  nextPlanColumns,
  planOf,
  type LoadedShipping,
  type TurnChange,
} from '../../checkout/subscription-plan'
import { subscriptionEvent } from '../../checkout/subscription-event'
import { ExpectationFailed } from '../../db/errors'
import type { Statement } from '../../db/open-database'
import type { PlannedDelivery, PlannedTurn } from '../../domain/subscriptions/cycle-plan'
import { NoOpenDay } from '../../domain/subscriptions/ship-day'
import { Refusal } from '../../platform/refusal'
import { contractOf, type Contract, type SubscriptionRow } from './subscriptions.repository'
import { detail, type SubscriptionsDeps } from './subscriptions.service'

/** Who changes a contract, and what they have seen of it. */
export interface Wish {
  readonly id: string
  readonly version: number
  /** The reason for a change behind the deadline; empty: none. */
  readonly override: string
}

export interface Changer {
  readonly userId: string
  /** May change what is behind its deadline. */
  readonly mayOverride: boolean
}

/** A contract at the moment of a change. */
export interface Standing {
  readonly contract: Contract
  readonly shipping: LoadedShipping
  readonly today: string
  readonly now: number
}

/** What a change makes of a contract. */
export interface Outcome {
  readonly set?: Partial<SubscriptionRow>
  /** All exceptions of single turns as they are then; left out: they stay. */
  readonly changes?: readonly TurnChange[]
  readonly statements?: readonly Statement[]
  readonly event: { readonly kind: string; readonly text: string; readonly [fact: string]: unknown }
}

/** Deliveries that single turns can be named in. */
const WITHIN_REACH = 24

/** Refuses with a reason that the screen shows as it is. */
export const notAllowed = (why: string): Refusal => new Refusal('NOT_ALLOWED', { why })

/** A plan, or the refusal that says why there is none. */
export function plannedOr<T>(plan: () => T): T {
  try {
    return plan()
  } catch (error) {
    if (error instanceof NoOpenDay)
      throw notAllowed('出荷カレンダーに営業日がないため、お届け日を決められません。設定を確認してください。')
    throw error
  }
}

export const planWith = (
  { contract, shipping, today }: Standing,
  changes: readonly TurnChange[] = contract.changes,
): PlannedTurn[] => plannedOr(() => planOf(shipping, contract.row, changes, { today, count: WITHIN_REACH }))

/** The planned date with this index. Refuses what has been ordered already or lies too far ahead. */
export function turnAt(
  plan: readonly PlannedTurn[],
  { contract: { row } }: Standing,
  index: number,
): PlannedTurn {
  if (index < row.next_index) throw notAllowed('この回は受注が作成済みのため、変更できません。')
  const turn = plan.find((one) => one.index === index)
  if (!turn) throw notAllowed('この回はまだ変更できません。お届け予定に表示されている回を選んでください。')
  return turn
}

/** Refuses a change of a turn behind its deadline, unless somebody who may says why. */
export function expectOpen(
  turn: Pick<PlannedDelivery, 'changeUntil'> | null,
  { today }: Standing,
  wish: Wish,
  changer: Changer,
): void {
  if (turn === null || turn.changeUntil >= today) return
  if (wish.override.trim() === '') throw new Refusal('PAST_DEADLINE')
  if (!changer.mayOverride) throw new Refusal('FORBIDDEN')
}

/** The delivery that comes next, as planned today; null: none is. */
export const nextOf = (standing: Standing): PlannedDelivery | null =>
  planWith(standing).find(isDelivery) ?? null

export async function standingOf(deps: SubscriptionsDeps, id: string): Promise<Standing> {
  const [contract, shipping] = await Promise.all([contractOf(deps.database.db, id), loadShipping(deps)])
  if (!contract) throw new Refusal('NOT_FOUND')
  return { contract, shipping, today: shipping.today, now: shipping.now }
}

/**
 * A change of a contract: what it is, what follows of it for the next delivery, and its line of the history stand
 * together, over the version that was seen.
 */
export async function change(
  deps: SubscriptionsDeps,
  wish: Wish,
  changer: Changer,
  work: (standing: Standing) => Outcome | Promise<Outcome>,
): Promise<SubscriptionDetail> {
  const standing = await standingOf(deps, wish.id)
  const { contract, shipping, today, now } = standing
  const { row } = contract
  if (row.version !== wish.version) throw new Refusal('STALE', { version: row.version })
  const { set = {}, changes = contract.changes, statements = [], event } = await work(standing)
  const next = plannedOr(() => nextPlanColumns(shipping, { ...row, ...set }, changes, today))
  const { kind, text, ...facts } = event
  const reason = wish.override.trim()
  const late = row.change_until !== null && row.change_until < today
  const content = {
    text: reason === '' ? text : `${text}(${late ? '締め切り後の変更' : '例外として変更'}。理由: ${reason})`,
    ...facts,
    ...(reason === '' ? {} : { override: reason }),
  }
  const update = deps.database.db
    .updateTable('subscription')
    .set({ ...set, ...next, updated_at: now, version: row.version + 1 })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
  try {
    await deps.database.batch([
      { query: update.compile(), expect: { changes: 1 } },
      ...statements,
      subscriptionEvent(deps, { subscriptionId: row.id, kind, content, at: now, by: changer.userId }),
    ])
  } catch (error) {
    if (!(error instanceof ExpectationFailed)) throw error
    const current = await contractOf(deps.database.db, row.id)
    throw new Refusal('STALE', { version: current?.row.version ?? row.version })
  }
  return detail(deps, row.id)
}
