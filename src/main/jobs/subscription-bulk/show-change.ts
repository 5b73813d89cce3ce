import type { BulkShown, BulkWish } from '../../../contract/subscription-bulk'
import type { TurnChange } from '../../checkout/subscription-plan'
import {
  itemsOfTurn,
  ownItemsOf,
  priceOfTurn,
  type LoadedPrices,
  type TurnGoods,
  type TurnItem,
} from '../../checkout/subscription-price'
import type { PlannedDelivery } from '../../domain/subscriptions/cycle-plan'
import { setOfTurn } from '../../domain/subscriptions/delivery-forecast'
import { stepOfTurn } from '../../domain/subscriptions/turn-price'
import { dateWords } from '../../domain/subscriptions/words'
import type { BulkContract, BulkGround } from './contracts'

/** The turns ahead, cut where the change begins. */
export interface CutPlan {
  readonly before: readonly PlannedDelivery[]
  /** The first turn that the change is about; null: none that is known. */
  readonly first: PlannedDelivery | null
  /** It and all behind it, planned as far as somebody looks. */
  readonly behind: Iterable<PlannedDelivery>
}

type Sets = readonly (readonly TurnItem[])[]

const YEN = new Intl.NumberFormat('ja-JP')
const yenWords = (yen: number): string => `${YEN.format(yen)}円`

export const isSame = (one: TurnItem, other: TurnItem): boolean =>
  one.productId === other.productId && one.quantity === other.quantity && one.unitPrice === other.unitPrice

function itemWords(prices: LoadedPrices, { productId, quantity, unitPrice }: TurnItem): string {
  const product = prices.products.get(productId)
  const name = product?.name ?? ''
  const price = yenWords(unitPrice ?? product?.price ?? 0)
  return `${quantity === 1 ? name : `${name}×${quantity}`} ${price}${unitPrice === null ? '(その日の価格)' : ''}`
}

/** Items of all sets in words, each once. */
const words = (prices: LoadedPrices, items: readonly TurnItem[]): string =>
  [...new Set(items.map((item) => itemWords(prices, item)))].join('、')

/** The items that are different, before and after. */
function wordsOf({ prices }: BulkGround, before: Sets, after: Sets) {
  const only = (some: Sets, others: Sets) =>
    some.flatMap((items, at) => items.filter((item) => !others[at]?.some((one) => isSame(one, item))))
  return { before: words(prices, only(before, after)), after: words(prices, only(after, before)) }
}

/** What a contract has of the product that cannot be changed. */
export function nothingShown({ prices }: BulkGround, sets: Sets, { change }: BulkWish): BulkShown {
  const ids = change.kind === 'price' ? change.prices.map(({ productId }) => productId) : [change.productId]
  const concerned = sets.flat().filter(({ productId }) => ids.includes(productId))
  const nothing = { after: '', turn: 0, deliverOn: null, oldTotal: null, newTotal: null, notes: [] }
  return { before: words(prices, concerned), ...nothing }
}

interface Shown extends CutPlan {
  readonly goods: TurnGoods
  readonly changed: TurnGoods
  /** Turns with goods of their own that change, too. */
  readonly own: readonly { readonly items: readonly TurnItem[]; readonly changed: readonly TurnItem[] }[]
  /** Changes of single turns, as they are behind it. */
  readonly changes: readonly TurnChange[]
  /** 最低継続回数 that keeps what was promised; 0: none. */
  readonly keptTurns: number
  /** Whether the change is about these goods. */
  readonly concerns: (items: readonly TurnItem[]) => boolean
}

/** What a turn delivers and costs, before and after. */
interface Compared {
  readonly turn: PlannedDelivery
  readonly oldTotal: number
  readonly newTotal: number
  /** Products that only the changed turn has and that are not on sale on its day. */
  readonly offSale: readonly string[]
}

/** Goods of a turn, before and after. */
const itemsAt = (due: BulkContract, { goods, changed, changes }: Shown, { turn, index }: PlannedDelivery) =>
  [itemsOfTurn(goods, due.changes, turn, index), itemsOfTurn(changed, changes, turn, index)] as const

function differs(due: BulkContract, shown: Shown, turn: PlannedDelivery): boolean {
  const [before, after] = itemsAt(due, shown, turn)
  return before.length !== after.length || after.some((item) => !before.some((one) => isSame(one, item)))
}

function compare(ground: BulkGround, due: BulkContract, shown: Shown, turn: PlannedDelivery) {
  const priced = (some: TurnGoods, items: readonly TurnItem[]) =>
    priceOfTurn(ground.prices, some, { items: [...items], turn: turn.turn, shipOn: turn.shipOn })
  const [old, changed] = itemsAt(due, shown, turn)
  const [before, after] = [priced(shown.goods, old), priced(shown.changed, changed)]
  const compared: Compared = {
    turn,
    oldTotal: before.quote.total,
    newTotal: after.quote.total,
    offSale: after.offSale.filter((name) => !before.offSale.includes(name)),
  }
  return compared
}

/** Turns ahead that stay as they are, and why. */
function keptWords(ground: BulkGround, due: BulkContract, shown: Shown): string[] {
  const { today } = ground.shipping
  const notes: string[] = []
  const late = shown.before.find(({ changeUntil }) => changeUntil < today)
  if (late)
    notes.push(`${late.turn}回目(${dateWords(late.deliverOn, today)})は締め切り後のため、変わりません。`)
  if (shown.before.some(({ turn, changeUntil }) => turn <= shown.keptTurns && changeUntil >= today))
    notes.push(`最低継続回数の${shown.keptTurns}回目までは、約束した内容のままです。`)
  const lastOwn = Math.max(
    -1,
    ...due.changes.flatMap(({ kind, rule_index: at }) => (kind === 'items' ? [at] : [])),
  )
  if (lastOwn < (shown.first?.index ?? Infinity)) return notes
  for (const { turn, index, deliverOn } of shown.behind) {
    if (index > lastOwn) break
    const own = ownItemsOf(due.changes, index)
    if (own === null || !shown.concerns(own)) continue
    const words = `${turn}回目(${dateWords(deliverOn, today)})は、`
    const isChanged = ownItemsOf(shown.changes, index)?.some((item) => !own.some((one) => isSame(one, item)))
    notes.push(
      isChanged === true
        ? `${words}この回だけの商品も差し替えます。`
        : `${words}その回だけの商品・単価が決まっているため変わりません。`,
    )
  }
  return notes
}

/** What the price of a turn follows from, of turns without goods of their own: set, step, and the rates of its day. */
function pricedBy({ prices }: BulkGround, { goods }: Shown, { turn, shipOn }: PlannedDelivery): string {
  const step = stepOfTurn(goods.priceSteps, turn)
  return [
    setOfTurn(goods.itemMode, turn, goods.sets.length),
    step === null ? -1 : goods.priceSteps.indexOf(step),
    prices.rates.filter(({ validFrom }) => validFrom <= shipOn).length,
  ].join()
}

/** The first turn behind this one whose total changes. */
function laterChange(ground: BulkGround, due: BulkContract, shown: Shown, first: PlannedDelivery) {
  const same = new Set<string>()
  for (const turn of shown.behind) {
    if (turn.index <= first.index) continue
    const by = ownItemsOf(due.changes, turn.index) === null ? pricedBy(ground, shown, turn) : null
    if ((by !== null && same.has(by)) || !differs(due, shown, turn)) continue
    const { oldTotal, newTotal } = compare(ground, due, shown, turn)
    if (oldTotal !== newTotal) return turn
    if (by !== null) same.add(by)
  }
  return null
}

/** What is to be known of the totals: that they stay, from when they do not, and what cannot be sold. */
function totalWords(ground: BulkGround, due: BulkContract, shown: Shown, first: Compared): string[] {
  const { today } = ground.shipping
  const notes = first.offSale.map((name) => `「${name}」は、この回の出荷日には販売していません。`)
  if (first.oldTotal !== first.newTotal) return notes
  const later = laterChange(ground, due, shown, first.turn)
  return [
    ...notes,
    later
      ? `合計が変わるのは${later.turn}回目(${dateWords(later.deliverOn, today)}お届け分)からです。`
      : '1回の合計は変わりません。',
  ]
}

function firstThat(turns: Iterable<PlannedDelivery>, is: (turn: PlannedDelivery) => boolean) {
  for (const turn of turns) if (is(turn)) return turn
  return null
}

/** What becomes of a contract, in words. `deliverOn` is null when no turn ahead changes. */
export function showOf(ground: BulkGround, due: BulkContract, shown: Shown): BulkShown {
  const both = wordsOf(
    ground,
    [...shown.goods.sets, ...shown.own.map(({ items }) => items)],
    [...shown.changed.sets, ...shown.own.map(({ changed }) => changed)],
  )
  const notes = keptWords(ground, due, shown)
  const turn = firstThat(shown.behind, (one) => differs(due, shown, one))
  if (turn === null) {
    const next = due.row.next_turn + shown.before.length
    const resumed = '停止中のため、再開して最初の回から変わります。'
    return {
      ...both,
      turn: next,
      deliverOn: null,
      oldTotal: null,
      newTotal: null,
      notes: [...notes, resumed],
    }
  }
  const first = compare(ground, due, shown, turn)
  const { oldTotal, newTotal } = first
  notes.push(...totalWords(ground, due, shown, first))
  return { ...both, turn: turn.turn, deliverOn: turn.deliverOn, oldTotal, newTotal, notes }
}
