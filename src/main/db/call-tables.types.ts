/** Epoch milliseconds, UTC. */
type Instant = number

/** A call that came in at a seat. Kept for 30 days; whose number it is is looked up when it is shown. */
export interface PhoneCallTable {
  id: string
  seat: string
  kind: 'number' | 'withheld' | 'payphone' | 'out-of-area' | 'none'
  /** Digits; empty without a number. */
  phone: string
  source: 'link' | 'argument' | 'clipboard'
  state: 'waiting' | 'answered' | 'passed'
  rang_at: Instant
  last_rang_at: Instant
  times: number
  answered_at: Instant | null
  answered_by: string | null
  checkout_id: string | null
}

/** Somebody serves this customer at a seat, until the lease expires. */
export interface ServingLeaseTable {
  customer_id: string
  /** One opened desk. */
  holder: string
  seat: string
  user_id: string
  place: 'order' | 'detail'
  since: Instant
  expires_at: Instant
}

/** An order that a person has open as a tab. */
export interface OpenTabTable {
  checkout_id: string
  user_id: string
  opened_at: Instant
}
