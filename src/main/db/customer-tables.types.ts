import type { Generated } from 'kysely'

/** Epoch milliseconds, UTC. */
type Instant = number

export type Consent = 'unknown' | 'yes' | 'no'

export interface CustomerTable {
  id: string
  number: number
  family_name: string
  given_name: string
  family_kana: string
  given_kana: string
  email: string | null
  /** Digits only. Further phones are in `customer_other_phone`. */
  phone: string
  phone_last4: string
  postal_code: string
  prefecture: string
  city: string
  address: string
  building: string | null
  note: string | null
  created_at: Instant
  updated_at: Instant
  version: number
  /** オフライン顧客 has no login at a web shop. */
  kind: Generated<'member' | 'offline'>
  company: Generated<string | null>
  sex: Generated<'male' | 'female' | 'other' | null>
  /** Plain date. */
  birthday: Generated<string | null>
  /** 職業, the number of EC-CUBE's master (1–18). */
  job_code: Generated<number | null>
  mail_consent: Generated<Consent>
  dm_consent: Generated<Consent>
  status: Generated<'active' | 'merged' | 'anonymised'>
  /** The customer that this one was merged into. */
  merged_into: Generated<string | null>
  /** 対象 (listed) or 候補 (candidate). */
  blacklist: Generated<'none' | 'candidate' | 'listed'>
  blacklist_reason: Generated<string | null>
  /** Card authorizations that failed in a row. */
  card_failures: Generated<number>
  card_blocked_at: Generated<Instant | null>
  /** The import that brought this customer; unseen until that import is switched to visible. */
  import_id: Generated<string | null>
}

/** Phones besides the main one. */
export interface CustomerOtherPhoneTable {
  customer_id: string
  position: number
  digits: string
  last4: string
  typed: string
  label: string
}

/** お届け先 of a customer besides the own address. */
export interface CustomerAddressTable {
  id: string
  customer_id: string
  label: string
  name: string
  phone: string
  postal_code: string
  prefecture: string
  city: string
  address: string
  building: string | null
  created_at: Instant
  updated_at: Instant
  removed_at: Instant | null
  version: number
}

export interface CustomerTagTable {
  customer_id: string
  tag: string
}

/** Search tokens of a customer; the physical form differs between the databases. */
export interface CustomerSearchTable {
  customer_number: number
  tokens: string
}

/** The narrow table behind the list of customers; triggers keep it. */
export interface CustomerListTable {
  number: number
  kana: string
  prefecture: string
  status: string
  blacklist: string
  import_id: string | null
  /** Orders that were not cancelled. */
  order_count: Generated<number>
  /** 0: never. */
  last_ordered_at: Generated<Instant>
}

/** A search of a list, kept by a person under a name. */
export interface SavedSearchTable {
  id: string
  user_id: string
  list: string
  name: string
  /** The query part of the list's address. */
  query: string
  created_at: Instant
}
