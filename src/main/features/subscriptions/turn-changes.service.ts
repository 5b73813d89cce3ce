import type { SubscriptionDetail } from '../../../contract/subscription-views'
import { earliestFor, type TurnChange } from '../../checkout/subscription-plan'
import type { Statement } from '../../db/open-database'
import type { PlannedDelivery, PlannedTurn } from '../../domain/subscriptions/cycle-plan'
import { Refusal } from '../../platform/refusal'
import {
  change,
  expectOpen,
  notAllowed,
  planWith,
  turnAt,
  type Changer,
  type Standing,
  type Wish,
} from './changes'
import { abilitiesOf } from './subscription-view'
import type { SubscriptionsDeps } from './subscriptions.service'
import { moveFault, skipFault } from '../../domain/subscriptions/turn-wish'
import { dateWords } from '../../domain/subscriptions/words'

type TurnWish = Wish & { readonly ruleIndex: number }

export function expectChangeable({ contract, shipping, today }: Standing): void {
  if (!abilitiesOf(contract, shipping.settings, today).change) throw new Refusal('WRONG_STAGE')
}

const isOf = (index: number, kind: TurnChange['kind']) => (one: TurnChange) =>
  one.rule_index === index && one.kind === kind

const without = (changes: readonly TurnChange[], index: number, kind: TurnChange['kind']): TurnChange[] =>
  changes.filter((one) => !isOf(index, kind)(one))

export const removeTurnChange = (
  { database: { db } }: SubscriptionsDeps,
  id: string,
  index: number,
  kind: TurnChange['kind'],
): Statement => ({
  query: db
    .deleteFrom('subscription_turn_change')
    .where('subscription_id', '=', id)
    .where('rule_index', '=', index)
    .where('kind', '=', kind)
    .compile(),
})

/** Puts an exception of one turn in the place of one of its kind. */
export function putTurnChange(
  deps: SubscriptionsDeps,
  { contract: { row }, now }: Standing,
  wanted: TurnChange,
  by: string,
): Statement[] {
  const values = { ...wanted, subscription_id: row.id, by_person: by, at: now }
  return [
    removeTurnChange(deps, row.id, wanted.rule_index, wanted.kind),
    { query: deps.database.db.insertInto('subscription_turn_change').values(values).compile() },
  ]
}

function deliveryAt(plan: readonly PlannedTurn[], standing: Standing, index: number): PlannedDelivery {
  const turn = turnAt(plan, standing, index)
  if (turn.kind === 'delivery') return turn
  throw notAllowed(
    turn.kind === 'skipped' ? 'この回はすでにスキップされています。' : 'この回は停止期間中です。',
  )
}

/** The exceptions when a turn is skipped. Refuses too many in a row. */
export function skipped(standing: Standing, index: number): { turn: PlannedDelivery; changes: TurnChange[] } {
  const { contract, shipping } = standing
  const turn = deliveryAt(planWith(standing), standing, index)
  const standingSkips = contract.changes.flatMap((one) => (one.kind === 'skip' ? [one.rule_index] : []))
  const fault = skipFault(new Set(standingSkips), index, shipping.settings.skipsInRow)
  if (fault !== null) throw notAllowed(fault)
  const skip = { rule_index: index, kind: 'skip' as const, move_to: null, items: null }
  return { turn, changes: [...contract.changes, skip] }
}

/** スキップ: the turn of this date is passed over; the numbers of the turns go on with the next one. */
export const skip = (
  deps: SubscriptionsDeps,
  wish: TurnWish,
  changer: Changer,
): Promise<SubscriptionDetail> =>
  change(deps, wish, changer, (standing) => {
    expectChangeable(standing)
    const { turn, changes } = skipped(standing, wish.ruleIndex)
    expectOpen(turn, standing, wish, changer)
    const made = { rule_index: wish.ruleIndex, kind: 'skip' as const, move_to: null, items: null }
    return {
      changes,
      statements: putTurnChange(deps, standing, made, changer.userId),
      event: {
        kind: 'skipped',
        text: `${dateWords(turn.deliverOn, standing.today)}お届け分をスキップしました`,
        ruleIndex: wish.ruleIndex,
      },
    }
  })

/** The exceptions when a turn is moved. Refuses what is too far, too early or behind its neighbours. */
export function moved(
  standing: Standing,
  index: number,
  to: string,
): { turn: PlannedDelivery; changes: TurnChange[] } {
  const { contract, shipping, today } = standing
  const { row } = contract
  const plan = planWith(standing)
  const turn = deliveryAt(plan, standing, index)
  const earliest = earliestFor(shipping, {
    prefecture: row.ship_prefecture,
    postalCode: row.ship_postal_code,
  }).deliverOn
  const fault = moveFault(plan, turn, to, { earliest, today })
  if (fault !== null) throw notAllowed(fault)
  const move = { rule_index: index, kind: 'move' as const, move_to: to, items: null }
  return { turn, changes: [...without(contract.changes, index, 'move'), move] }
}

/** お届け日の変更, of one turn: the rule stays. */
export const move = (
  deps: SubscriptionsDeps,
  wish: TurnWish & { readonly to: string },
  changer: Changer,
): Promise<SubscriptionDetail> =>
  change(deps, wish, changer, (standing) => {
    expectChangeable(standing)
    const { turn, changes } = moved(standing, wish.ruleIndex, wish.to)
    expectOpen(turn, standing, wish, changer)
    const made = { rule_index: wish.ruleIndex, kind: 'move' as const, move_to: wish.to, items: null }
    const { today } = standing
    return {
      changes,
      statements: putTurnChange(deps, standing, made, changer.userId),
      event: {
        kind: 'moved',
        text: `${turn.turn}回目のお届け日を${dateWords(turn.deliverOn, today)}から${dateWords(wish.to, today)}に変更しました`,
        ruleIndex: wish.ruleIndex,
        to: wish.to,
      },
    }
  })

const RESTORED = {
  skip: 'スキップを取り消しました',
  move: 'お届け日の変更を取り消しました',
  items: '商品の変更を取り消しました',
} as const

/** Takes back what was asked for one turn. */
export const restore = (
  deps: SubscriptionsDeps,
  wish: TurnWish & { readonly what: TurnChange['kind'] },
  changer: Changer,
): Promise<SubscriptionDetail> =>
  change(deps, wish, changer, (standing) => {
    expectChangeable(standing)
    const { contract, today } = standing
    const { ruleIndex: index, what } = wish
    const before = turnAt(planWith(standing), standing, index)
    if (!contract.changes.some(isOf(index, what))) throw notAllowed('取り消す変更がありません。')
    const changes = without(contract.changes, index, what)
    const after = turnAt(planWith(standing, changes), standing, index)
    for (const turn of [before, after])
      expectOpen(turn.kind === 'delivery' ? turn : null, standing, wish, changer)
    return {
      changes,
      statements: [removeTurnChange(deps, contract.row.id, index, what)],
      event: {
        kind: 'restored',
        text: `${dateWords(after.ruleDate, today)}分の${RESTORED[what]}`,
        ruleIndex: index,
        what,
      },
    }
  })
