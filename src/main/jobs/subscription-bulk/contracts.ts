import type { Kysely } from 'kysely'
import { isDeepStrictEqual } from 'node:util'
import type { BulkWish } from '../../../contract/subscription-bulk'
import type { CheckoutDeps } from '../../checkout/deps'
import { loadShipping, type LoadedShipping } from '../../checkout/subscription-plan'
import { loadPrices, productIdsOf, type LoadedPrices } from '../../checkout/subscription-price'
import { contractGoods, type ContractGoods, type SubscriptionRow } from '../../checkout/subscription-turn-due'
import type { Database } from '../../db/database.types'

/** What a change is reckoned from; a contract has three times as many columns. */
export const CONTRACT_COLUMNS = [
  'id',
  'number',
  'version',
  'status',
  'rule',
  'anchor',
  'item_mode',
  'min_turns',
  'last_turn',
  'payment_method',
  'ship_prefecture',
  'ship_postal_code',
  'next_index',
  'next_turn',
  'last_shipped_on',
  'pause_from',
  'pause_until',
] as const

type ContractRow = Pick<SubscriptionRow, (typeof CONTRACT_COLUMNS)[number]>

/** A contract as a change looks at it: neither customer nor card. */
export interface BulkContract extends ContractGoods {
  readonly row: ContractRow
}

/** What changes are reckoned against; read once for many contracts. */
export interface BulkGround {
  readonly shipping: LoadedShipping
  readonly prices: LoadedPrices
}

/** The goods of contracts, in their order. */
export async function withGoods(db: Kysely<Database>, rows: readonly ContractRow[]): Promise<BulkContract[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const goodsOf = await contractGoods(db, ids)
  return rows.map((row) => ({ row, ...goodsOf(row.id) }))
}

/**
 * Calendar and prices for contracts, read anew for each chunk of one work. What the calendar says of a day is looked up
 * once for as long as the shop's days stay the same: thousands of contracts ask for the same days.
 */
export function groundKeeper(deps: CheckoutDeps, wish: BulkWish) {
  const more = wish.change.kind === 'replace' ? [wish.change.byProductId] : []
  let known: LoadedShipping | null = null
  return async (contracts: readonly BulkContract[]): Promise<BulkGround> => {
    const ids = contracts.flatMap((due) => productIdsOf(due, due.changes))
    const [fresh, prices] = await Promise.all([loadShipping(deps), loadPrices(deps, [...ids, ...more])])
    const isSame = isDeepStrictEqual(known?.delivery.rules.calendar, fresh.delivery.rules.calendar)
    known = { ...fresh, isOpen: (isSame && known?.isOpen) || fresh.isOpen }
    return { shipping: known, prices }
  }
}
