import type { Kysely, Selectable } from 'kysely'
import { z } from 'zod'
import type { OrderLegal, PaymentMethod, Quote } from '../../contract/checkout'
import {
  SubscriptionItem,
  type PlannedTurn as ShownTurn,
  type PriceStep,
  type SubscriptionForm,
} from '../../contract/subscription-form'
import { yen } from '../../contract/values'
import type { Database } from '../db/database.types'
import type { SubscriptionItemTable } from '../db/subscription-tables.types'
import { rateOn, type DatedRate } from '../domain/pricing/rates'
import type { ShopCharges } from '../domain/pricing/order-totals'
import { saleStateOn } from '../domain/products/sale-state'
import type { PlannedTurn } from '../domain/subscriptions/cycle-plan'
import { setOfTurn } from '../domain/subscriptions/delivery-forecast'
import { stepOfTurn, turnTotals } from '../domain/subscriptions/turn-price'
import type { CheckoutDeps } from './deps'
import { productsOf, type ProductRow } from './priced-lines'
import { notesOf, shippingFor, type LoadedShipping, type TurnChange } from './subscription-plan'
import { quoteParts } from './quote-parts'

export type TurnItem = SubscriptionForm['sets'][number][number]

/** What a contract delivers and for how much. */
export interface TurnGoods {
  readonly itemMode: SubscriptionForm['itemMode']
  readonly sets: readonly (readonly TurnItem[])[]
  readonly priceSteps: readonly PriceStep[]
  readonly method: PaymentMethod | null
  readonly prefecture: string
}

/** Products, rates and charges: read once for many turns. */
export interface LoadedPrices {
  readonly products: ReadonlyMap<string, ProductRow>
  readonly rates: readonly DatedRate[]
  readonly charges: ShopCharges
}

export async function loadPrices(
  deps: Pick<CheckoutDeps, 'database' | 'charges'>,
  productIds: Iterable<string>,
): Promise<LoadedPrices> {
  const { db } = deps.database
  const ids = [...new Set(productIds)]
  const [products, rates, charges] = await Promise.all([
    ids.length === 0 ? [] : db.executeQuery(productsOf(db, ids)).then(({ rows }) => rows),
    datedRates(db),
    deps.charges(),
  ])
  return { products: new Map(products.map((row) => [row.id, row])), rates, charges }
}

async function datedRates(db: Kysely<Database>): Promise<DatedRate[]> {
  const rows = await db.selectFrom('tax_rate').selectAll().execute()
  return rows.map(({ tax_class: taxClass, rate_percent: ratePercent, valid_from: validFrom }) => ({
    taxClass,
    ratePercent,
    validFrom,
  }))
}

const OwnItems = z.array(SubscriptionItem)

/** Items of one turn alone, as they are kept. */
export const ownItemsOf = (changes: readonly TurnChange[], ruleIndex: number): TurnItem[] | null => {
  const own = changes.find((change) => change.kind === 'items' && change.rule_index === ruleIndex)
  return own?.items == null ? null : OwnItems.parse(JSON.parse(own.items))
}

/** The rows of a contract as its sets. */
export function setsOf(rows: readonly Selectable<SubscriptionItemTable>[]): TurnItem[][] {
  const sets: TurnItem[][] = []
  const inOrder = rows.toSorted((a, b) => a.set_no - b.set_no || a.position - b.position)
  for (const { set_no: set, product_id: productId, quantity, unit_price: unitPrice } of inOrder) {
    while (sets.length <= set) sets.push([])
    sets[set]?.push({ productId, quantity, unitPrice })
  }
  return sets
}

/** What a turn (回) delivers: its own items where they were changed for it alone, else its set. */
export const itemsOfTurn = (
  goods: Pick<TurnGoods, 'itemMode' | 'sets'>,
  changes: readonly TurnChange[],
  turn: number,
  ruleIndex: number,
): readonly TurnItem[] =>
  ownItemsOf(changes, ruleIndex) ?? goods.sets[setOfTurn(goods.itemMode, turn, goods.sets.length)] ?? []

/** A turn as its order says it. `total` of the quote is what is left after the discount. */
export interface TurnPrice {
  readonly quote: Omit<Quote, 'legal'>
  /** What the step that holds for this turn is called; null: nothing is taken off. */
  readonly discountLabel: string | null
  /** Names of products that the shop does not sell on the day of the turn: a person looks at it. */
  readonly offSale: readonly string[]
}

/** One turn with what it is priced by. */
export interface TurnToPrice {
  readonly items: readonly TurnItem[]
  readonly turn: number
  /** The day of 引渡し: its tax rates hold. */
  readonly shipOn: string
}

/** The lines of a turn at agreed prices or those of today; products that are gone fall out. */
function linesOf(prices: LoadedPrices, { items, shipOn }: TurnToPrice) {
  return items.flatMap(({ productId, quantity, unitPrice }) => {
    const product = prices.products.get(productId)
    const ratePercent = product && rateOn(prices.rates, product.tax_class, shipOn)
    if (!product || ratePercent == null) return []
    return [
      {
        productId,
        shipment: 0,
        code: product.code,
        name: product.name,
        unitPrice: unitPrice ?? product.price,
        quantity,
        taxClass: product.tax_class,
        ratePercent,
        priceKind: product.price_kind,
        stock: product.stock,
        cool: product.temperature !== 'normal',
      },
    ]
  })
}

type PricedGoods = Pick<TurnGoods, 'priceSteps' | 'method' | 'prefecture'>

function reckon(prices: LoadedPrices, goods: PricedGoods, turn: TurnToPrice) {
  const lines = linesOf(prices, turn)
  const step = stepOfTurn(goods.priceSteps, turn.turn)
  const prefecture = goods.prefecture === '' ? null : goods.prefecture
  const serviceRatePercent =
    rateOn(prices.rates, 'standard', turn.shipOn) ?? prices.charges.serviceRatePercent
  const charges = { ...prices.charges, serviceRatePercent }
  return { lines, step, totals: turnTotals({ lines, step, prefecture, method: goods.method }, charges) }
}

/**
 * Prices a turn: agreed prices, the others of today; the step of its number; rates of the day on which it ships (引渡し).
 * Products that are off sale are priced all the same, and named.
 */
export function priceOfTurn(prices: LoadedPrices, goods: PricedGoods, turn: TurnToPrice): TurnPrice {
  const { lines, step, totals } = reckon(prices, goods, turn)
  const offSale = lines.flatMap(({ productId, name }) => {
    const product = prices.products.get(productId)
    if (!product) return []
    const sale = { active: product.active === 1, from: product.sale_from, to: product.sale_to }
    return saleStateOn(sale, turn.shipOn) === 'on-sale' ? [] : [name]
  })
  return {
    quote: quoteParts(lines, totals),
    discountLabel: totals.discount === 0 ? null : (step?.label.trim() ?? '') || '定期割引',
    offSale,
  }
}

/** Yen that the desk can show. */
const LARGEST_SHOWN = 999_999_999

/** All products that a contract may deliver. */
export const productIdsOf = (
  goods: Pick<TurnGoods, 'sets'>,
  changes: readonly TurnChange[] = [],
): string[] => [
  ...goods.sets.flat().map(({ productId }) => productId),
  ...changes.flatMap(({ rule_index: index }) =>
    (ownItemsOf(changes, index) ?? []).map(({ productId }) => productId),
  ),
]

/** The plan as a screen shows it: items and what each turn costs at the prices of today, and why dates are shifted. */
export function shownPlan(
  known: { readonly shipping: LoadedShipping; readonly prices: LoadedPrices },
  plan: readonly PlannedTurn[],
  goods: TurnGoods & { readonly postalCode: string },
  changes: readonly TurnChange[],
): ShownTurn[] {
  const { leadDays } = shippingFor(known.shipping, goods)
  return plan.map((turn): ShownTurn => {
    const { index: ruleIndex, ruleDate } = turn
    if (turn.kind !== 'delivery') {
      const nothing = { deliverOn: null, shipOn: null, generateOn: null, changeUntil: null, total: null }
      const { kind } = turn
      return { ruleIndex, kind, turn: null, ruleDate, ...nothing, notes: [], items: [], ownItems: false }
    }
    const items = itemsOfTurn(goods, changes, turn.turn, ruleIndex)
    const { lines, totals } = reckon(known.prices, goods, { items, turn: turn.turn, shipOn: turn.shipOn })
    return {
      ruleIndex,
      kind: 'delivery',
      turn: turn.turn,
      ruleDate,
      deliverOn: turn.deliverOn,
      shipOn: turn.shipOn,
      generateOn: turn.generateOn,
      changeUntil: turn.changeUntil,
      notes: notesOf(known.shipping, turn, leadDays),
      items: lines.map(({ productId, name, quantity }) => ({ productId, name, quantity })),
      // What costs more than the desk can show is no order; the check of the form says so.
      total: totals.total > LARGEST_SHOWN ? null : yen(totals.total),
      ownItems: ownItemsOf(changes, ruleIndex) !== null,
    }
  })
}

/** An order that comes of no offer any more: as the contract was agreed. */
export const legalOfContract = (mode: OrderLegal['mode'], reason: OrderLegal['reason']): OrderLegal => ({
  mode,
  reason,
  outside: [],
  offer: null,
  unknown: false,
})
