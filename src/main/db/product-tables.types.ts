import type { Generated } from 'kysely'

/** Epoch milliseconds, UTC. */
type Instant = number
/** 0 or 1: the one form of truth that both databases keep alike. */
type Flag = number

export interface ProductTable {
  id: string
  code: string
  name: string
  kana: string
  /** code, name and kana, normalised for search. */
  search_text: string
  /** Yen; with or without tax as `price_kind` says. */
  price: number
  tax_class: 'standard' | 'reduced'
  temperature: 'normal' | 'chilled' | 'frozen'
  /** 0: 販売停止, whatever the dates say. */
  active: Flag
  created_at: Instant
  updated_at: Instant
  version: number
  price_kind: Generated<'gross' | 'net'>
  /** 定期可 */
  subscribable: Generated<Flag>
  /** 同梱可 */
  bundleable: Generated<Flag>
  /** Pieces; null: not counted. Below zero: more was promised than there is. */
  stock: Generated<number | null>
  /** Plain dates, both included. */
  sale_from: Generated<string | null>
  sale_to: Generated<string | null>
}

export interface TaxRateTable {
  tax_class: 'standard' | 'reduced'
  rate_percent: number
  valid_from: string
}

/** 媒体 */
export interface MediumTable {
  id: string
  code: string
  name: string
  kind: 'tv' | 'radio' | 'newspaper' | 'magazine' | 'flyer' | 'catalogue' | 'dm' | 'web' | 'other'
  active: Flag
  created_at: Instant
  updated_at: Instant
  version: number
}

/** オファー: one advertisement, under the 申込番号 that callers name. */
export interface OfferTable {
  id: string
  code: string
  name: string
  search_text: string
  medium_id: string
  /** What an order that comes of it is, as long as it keeps to what was advertised. */
  legal_mode: 'mail-order' | 'telemarketing'
  /** It showed what 特定商取引法 11条 asks for. */
  statutory: Flag
  /** 全商品: whatever the shop sells was advertised. */
  whole_range: Flag
  /** Plain dates, both included. */
  valid_from: string
  valid_to: string | null
  note: string
  active: Flag
  created_at: Instant
  updated_at: Instant
  version: number
}

export interface OfferProductTable {
  offer_id: string
  product_id: string
  /** Advertised price, yen, of the product's own kind; null: the usual one. */
  price: number | null
  /** 定期 was advertised too. */
  subscription: Flag
}
