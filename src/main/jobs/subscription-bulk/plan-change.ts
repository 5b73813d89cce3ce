import type { BulkShown, BulkWish } from '../../../contract/subscription-bulk'
import { isDelivery, planOf, type TurnChange } from '../../checkout/subscription-plan'
import { itemsOfTurn, ownItemsOf, type TurnGoods, type TurnItem } from '../../checkout/subscription-price'
import { goodsOf } from '../../checkout/subscription-turn-plan'
import { changedItems, itemsFault } from '../../domain/subscriptions/bulk-change'
import type { PlannedDelivery } from '../../domain/subscriptions/cycle-plan'
import { NoOpenDay } from '../../domain/subscriptions/ship-day'
import type { BulkContract, BulkGround } from './contracts'
import { isSame, nothingShown, showOf, type CutPlan } from './show-change'
import { REACH, TurnsAhead } from './turns-ahead'

/** A contract as a change would leave it. */
export interface PlannedBulk {
  readonly sets: readonly (readonly TurnItem[])[]
  /** Turns before the change that keep their goods and prices. */
  readonly frozen: readonly TurnChange[]
  /** Turns with goods of their own that change with it; as JSON, before and after. */
  readonly own: readonly { readonly index: number; readonly before: string; readonly after: string }[]
  /** Turns ahead with goods of their own that stay as they were agreed. */
  readonly ownTurns: number
  readonly shown: BulkShown
}

export type Outcome =
  | { readonly ready: PlannedBulk }
  | { readonly blocked: string; readonly shown: BulkShown; readonly ownTurns: number }

/** Yen of one turn that the desk can show. */
const LARGEST_SHOWN = 999_999_999

/** Whether a wish means this line: its product, and its price where the wish names one. */
const meantBy =
  ({ prices }: BulkGround, { filter }: BulkWish) =>
  ({ productId, unitPrice }: TurnItem): boolean =>
    filter.currentPrice === null ||
    (unitPrice ?? prices.products.get(productId)?.price) === filter.currentPrice

/** 最低継続回数 of a contract whose promise is kept; 0: none. */
const keptTurnsOf = ({ row }: BulkContract, wish: BulkWish): number => (wish.keepsMinimum ? row.min_turns : 0)

function turnsAhead({ shipping }: BulkGround, { row, changes }: BulkContract): TurnsAhead {
  const { today } = shipping
  return new TurnsAhead((count) => planOf(shipping, row, changes, { today, count }).filter(isDelivery))
}

function cutPlan(ground: BulkGround, due: BulkContract, wish: BulkWish): CutPlan | { blocked: string } {
  const ahead = turnsAhead(ground, due)
  const isPaused = due.row.status === 'paused' || due.row.pause_from !== null
  if (ahead.at(0) === undefined && !isPaused) return { blocked: 'これから届ける回がありません。' }
  const { today } = ground.shipping
  const { fromDate } = wish
  const kept = keptTurnsOf(due, wish)
  const isOpen = ({ changeUntil, deliverOn }: PlannedDelivery) =>
    changeUntil >= today && (fromDate === null || deliverOn >= fromDate)
  const before: PlannedDelivery[] = []
  for (const turn of ahead.from(0)) {
    if (turn.turn > kept && isOpen(turn)) return { before, first: turn, behind: ahead.from(before.length) }
    before.push(turn)
  }
  if (before.length >= REACH)
    return { blocked: '適用が始まるまでの回が多いため、変更できません。適用の開始を早くしてください。' }
  // A pause without end: which dates the turns behind it will have is not known, so none of them can be kept as it is.
  if (isPaused && due.row.next_turn + before.length > kept) return { before, first: null, behind: [] }
  if (isPaused) return { blocked: '停止中で、最低継続回数の途中のため変更できません。' }
  return {
    blocked: before.some(isOpen)
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
  due: BulkContract,
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

/** The goods of a turn that has its own, as they are stored. */
const rawItems = ({ changes }: BulkContract, index: number): string =>
  changes.find(({ kind, rule_index: at }) => kind === 'items' && at === index)?.items ?? '[]'

/** A turn ahead that has goods of its own which the change is about. */
interface OwnTurn {
  readonly index: number
  readonly items: readonly TurnItem[]
  readonly changed: readonly TurnItem[]
}

function ownTurnsOf(
  { row, changes }: BulkContract,
  changing: (items: readonly TurnItem[]) => readonly TurnItem[],
): OwnTurn[] {
  return changes.flatMap(({ kind, rule_index: index }): OwnTurn[] => {
    if (kind !== 'items' || index < row.next_index) return []
    const items = ownItemsOf(changes, index) ?? []
    const changed = changing(items)
    return changed === items ? [] : [{ index, items, changed }]
  })
}

const ONLY_OWN = '対象の商品は、この回だけの商品としてお届けするため、変わりません。'

/**
 * What is agreed for one turn alone keeps its price; a product that another one takes the place of is not delivered any
 * more, so those turns change, too, from where the change begins.
 */
function reachedOwn(own: readonly OwnTurn[], { change }: BulkWish, { before, first }: CutPlan): OwnTurn[] {
  if (change.kind === 'price') return []
  const from = first?.index ?? (before.at(-1)?.index ?? -1) + 1
  return own.filter(({ index }) => index >= from)
}

/** The rows of one-turn changes, as the change would leave them. */
const changesAfter = (changes: readonly TurnChange[], reached: readonly OwnTurn[]): TurnChange[] =>
  changes.map((one) => {
    const own = one.kind === 'items' && reached.find(({ index }) => index === one.rule_index)
    return own ? { ...one, items: JSON.stringify(own.changed) } : one
  })

/** Own turns that stay, besides those that are past their deadline: these change for nobody. */
function countKept(own: readonly OwnTurn[], reached: readonly OwnTurn[], late: readonly number[]): number {
  return own.filter((one) => !reached.includes(one) && !late.includes(one.index)).length
}

/** A contract that a change is about: its goods before and after, and the turns with goods of their own that change. */
interface Concerned {
  readonly goods: TurnGoods
  readonly sets: readonly (readonly TurnItem[])[]
  readonly own: readonly OwnTurn[]
  readonly changing: (items: readonly TurnItem[]) => readonly TurnItem[]
  readonly blocked: (why: string, ownTurns?: number) => Outcome
}

/** Reckons what a change would make of a contract, or why it cannot be made. Asks nobody. */
export function planBulk(ground: BulkGround, due: BulkContract, wish: BulkWish): Outcome {
  const goods = goodsOf(due)
  const isMeant = meantBy(ground, wish)
  const changing = (items: readonly TurnItem[]) => changedItems(items, wish.change, isMeant)
  const sets = goods.sets.map(changing)
  const own = ownTurnsOf(due, changing)
  const blocked = (why: string, ownTurns = 0): Outcome => ({
    blocked: why,
    shown: nothingShown(ground, [...goods.sets, ...own.map(({ items }) => items)], wish),
    ownTurns,
  })
  if (sets.every((items, at) => items === goods.sets[at]) && own.length === 0)
    return blocked('すでにこの内容です。')
  try {
    return planConcerned(ground, due, wish, { goods, sets, own, changing, blocked })
  } catch (error) {
    if (error instanceof NoOpenDay)
      return blocked('出荷カレンダーに営業日がないため、お届け日を決められません。')
    throw error
  }
}

/** Throws NoOpenDay. */
function planConcerned(
  ground: BulkGround,
  due: BulkContract,
  wish: BulkWish,
  { goods, sets, own, changing, blocked }: Concerned,
): Outcome {
  const cut = cutPlan(ground, due, wish)
  if ('blocked' in cut) return blocked(cut.blocked)
  const late = cut.before.filter(({ changeUntil }) => changeUntil < ground.shipping.today)
  const reached = reachedOwn(own, wish, cut)
  const ownTurns = countKept(
    own,
    reached,
    late.map(({ index }) => index),
  )
  const isOnlyOwn = sets.every((items, at) => items === goods.sets[at])
  if (isOnlyOwn && reached.length === 0) return blocked(ONLY_OWN, ownTurns)
  const fault = [
    ...sets.filter((items, at) => items !== goods.sets[at]),
    ...reached.map(({ changed }) => changed),
  ].flatMap((items) => itemsFault(items, wish.change) ?? [])[0]
  if (fault !== undefined) return blocked(fault)
  const shown = showOf(ground, due, {
    goods,
    changed: { ...goods, sets },
    own: reached,
    changes: changesAfter(due.changes, reached),
    keptTurns: keptTurnsOf(due, wish),
    concerns: (items) => changing(items) !== items,
    ...cut,
  })
  if (cut.first !== null && shown.deliverOn === null)
    return blocked('対象の商品をお届けする回が、これからありません。', ownTurns)
  if ((shown.newTotal ?? 0) > LARGEST_SHOWN)
    return blocked('1回の合計が大きくなりすぎるため、変更できません。')
  return {
    ready: {
      sets,
      frozen: frozenTurns(ground, due, wish, { goods, before: cut.before }),
      own: reached.map(({ index, changed }) => ({
        index,
        before: rawItems(due, index),
        after: JSON.stringify(changed),
      })),
      ownTurns,
      shown,
    },
  }
}
