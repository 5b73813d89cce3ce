import type { PriceKind } from '../../../../contract/products'
import type { BulkChange, BulkDetail, BulkFilter, BulkWish } from '../../../../contract/subscription-bulk'

export interface DraftProduct {
  readonly id: string
  readonly code: string
  readonly name: string
  /** Of the product master, yen. */
  readonly price: number
  /** The price and what is agreed are with or without tax. */
  readonly priceKind: PriceKind
}

export interface DraftPrice {
  readonly product: DraftProduct
  readonly price: number | null
}

/** A 一括変更 as it is typed: all that any kind asks, so that nothing is lost when another kind is looked at. */
export interface BulkDraft {
  readonly kind: BulkChange['kind']
  readonly prices: readonly DraftPrice[]
  readonly from: DraftProduct | null
  readonly by: DraftProduct | null
  readonly perOne: number | null
  readonly priced: 'day' | 'agreed'
  readonly agreed: number | null
  /** No state: all of them. */
  readonly filter: BulkFilter
  readonly start: 'next' | 'date'
  readonly fromDate: string | null
  readonly keepsMinimum: boolean
  readonly reason: string
}

export const STATES = ['active', 'paused', 'payment-stopped'] as const satisfies BulkFilter['states']

export const EMPTY: BulkDraft = {
  kind: 'price',
  prices: [],
  from: null,
  by: null,
  perOne: 1,
  priced: 'day',
  agreed: null,
  filter: {
    states: [],
    turnFrom: null,
    turnTo: null,
    nextFrom: null,
    nextTo: null,
    currentPrice: null,
  },
  start: 'next',
  fromDate: null,
  keepsMinimum: true,
  reason: '',
}

/** As the contract bounds them. */
export const MOST_PRICES = 20
const MOST_YEN = 9_999_999
const MOST_TURN = 9_999
const MOST_EACH = 99

export type Missing =
  | 'prices'
  | 'price'
  | 'from'
  | 'by'
  | 'perOne'
  | 'agreed'
  | 'fromDate'
  | 'turn'
  | 'amount'

/** What has to be typed yet, by the path of its field. */
export type Faults = ReadonlyMap<string, Missing>

const within = (value: number | null, most: number, least = 0): value is number =>
  value !== null && value >= least && value <= most

function changeOf(draft: BulkDraft, faults: Map<string, Missing>): BulkChange | null {
  const amount = (path: string, value: number | null, missing: Missing) => {
    if (!within(value, MOST_YEN)) faults.set(path, value === null ? missing : 'amount')
    return value ?? 0
  }
  if (draft.kind === 'price') {
    if (draft.prices.length === 0) faults.set('prices', 'prices')
    const prices = draft.prices.map(({ product, price }) => ({
      productId: product.id,
      price: amount(`prices.${product.id}`, price, 'price'),
    }))
    return { kind: 'price', prices }
  }
  const { from, by, perOne, priced } = draft
  if (from === null) faults.set('from', 'from')
  if (by === null) faults.set('by', 'by')
  if (!within(perOne, MOST_EACH, 1)) faults.set('perOne', 'perOne')
  const price = priced === 'day' ? null : amount('agreed', draft.agreed, 'agreed')
  if (from === null || by === null || perOne === null) return null
  return { kind: 'replace', productId: from.id, byProductId: by.id, perOne, price }
}

/** What is wished, or what has to be typed before it is one. */
export function wishOfDraft(draft: BulkDraft): { readonly wish: BulkWish } | { readonly faults: Faults } {
  const faults = new Map<string, Missing>()
  const change = changeOf(draft, faults)
  const { filter, start, fromDate, keepsMinimum, reason } = draft
  for (const key of ['turnFrom', 'turnTo'] as const)
    if (filter[key] !== null && !within(filter[key], MOST_TURN, 1)) faults.set(`filter.${key}`, 'turn')
  if (filter.currentPrice !== null && !within(filter.currentPrice, MOST_YEN))
    faults.set('filter.currentPrice', 'amount')
  if (start === 'date' && fromDate === null) faults.set('fromDate', 'fromDate')
  if (change === null || faults.size > 0) return { faults }
  const states = filter.states.length === 0 ? [...STATES] : filter.states
  return {
    wish: {
      change,
      filter: { ...filter, states },
      fromDate: start === 'date' ? fromDate : null,
      keepsMinimum,
      reason: reason.trim(),
    },
  }
}

/** An earlier 一括変更 as a draft: what 作り直す begins with. */
export function draftOf({ wish, products }: Pick<BulkDetail, 'wish' | 'products'>): BulkDraft {
  const { change, filter, fromDate, keepsMinimum, reason } = wish
  const known = new Map(products.map((product) => [product.id, product]))
  const base: BulkDraft = {
    ...EMPTY,
    kind: change.kind,
    filter: filter.states.length === STATES.length ? { ...filter, states: [] } : filter,
    start: fromDate === null ? 'next' : 'date',
    fromDate,
    keepsMinimum,
    reason,
  }
  if (change.kind === 'price') {
    const prices = change.prices.flatMap(({ productId, price }) => {
      const product = known.get(productId)
      return product ? [{ product, price }] : []
    })
    return { ...base, prices }
  }
  return {
    ...base,
    from: known.get(change.productId) ?? null,
    by: known.get(change.byProductId) ?? null,
    perOne: change.perOne,
    priced: change.price === null ? 'day' : 'agreed',
    agreed: change.price,
  }
}
