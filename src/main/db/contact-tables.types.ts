import type { Consent } from './customer-tables.types'

/** Epoch milliseconds, UTC. */
type Instant = number

/** 用件 codes, 結果 codes and template texts. */
export interface ContactMasterTable {
  id: string
  kind: 'topic' | 'result' | 'template'
  label: string
  /** The text of a template. */
  body: string
  position: number
  /** 0: no longer offered; what was logged with it stays readable. */
  active: number
  updated_at: Instant
  updated_by: string | null
  version: number
}

/** One contact with a customer (対応履歴). */
export interface ContactLogTable {
  id: string
  customer_id: string
  kind: 'contact' | 'identity-check'
  at: Instant
  channel: 'phone' | 'mail' | 'postcard' | 'fax' | 'other'
  direction: 'in' | 'out'
  topic_id: string | null
  result_id: string | null
  status: 'open' | 'done'
  body: string
  /** Plain date by which it is to be done. */
  due_on: string | null
  operator_id: string
  /** SVエスカレーション; null: never raised. */
  escalation: 'open' | 'answered' | 'closed' | null
  escalation_reason: string | null
  escalated_at: Instant | null
  escalated_by: string | null
  escalation_answer: string | null
  answered_at: Instant | null
  answered_by: string | null
  updated_at: Instant
  version: number
}

export interface ContactLogOrderTable {
  log_id: string
  order_id: string
}

/** 折り返し予約. */
export interface CallbackTable {
  id: string
  customer_id: string
  due_at: Instant
  /** Null: whoever is free. */
  assignee_id: string | null
  /** Digits. */
  phone: string
  reason: string
  status: 'open' | 'done' | 'cancelled'
  /** When the reminder shows: the due time, or later when it was put off. */
  remind_at: Instant
  created_at: Instant
  created_by: string
  ended_at: Instant | null
  ended_by: string | null
  version: number
}

/** A note for whoever speaks with the customer next. */
export interface PinnedNoteTable {
  id: string
  customer_id: string
  body: string
  created_at: Instant
  created_by: string
  done_at: Instant | null
  done_by: string | null
}

/** 本人確認: what was asked and how it ended, never what was answered. */
export interface IdentityCheckTable {
  id: string
  customer_id: string
  at: Instant
  operator_id: string
  seat: string
  /** JSON: questions with whether each matched. */
  asked: string
  outcome: 'verified' | 'failed'
  valid_until: Instant
  /** The call was over. */
  ended_at: Instant | null
}

/** How a consent to mail or DM was given or taken back. */
export interface ConsentEventTable {
  id: string
  customer_id: string
  at: Instant
  channel: 'mail' | 'dm'
  consent: Consent
  how: string
  operator_id: string
}
