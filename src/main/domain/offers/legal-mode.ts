import type { LegalMode } from '../../../contract/offers'

/** What an advertisement offered. */
export interface AdvertisedOffer {
  readonly legalMode: LegalMode
  /** It showed what 特定商取引法 11条 asks for. */
  readonly statutory: boolean
  readonly wholeRange: boolean
  readonly products: readonly { readonly productId: string; readonly subscription: boolean }[]
}

/** One thing that is ordered. */
export interface OrderedItem {
  readonly productId: string
  /** Ordered as 定期. */
  readonly subscription: boolean
}

export interface LegalVerdict {
  readonly mode: LegalMode
  /** Why it is 電話勧誘販売: the offer itself, an advertisement without the statutory items, or goods outside of it. */
  readonly reason: 'offer' | 'not-statutory' | 'outside' | null
  /** Products that the advertisement did not offer, or not as 定期. */
  readonly outside: readonly string[]
}

/**
 * What an order is by law. Since 2023-06-01 an order on the phone is 電話勧誘販売 where the shop proposes what the
 * advertisement did not offer with its statutory items, even 定期 of the very product (特定商取引法施行令 2条の改正): then
 * written documents and an eight-day クーリング・オフ. Without a known offer nothing outside of it can be told.
 */
export function legalVerdict(offer: AdvertisedOffer | null, items: readonly OrderedItem[]): LegalVerdict {
  if (offer === null) return { mode: 'mail-order', reason: null, outside: [] }
  const isAdvertised = ({ productId, subscription }: OrderedItem): boolean =>
    offer.products.some((one) => one.productId === productId && (one.subscription || !subscription)) ||
    (offer.wholeRange && !subscription)
  const outside = [...new Set(items.filter((item) => !isAdvertised(item)).map((item) => item.productId))]
  if (offer.legalMode === 'telemarketing') return { mode: 'telemarketing', reason: 'offer', outside }
  if (!offer.statutory) return { mode: 'telemarketing', reason: 'not-statutory', outside }
  if (outside.length > 0) return { mode: 'telemarketing', reason: 'outside', outside }
  return { mode: 'mail-order', reason: null, outside: [] }
}
