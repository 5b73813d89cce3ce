import type { BulkShown, BulkWish } from '../../../contract/subscription-bulk'
import { isDelivery, planOf, type TurnChange } from '../../checkout/subscription-plan'
import { itemsOfTurn, ownItemsOf, type TurnGoods, type TurnItem } from '../../checkout/subscription-price'
import type { DueContract } from '../../checkout/subscription-turn-due'
import { goodsOf } from '../../checkout/subscription-turn-plan'
import { changedItems, itemsFault } from '../../domain/subscriptions/bulk-change'
import type { PlannedDelivery } from '../../domain/subscriptions/cycle-plan'
import { NoOpenDay } from '../../domain/subscriptions/ship-day'
import { isSame, nothingShown, showOf, type BulkGround, type CutPlan } from './show-change'

/** A contract as a change would leave it. */
export interface PlannedBulk {
  readonly sets: readonly (readonly TurnItem[])[]
  /** Turns before the change that keep their goods and prices. */
  readonly frozen: readonly TurnChange[]
  readonly shown: BulkShown
}

type Outcome = { readonly ready: PlannedBulk } | { readonly blocked: string; readonly shown: BulkShown }

/** Deliveries that are looked at for the first one that changes. */
const REACH = 60
/** Yen of one turn that the desk can show. */
const LARGEST_SHOWN = 999_999_999

/** Whether a wish means this line: its product, and its price where the wish names one. */
const meantBy =
  ({ prices }: BulkGround, { filter }: BulkWish) =>
  ({ productId, unitPrice }: TurnItem): boolean =>
    filter.currentPrice === null ||
    (unitPrice ?? prices.products.get(productId)?.price) === filter.currentPrice

/** 最低継続回数 of a contract whose promise is kept; 0: none. */
const keptTurnsOf = ({ row }: DueContract, wish: BulkWish): number => (wish.keepsMinimum ? row.min_turns : 0)

function planned(ground: BulkGround, { row, changes }: DueContract): PlannedDelivery[] | null {
  try {
    const { today } = ground.shipping
    return planOf(ground.shipping, row, changes, { today, count: REACH }).filter(isDelivery)
  } catch (error) {
    if (error instanceof NoOpenDay) return null
    throw error
  }
}

function cutPlan(ground: BulkGround, due: DueContract, wish: BulkWish): CutPlan | { blocked: string } {
  const plan = planned(ground, due)
  if (plan === null) return { blocked: '出荷カレンダーに営業日がないため、お届け日を決められません。' }
  const isPaused = due.row.status === 'paused' || due.row.pause_from !== null
  if (plan.length === 0 && !isPaused) return { blocked: 'これから届ける回がありません。' }
  const { today } = ground.shipping
  const { fromDate } = wish
  const kept = keptTurnsOf(due, wish)
  const isOpen = ({ changeUntil, deliverOn }: PlannedDelivery) =>
    changeUntil >= today && (fromDate === null || deliverOn >= fromDate)
  const at = plan.findIndex((turn) => turn.turn > kept && isOpen(turn))
  if (at >= 0) return { before: plan.slice(0, at), behind: plan.slice(at) }
  if (plan.length >= REACH)
    return { blocked: '適用が始まるまでの回が多いため、変更できません。適用の開始を早くしてください。' }
  // A pause without end: which dates the turns behind it will have is not known, so none of them can be kept as it is.
  if (isPaused && due.row.next_turn + plan.length > kept) return { before: plan, behind: [] }
  if (isPaused) return { blocked: '停止中で、最低継続回数の途中のため変更できません。' }
  return {
    blocked: plan.some(isOpen)
      ? '最低継続回数までの回だけが残っているため、変更できません。'
      : '終了回までに、変更できるお届けがありません。',
  }
}

/** What was promised: a price of the day that would change becomes the price of today. */
const promised = (
  { prices }: BulkGround,
  items: readonly TurnItem[],
  changed: readonly TurnItem[],
): TurnItem[] =>
  items.map((item) =>
    item.unitPrice !== null || changed.some((one) => isSame(one, item))
      ? item
      : { ...item, unitPrice: prices.products.get(item.productId)?.price ?? null },
  )

function frozenTurns(
  ground: BulkGround,
  due: DueContract,
  wish: BulkWish,
  { goods, before }: { readonly goods: TurnGoods; readonly before: readonly PlannedDelivery[] },
): TurnChange[] {
  return before.flatMap(({ turn, index }): TurnChange[] => {
    if (ownItemsOf(due.changes, index) !== null) return []
    const items = itemsOfTurn(goods, due.changes, turn, index)
    const changed = changedItems(items, wish.change, meantBy(ground, wish))
    if (changed === items) return []
    const kept = JSON.stringify(promised(ground, items, changed))
    return [{ rule_index: index, kind: 'items', move_to: null, items: kept }]
  })
}

/** Reckons what a change would make of a contract, or why it cannot be made. Asks nobody. */
export function planBulk(ground: BulkGround, due: DueContract, wish: BulkWish): Outcome {
  const goods = goodsOf(due)
  const isMeant = meantBy(ground, wish)
  const sets = goods.sets.map((items) => changedItems(items, wish.change, isMeant))
  const blocked = (why: string): Outcome => ({
    blocked: why,
    shown: nothingShown(ground, goods.sets, wish),
  })
  if (sets.every((items, at) => items === goods.sets[at])) return blocked('すでにこの内容です。')
  const fault = sets.flatMap((items, at) =>
    items === goods.sets[at] ? [] : (itemsFault(items, wish.change) ?? []),
  )[0]
  if (fault !== undefined) return blocked(fault)
  const cut = cutPlan(ground, due, wish)
  if ('blocked' in cut) return blocked(cut.blocked)
  const changed = { ...goods, sets }
  const concerns = (items: readonly TurnItem[]) => changedItems(items, wish.change, isMeant) !== items
  const shown = showOf(ground, due, { goods, changed, keptTurns: keptTurnsOf(due, wish), concerns, ...cut })
  if (cut.behind.length > 0 && shown.deliverOn === null)
    return blocked('対象の商品をお届けする回が、これからありません。')
  if ((shown.newTotal ?? 0) > LARGEST_SHOWN)
    return blocked('1回の合計が大きくなりすぎるため、変更できません。')
  const frozen = frozenTurns(ground, due, wish, { goods, before: cut.before })
  return { ready: { sets, frozen, shown } }
}
