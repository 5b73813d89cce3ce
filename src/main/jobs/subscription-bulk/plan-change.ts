import type { BulkShown, BulkWish } from '../../../contract/subscription-bulk'
import type { TurnChange } from '../../checkout/subscription-plan'
import { isDelivery, planOf, type LoadedShipping } from '../../checkout/subscription-plan'
import {
  itemsOfTurn,
  ownItemsOf,
  priceOfTurn,
  type LoadedPrices,
  type TurnGoods,
  type TurnItem,
} from '../../checkout/subscription-price'
import type { DueContract } from '../../checkout/subscription-turn-due'
import { goodsOf } from '../../checkout/subscription-turn-plan'
import { changedItems, itemsFault } from '../../domain/subscriptions/bulk-change'
import type { PlannedDelivery } from '../../domain/subscriptions/cycle-plan'
import { NoOpenDay } from '../../domain/subscriptions/ship-day'
import { dateWords } from '../../domain/subscriptions/words'

/** What changes are reckoned against; read once for many contracts. */
export interface BulkGround {
  readonly shipping: LoadedShipping
  readonly prices: LoadedPrices
}

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

const yenWords = (yen: number): string => `${yen.toLocaleString('ja-JP')}円`

function itemWords(prices: LoadedPrices, items: readonly TurnItem[]): string {
  return items
    .map(({ productId, quantity, unitPrice }) => {
      const product = prices.products.get(productId)
      const name = product?.name ?? ''
      const price = unitPrice ?? product?.price ?? 0
      return `${quantity === 1 ? name : `${name}×${quantity}`} ${yenWords(price)}`
    })
    .join('、')
}

/** The items that are different, before and after. */
function wordsOf(ground: BulkGround, before: readonly TurnItem[], after: readonly TurnItem[]) {
  const differs = (at: number) => JSON.stringify(before[at]) !== JSON.stringify(after[at])
  return {
    before: itemWords(
      ground.prices,
      before.filter((_, at) => differs(at)),
    ),
    after: itemWords(
      ground.prices,
      after.filter((_, at) => differs(at)),
    ),
  }
}

/** What was promised: a price of the day becomes the price of today. */
const promised = (prices: LoadedPrices, items: readonly TurnItem[]): TurnItem[] =>
  items.map((item) => ({
    ...item,
    unitPrice: item.unitPrice ?? prices.products.get(item.productId)?.price ?? null,
  }))

function planned(ground: BulkGround, { row, changes }: DueContract): PlannedDelivery[] | null {
  try {
    const { today } = ground.shipping
    return planOf(ground.shipping, row, changes, { today, count: REACH }).filter(isDelivery)
  } catch (error) {
    if (error instanceof NoOpenDay) return null
    throw error
  }
}

/** The turns ahead, cut where the change begins. */
function cutPlan(ground: BulkGround, due: DueContract, fromDate: string | null) {
  const plan = planned(ground, due)
  if (plan === null) return { blocked: '出荷カレンダーに営業日がないため、お届け日を決められません。' }
  const isPaused = due.row.status === 'paused' || due.row.pause_from !== null
  if (plan.length === 0 && !isPaused) return { blocked: 'これから届ける回がありません。' }
  const { today } = ground.shipping
  const at = plan.findIndex(
    (turn) => turn.changeUntil >= today && (fromDate === null || turn.deliverOn >= fromDate),
  )
  if (at >= 0) return { before: plan.slice(0, at), behind: plan.slice(at) }
  if (plan.length === 0) return { before: [], behind: [] }
  if (plan.length >= REACH)
    return { blocked: '適用開始日までの回が多いため変更できません。開始日を近くしてください。' }
  if (isPaused) return { before: plan, behind: [] }
  return { blocked: '終了回までに、対象のお届けがありません。' }
}

/** Single turns ahead that have goods of their own: a change for good does not reach them. */
function ownTurns(
  due: DueContract,
  behind: readonly PlannedDelivery[],
  wish: BulkWish,
  today: string,
): string[] {
  return behind.flatMap(({ turn, index, deliverOn }) => {
    const own = ownItemsOf(due.changes, index)
    if (own === null || changedItems(own, wish.change) === own) return []
    return [`${turn}回目(${dateWords(deliverOn, today)})は、個別に変更した商品のまま変わりません。`]
  })
}

function totalsOf(
  ground: BulkGround,
  due: DueContract,
  turn: PlannedDelivery,
  items: { readonly before: readonly TurnItem[]; readonly after: readonly TurnItem[] },
) {
  const goods = goodsOf(due)
  const total = (some: readonly TurnItem[]) =>
    priceOfTurn(ground.prices, goods, { items: some, turn: turn.turn, shipOn: turn.shipOn }).quote.total
  return { oldTotal: total(items.before), newTotal: total(items.after) }
}

function showOf(
  ground: BulkGround,
  due: DueContract,
  wish: BulkWish,
  at: {
    readonly goods: TurnGoods
    readonly changed: TurnGoods
    readonly before: readonly PlannedDelivery[]
    readonly behind: readonly PlannedDelivery[]
  },
): BulkShown {
  const { today } = ground.shipping
  const both = (turn: number, index: number) => ({
    before: itemsOfTurn(at.goods, due.changes, turn, index),
    after: itemsOfTurn(at.changed, due.changes, turn, index),
  })
  const first = at.behind.find(({ turn, index }) => {
    const items = both(turn, index)
    return JSON.stringify(items.before) !== JSON.stringify(items.after)
  })
  const set = at.goods.sets.findIndex((items) => changedItems(items, wish.change) !== items)
  const words = wordsOf(ground, at.goods.sets[set] ?? [], at.changed.sets[set] ?? [])
  const notes = ownTurns(due, at.behind, wish, today)
  const [late] = at.before
  if (late && late.changeUntil < today)
    notes.push(`${late.turn}回目(${dateWords(late.deliverOn, today)})は締め切り後のため、変わりません。`)
  if (!first) {
    const turn = due.row.next_turn + at.before.length
    return { ...words, turn, deliverOn: null, oldTotal: null, newTotal: null, notes }
  }
  const totals = totalsOf(ground, due, first, both(first.turn, first.index))
  if (totals.oldTotal === totals.newTotal) notes.push('合計金額は変わりません(段階価格などがあるため)。')
  return { ...words, turn: first.turn, deliverOn: first.deliverOn, ...totals, notes }
}

const NOTHING: BulkShown = {
  before: '',
  after: '',
  turn: 0,
  deliverOn: null,
  oldTotal: null,
  newTotal: null,
  notes: [],
}

/** Reckons what a change would make of a contract, or why it cannot be made. Asks nobody. */
export function planBulk(ground: BulkGround, due: DueContract, wish: BulkWish): Outcome {
  const goods = goodsOf(due)
  const sets = goods.sets.map((items) => changedItems(items, wish.change))
  if (sets.every((items, at) => items === goods.sets[at]))
    return { blocked: 'すでにこの内容です。', shown: NOTHING }
  const fault = sets.map(itemsFault).find((one) => one !== null)
  if (fault != null) return { blocked: fault, shown: NOTHING }
  const cut = cutPlan(ground, due, wish.fromDate)
  if ('blocked' in cut) return { blocked: cut.blocked, shown: NOTHING }
  const changed = { ...goods, sets }
  const frozen = cut.before.flatMap(({ turn, index }): TurnChange[] => {
    if (ownItemsOf(due.changes, index) !== null) return []
    const items = itemsOfTurn(goods, due.changes, turn, index)
    if (changedItems(items, wish.change) === items) return []
    return [
      {
        rule_index: index,
        kind: 'items',
        move_to: null,
        items: JSON.stringify(promised(ground.prices, items)),
      },
    ]
  })
  return { ready: { sets, frozen, shown: showOf(ground, due, wish, { goods, changed, ...cut }) } }
}
