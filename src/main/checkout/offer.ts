import type { CheckoutForm, OrderLegal } from '../../contract/checkout'
import { businessDate } from '../domain/calendar/tokyo'
import { legalVerdict } from '../domain/offers/legal-mode'
import { normalizeCode } from '../domain/products/product-fields'
import { saleStateOn } from '../domain/products/sale-state'
import type { CheckoutDeps } from './deps'

/** A running advertisement that the caller names, with what it showed. */
export interface NamedOffer {
  readonly offer: NonNullable<OrderLegal['offer']>
  readonly legalMode: OrderLegal['mode']
  readonly statutory: boolean
  readonly wholeRange: boolean
  /** Advertised price of the product's own kind; null: the usual one. */
  readonly products: ReadonlyMap<string, { readonly price: number | null; readonly subscription: boolean }>
}

/** The offer with the 申込番号 of the form, when it runs today; null when none is named or it is not known. */
export async function namedOffer(
  deps: CheckoutDeps,
  form: Pick<CheckoutForm, 'offerCode'>,
): Promise<NamedOffer | null> {
  const code = normalizeCode(form.offerCode)
  if (code === '') return null
  const { db } = deps.database
  const row = await db
    .selectFrom('offer')
    .innerJoin('medium', 'medium.id', 'offer.medium_id')
    .selectAll('offer')
    .select('medium.name as medium_name')
    .where('offer.code', '=', code)
    .executeTakeFirst()
  if (!row) return null
  const dates = { active: row.active === 1, from: row.valid_from, to: row.valid_to }
  if (saleStateOn(dates, businessDate(deps.clock.now())) !== 'on-sale') return null
  const products = await db
    .selectFrom('offer_product')
    .select(['product_id', 'price', 'subscription'])
    .where('offer_id', '=', row.id)
    .execute()
  return {
    offer: { code: row.code, name: row.name, medium: row.medium_name, validTo: row.valid_to },
    legalMode: row.legal_mode,
    statutory: row.statutory === 1,
    wholeRange: row.whole_range === 1,
    products: new Map(
      products.map(({ product_id: id, price, subscription }) => [
        id,
        { price, subscription: subscription === 1 },
      ]),
    ),
  }
}

/** 通信販売 or 電話勧誘販売, for these goods under the named offer. */
export function legalOf(
  form: Pick<CheckoutForm, 'offerCode'>,
  named: NamedOffer | null,
  goods: readonly { readonly productId: string; readonly name: string }[],
  subscription = false,
): OrderLegal {
  const advertised = named && {
    legalMode: named.legalMode,
    statutory: named.statutory,
    wholeRange: named.wholeRange,
    products: [...named.products].map(([productId, { subscription }]) => ({ productId, subscription })),
  }
  const items = goods.map(({ productId }) => ({ productId, subscription }))
  const { mode, reason, outside } = legalVerdict(advertised, items)
  const names = goods.filter(({ productId }) => outside.includes(productId)).map(({ name }) => name)
  return {
    mode,
    reason,
    outside: [...new Set(names)],
    offer: named?.offer ?? null,
    unknown: named === null && form.offerCode.trim() !== '',
  }
}
