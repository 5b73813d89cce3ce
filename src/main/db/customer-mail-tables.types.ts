/** Epoch milliseconds, UTC. */
type Instant = number

export type CustomerMailKind =
  | 'payment-declined'
  | 'card-trouble'
  | 'turn-given-up'
  | 'card-expiring'
  | 'change-deadline'

/** Texts of mails to customers; null: the program's own. */
export interface MailTemplateTable {
  kind: CustomerMailKind
  subject: string | null
  body: string | null
  /** 0: no mails of this kind are written. */
  active: 0 | 1
  updated_at: Instant
  updated_by: string | null
  version: number
}

/** A mail to a customer of 定期: the row comes first, then the sending, then the mark. */
export interface CustomerMailTable {
  id: string
  /** What it tells of, once: kind and turn, or kind, contract and card or turn. */
  event_key: string
  kind: CustomerMailKind
  customer_id: string
  subscription_id: string
  cycle_id: string | null
  turn: number
  recipient: string | null
  /** Null until it is written, shortly before it is sent. */
  subject: string | null
  body: string | null
  state: 'waiting' | 'sending' | 'sent' | 'unknown' | 'failed' | 'cancelled' | 'phone' | 'called'
  cause: string | null
  smtp_code: number | null
  tries: number
  /** Null when it is not tried by itself. */
  next_try_at: Instant | null
  claimed_at: Instant | null
  created_at: Instant
  sent_at: Instant | null
  updated_at: Instant
  updated_by: string | null
  version: number
}

export interface CustomerMailTables {
  mail_template: MailTemplateTable
  customer_mail: CustomerMailTable
}
