import { z } from 'zod'
import { MailCause } from './options'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, text, Version } from './values'

/** What a customer of 定期 is written: 決済不成立, カードの確認, 回の不成立, カードの期限, 変更期限. */
export const CustomerMailKind = z.enum([
  /** The card was refused; it is tried again by itself. */
  'payment-declined',
  /** The card has to be replaced: nothing is tried any more. */
  'card-trouble',
  /** The turn was given up. */
  'turn-given-up',
  /** The card is over before the next turn. */
  'card-expiring',
  /** 変更期限 is near. */
  'change-deadline',
])
export type CustomerMailKind = z.infer<typeof CustomerMailKind>

/** 送信待ち, 送信中, 送信済み, 結果不明, 送信失敗, 取消, 電話で連絡, 連絡済み. */
export const CustomerMailState = z.enum([
  'waiting',
  'sending',
  'sent',
  /** Handed over, no answer: nobody knows whether it went out. Never repeated by itself. */
  'unknown',
  'failed',
  'cancelled',
  /** No mail can or may reach this customer: somebody calls. */
  'phone',
  'called',
])
export type CustomerMailState = z.infer<typeof CustomerMailState>

/** Why a mail is not on its way: what a server said, or what the desk found before it asked one. */
export const CustomerMailCause = z.enum([
  ...MailCause.options,
  /** The customer wants no mail. */
  'no-consent',
  'no-address',
  'bad-address',
  /** What it tells is not so any more: paid, changed, over. */
  'outdated',
  /** The shop has switched this kind off meanwhile. */
  'kind-off',
  'by-person',
])
export type CustomerMailCause = z.infer<typeof CustomerMailCause>

export const CustomerMailRow = z.object({
  id: Id,
  version: Version,
  kind: CustomerMailKind,
  state: CustomerMailState,
  customer: z.object({ id: Id, number: z.int(), name: z.string(), phone: z.string() }),
  subscription: z.object({ id: Id, number: z.int() }),
  turn: z.int(),
  order: z.object({ id: Id, number: z.int() }).nullable(),
  to: z.string().nullable(),
  /** Null until it is written, shortly before it is sent. */
  subject: z.string().nullable(),
  cause: CustomerMailCause.nullable(),
  /** What the mail server answered, as a number (RFC 5321, 4.2). */
  smtpCode: z.int().nullable(),
  tries: z.int(),
  createdAt: Instant,
  sentAt: Instant.nullable(),
  /** When it is tried by itself; null when it is not. */
  nextTryAt: Instant.nullable(),
})
export type CustomerMailRow = z.infer<typeof CustomerMailRow>

export const CustomerMailDetail = CustomerMailRow.extend({
  /** The text as it went out, or as it would now. */
  text: z.object({ from: z.string(), subject: z.string(), body: z.string() }),
  can: z.object({ resend: z.boolean(), cancel: z.boolean(), markCalled: z.boolean() }),
})
export type CustomerMailDetail = z.infer<typeof CustomerMailDetail>

export const CustomerMailFilter = z.object({
  /** Name, kana, phone or number of the customer, or 定期番号. */
  text: text(80).default(''),
  state: z.array(CustomerMailState).max(CustomerMailState.options.length).default([]),
  kind: z.array(CustomerMailKind).max(CustomerMailKind.options.length).default([]),
})
export type CustomerMailFilter = z.infer<typeof CustomerMailFilter>

/** How the sending stands at this seat. */
export const MailQueueState = z.object({
  /** Why nothing is sent from this seat; null: it is. */
  stopped: z.enum(['not-set-up', 'password-unreadable']).nullable(),
  /** Kinds that are written at all. */
  kindsOn: z.int(),
  waiting: z.int(),
  /** Waits for somebody who calls. */
  phone: z.int(),
  /** What the server said last while mails wait. */
  trouble: MailCause.nullable(),
  nextTryAt: Instant.nullable(),
})
export type MailQueueState = z.infer<typeof MailQueueState>

const Subject = text(120)
const Body = text(3000)

export const MailTemplateText = z.object({ subject: Subject, body: Body })
export type MailTemplateText = z.infer<typeof MailTemplateText>

export const MailTemplateView = MailTemplateText.extend({
  kind: CustomerMailKind,
  /** Mails of this kind are written and sent. */
  active: z.boolean(),
  /** The program's own text. */
  standard: MailTemplateText,
  /** Names that may stand in braces, with what each says in the sample. */
  placeholders: z.array(z.object({ name: z.string(), sample: z.string() })),
  version: Version,
})
export type MailTemplateView = z.infer<typeof MailTemplateView>

/** When the reminders go out. */
export const CustomerMailSettings = z.object({
  /** 変更期限の何日前. */
  deadlineDaysBefore: z.int().min(0).max(30),
  /** 次回の受注作成の何日前から. */
  cardDaysBefore: z.int().min(1).max(90),
})
export type CustomerMailSettings = z.infer<typeof CustomerMailSettings>

const one = z.object({ id: Id, version: Version })
const Stored = z.object({ version: Version, settings: CustomerMailSettings })
const notNow = {
  NOT_NOW: { message: 'いまの状態では、この操作はできません。最新の状態を確認してください。' },
} as const

export const customerMails = {
  /** メール送信, the newest first. */
  list: procedure('subscription.read')
    .input(PageInput.extend({ filter: CustomerMailFilter.default({ text: '', state: [], kind: [] }) }))
    .output(page(CustomerMailRow)),
  get: procedure('subscription.read')
    .input(z.object({ id: Id }))
    .output(CustomerMailDetail),
  queue: procedure('subscription.read').output(MailQueueState),
  /** 再送, to the address that the customer's file has now. One whose fate is not known keeps its text and Message-ID. */
  resend: procedure('subscription.write')
    .input(one)
    .output(CustomerMailDetail)
    .errors({
      ...notNow,
      NO_ADDRESS: {
        message:
          'メールを送れるアドレスがありません。顧客詳細でメールアドレスとメールの可否を確認するか、お電話でご連絡ください。',
      },
    }),
  cancel: procedure('subscription.write').input(one).output(CustomerMailDetail).errors(notNow),
  /** 連絡済み: somebody has called instead. */
  markCalled: procedure('subscription.write').input(one).output(CustomerMailDetail).errors(notNow),
  /** Saves what the list shows; `saved` is false when the person chose no place. */
  exportCsv: procedure('customer.export')
    .input(z.object({ filter: CustomerMailFilter, encoding: z.enum(['utf-8', 'shift_jis']) }))
    .output(z.object({ saved: z.boolean(), rows: z.int(), unwritable: z.array(z.string()) })),
  templates: procedure('settings.read').output(z.array(MailTemplateView)),
  /** The text with the sample in the place of its names; `unknown`: names that this kind does not have. */
  preview: procedure('settings.read')
    .input(MailTemplateText.extend({ kind: CustomerMailKind }))
    .output(MailTemplateText.extend({ unknown: z.array(z.string()) })),
  saveTemplate: procedure('settings.write')
    .input(MailTemplateText.extend({ kind: CustomerMailKind, version: Version, active: z.boolean() }))
    .output(MailTemplateView)
    .errors({
      INVALID_FIELDS: {
        message: '入力内容を確認してください。',
        data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
      },
    }),
  settings: procedure('settings.read').output(Stored),
  saveSettings: procedure('settings.write').input(Stored).output(Stored),
}
