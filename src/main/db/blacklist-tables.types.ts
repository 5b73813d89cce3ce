/** Epoch milliseconds, UTC. */
type Instant = number

export type BlacklistFieldName = 'name' | 'kana' | 'phone' | 'email' | 'postal-code' | 'address'

/** Conditions as typed; an empty one is none. */
interface BlacklistEntryTable {
  id: string
  standing: 'candidate' | 'listed'
  reason: string
  name: string
  kana: string
  phone: string
  email: string
  postal_code: string
  address: string
  search_text: string
  created_at: Instant
  updated_at: Instant
  updated_by: string
  removed_at: Instant | null
  version: number
}

/** One normalised value of an entry or of a marked customer: what an order is looked up by. */
interface BlacklistKeyTable {
  /** Field and normalised value. */
  key: string
  /** Id of the entry or of the customer. */
  source: string
  field: BlacklistFieldName
  entry_id: string | null
  customer_id: string | null
}

/** An order that matched. At most one of an order is open. */
interface OrderHoldTable {
  id: string
  order_id: string
  /** `mark`: flagged only. */
  kind: 'hold' | 'mark'
  /** JSON of the matches. */
  matches: string
  /** The status that the order gets when it is let go. */
  status_after: string
  held_at: Instant
  released_at: Instant | null
  released_by: string | null
  release_reason: string | null
}

/** What was done to a customer's standing, and why; nobody did what the desk did by itself. */
interface CustomerStandingEventTable {
  id: string
  customer_id: string
  at: Instant
  kind: 'none' | 'candidate' | 'listed' | 'card-blocked' | 'card-unblocked'
  reason: string
  operator_id: string | null
}

export interface BlacklistTables {
  blacklist_entry: BlacklistEntryTable
  blacklist_key: BlacklistKeyTable
  order_hold: OrderHoldTable
  customer_standing_event: CustomerStandingEventTable
}
