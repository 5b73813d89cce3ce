import { z } from 'zod'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, text, Version } from './values'

/** 対象 (listed) or 候補 (candidate). */
export const Listing = z.enum(['candidate', 'listed'])
export type Listing = z.infer<typeof Listing>
export const Standing = z.enum(['none', 'candidate', 'listed'])
export type Standing = z.infer<typeof Standing>

/** What an order is compared by. */
export const BlacklistField = z.enum(['name', 'kana', 'phone', 'email', 'postal-code', 'address'])
export type BlacklistField = z.infer<typeof BlacklistField>

/** A condition entry as typed; empty fields are no condition. */
export const BlacklistEntryFields = z.object({
  standing: Listing,
  reason: text(200),
  name: text(80),
  kana: text(120),
  phone: text(30),
  email: text(254),
  postalCode: text(12),
  /** From the prefecture to the house number, without the building. */
  address: text(200),
})
export type BlacklistEntryFields = z.infer<typeof BlacklistEntryFields>

export const BlacklistEntry = BlacklistEntryFields.extend({
  id: Id,
  version: Version,
  updatedAt: Instant,
  updatedBy: z.string(),
})
export type BlacklistEntry = z.infer<typeof BlacklistEntry>

export const BlacklistSettings = z.object({
  /** Fields that must match; an entry with fewer conditions matches when all of them do. */
  required: z.int().min(1).max(6),
  /** What happens to an order that matches a 候補: held like a 対象, or only marked. */
  candidates: z.enum(['hold', 'mark']),
  /** Declined cards in a row after which no card is taken of a customer; null: never. */
  cardFailureLimit: z.int().min(1).max(99).nullable(),
})
export type BlacklistSettings = z.infer<typeof BlacklistSettings>

/** Why an order was held or marked. */
export const BlacklistMatch = z.object({
  /** Null: the customer; else the position of the delivery. */
  shipment: z.int().nullable(),
  /** A marked customer, or a condition entry. */
  source: z.enum(['customer', 'entry']),
  sourceId: Id,
  standing: Listing,
  reason: z.string(),
  /** Empty: it is the marked customer itself. */
  fields: z.array(BlacklistField),
})
export type BlacklistMatch = z.infer<typeof BlacklistMatch>

export const OrderHold = z.object({
  id: Id,
  kind: z.enum(['hold', 'mark']),
  at: Instant,
  matches: z.array(BlacklistMatch),
  released: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
})
export type OrderHold = z.infer<typeof OrderHold>

/** How a customer stands, and how that came about, newest first. */
export const CustomerStanding = z.object({
  standing: Standing,
  reason: z.string(),
  cardFailures: z.int(),
  cardBlockedAt: Instant.nullable(),
  cardFailureLimit: z.int().nullable(),
  events: z.array(
    z.object({
      at: Instant,
      kind: z.enum(['none', 'candidate', 'listed', 'card-blocked', 'card-unblocked']),
      reason: z.string(),
      /** Null: the desk by itself. */
      by: z.string().nullable(),
    }),
  ),
})
export type CustomerStanding = z.infer<typeof CustomerStanding>

const invalid = {
  INVALID_FIELDS: {
    message: '入力内容を確認してください。',
    data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
} as const
const changed = {
  STANDING_CHANGED: { message: 'ほかの画面で先に変更されました。最新の内容を確認してください。' },
} as const
const settings = z.object({ version: Version, values: BlacklistSettings })

/** 顧客一覧 > ブラックリスト, and the standing of one customer. */
export const blacklist = {
  /** Condition entries, the latest first. */
  list: procedure('blacklist.manage')
    .input(PageInput.extend({ text: text(80).default('') }))
    .output(page(BlacklistEntry)),
  add: procedure('blacklist.manage')
    .input(z.object({ fields: BlacklistEntryFields }))
    .output(BlacklistEntry)
    .errors(invalid),
  save: procedure('blacklist.manage')
    .input(z.object({ id: Id, version: Version, fields: BlacklistEntryFields }))
    .output(BlacklistEntry)
    .errors(invalid),
  /** Takes an entry away, or brings it back. Orders that it held stay held. */
  remove: procedure('blacklist.manage')
    .input(z.object({ id: Id, removed: z.boolean() }))
    .output(z.null()),
  settings: procedure('settings.read').output(settings),
  saveSettings: procedure('settings.write').input(settings).output(settings),
  customer: procedure('customer.read')
    .input(z.object({ customerId: Id }))
    .output(CustomerStanding),
  /** 対象, 候補 or neither, over the standing that the screen has seen. */
  mark: procedure('blacklist.manage')
    .input(z.object({ customerId: Id, seen: Standing, standing: Standing, reason: text(200) }))
    .output(CustomerStanding)
    .errors({ ...invalid, ...changed }),
  /** Lets cards be taken of the customer again. */
  unblockCard: procedure('blacklist.manage')
    .input(z.object({ customerId: Id, reason: text(200) }))
    .output(CustomerStanding)
    .errors({ ...invalid, ...changed }),
}
