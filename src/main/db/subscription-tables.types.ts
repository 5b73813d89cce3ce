import type { Generated } from 'kysely'

/** Epoch milliseconds, UTC. */
type Instant = number
/** Plain date of business, Asia/Tokyo. */
type PlainDate = string

export type SubscriptionStatus =
  | 'pending'
  | 'active'
  | 'paused'
  | 'payment-stopped'
  | 'cancelled'
  | 'finished'

/** 定期契約. */
export interface SubscriptionTable {
  id: string
  /** 定期番号. */
  number: number
  status: SubscriptionStatus
  shop_id: string
  operator_id: string
  customer_id: string
  /** The draft that it was made of; null for contracts from elsewhere. */
  checkout_id: string | null
  /** JSON of `CycleRule`. */
  rule: string
  /** A date that the rule names: index 0. */
  anchor: PlainDate
  /** `alternating` goes round its sets, `course` has one set a turn and stays at the last one. */
  item_mode: 'fixed' | 'alternating' | 'course'
  /** 最低継続回数; 0: none. */
  min_turns: number
  /** Last turn of a contract that ends (頒布会); null: goes on. */
  last_turn: number | null
  payment_method: 'card' | 'cod' | 'deferred' | 'bank-transfer' | 'konbini' | 'none'
  card_id: string | null
  /** The service's id of the first charge by the customer: recurring charges refer to it. */
  first_transaction_id: string | null
  ship_name: string
  ship_phone: string
  ship_postal_code: string
  ship_prefecture: string
  ship_city: string
  ship_address: string
  ship_building: string | null
  slot_code: string | null
  /** JSON of `Gift`. */
  gift: string
  channel: 'phone' | 'postcard' | 'fax' | 'mail'
  offer_code: string | null
  /** 広告媒体 that brought the contract. */
  medium: Generated<string | null>
  note: string | null
  /** JSON array of what was read to the customer. */
  read_sentences: string
  read_at: Instant | null
  read_by: string | null
  /** JSON: how the customer agreed to recurring charges. */
  consent: string
  /** Where the plan goes on: index of the rule's date, number of the turn. */
  next_index: number
  next_turn: number
  last_shipped_on: PlainDate | null
  /** The next planned delivery, kept with each change; null when none is planned. */
  next_ship_on: PlainDate | null
  next_deliver_on: PlainDate | null
  next_generate_on: PlainDate | null
  /** 締め切り: last day on which the next turn may be changed. */
  change_until: PlainDate | null
  pause_from: PlainDate | null
  pause_until: PlainDate | null
  started_on: PlainDate
  cancelled_at: Instant | null
  cancel_reason: string | null
  cancel_note: string | null
  import_id: Generated<string | null>
  /** The number by which the system that it came from calls it. */
  external_number: Generated<string | null>
  created_at: Instant
  updated_at: Instant
  version: number
}

export interface SubscriptionItemTable {
  subscription_id: string
  /** 0 for `fixed`; the number of the set otherwise, from 0. */
  set_no: number
  position: number
  product_id: string
  quantity: number
  /** Agreed price of one, of the product's own price kind, yen; null: the price of the day. */
  unit_price: number | null
}

export interface SubscriptionPriceStepTable {
  subscription_id: string
  position: number
  from_turn: number
  /** Included; null: for good. */
  to_turn: number | null
  /** `goods-total`: the goods of the turn cost this much altogether. */
  kind: 'percent-off' | 'yen-off' | 'goods-total'
  value: number
  label: string
}

/** What was asked for one date of the rule. */
export interface SubscriptionTurnChangeTable {
  subscription_id: string
  rule_index: number
  kind: 'skip' | 'move' | 'items'
  move_to: PlainDate | null
  /** JSON of items of this turn alone. */
  items: string | null
  by_person: string | null
  at: Instant
}

/** 回. A row is written when its turn is ordered or passed over; what is planned is reckoned. */
export interface SubscriptionCycleTable {
  id: string
  subscription_id: string
  rule_index: number
  /** Null for a date that was passed over. */
  turn: number | null
  status: 'planned' | 'skipped' | 'ordered' | 'auth-failed' | 'authorized' | 'shipped' | 'failed'
  rule_date: PlainDate
  ship_on: PlainDate | null
  deliver_on: PlainDate | null
  order_id: string | null
  /** Its payments hang on this checkout (purpose `subscription-turn`): one live payment a turn. */
  checkout_id: string | null
  amount: number | null
  /** Authorizations that were declined. */
  tries: number
  next_retry_on: PlainDate | null
  last_code: string | null
  last_raw_code: string | null
  /** 要対応: why a person has to look at it; null: nobody has to. */
  attention: string | null
  called_at: Instant | null
  run_id: string | null
  created_at: Instant
  updated_at: Instant
  version: number
}

/** History of a contract. */
export interface SubscriptionEventTable {
  id: string
  subscription_id: string
  kind: string
  /** JSON, without personal data. */
  content: string
  at: Instant
  by_person: string | null
}

export interface SubscriptionRunTable {
  id: string
  business_date: PlainDate
  dry: 0 | 1
  state: 'running' | 'done' | 'cancelled' | 'failed'
  started_by: string | null
  seat: string
  due: number
  ordered: number
  authorized: number
  declined: number
  unknown: number
  skipped: number
  /** JSON. */
  report: string
  started_at: Instant
  finished_at: Instant | null
  version: number
  /** Null: from the command line. */
  job_id: Generated<string | null>
  /** Yen with tax of the orders that it has made. */
  ordered_yen: Generated<number>
  /** Yen of what was authorized in it, of its own orders and of earlier ones. */
  authorized_yen: Generated<number>
}
