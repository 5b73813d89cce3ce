import { z } from 'zod'
import { Email } from './auth'
import { procedure } from './procedure'
import { Id, Instant, PlainDate, text, Version } from './values'

/** 未申込, 申込中, 利用中, 停止 of カード情報非保持化テンキーサービス. */
export const OptionState = z.enum(['not-applied', 'applied', 'in-use', 'stopped'])
export type OptionState = z.infer<typeof OptionState>

/** 申込, 取下げ, 回答を記録, 停止. */
export const OptionEvent = z.enum(['apply', 'withdraw', 'answer', 'stop'])
export type OptionEvent = z.infer<typeof OptionEvent>

export const OptionStep = z.object({
  id: Id,
  event: OptionEvent,
  from: OptionState,
  to: OptionState,
  at: Instant,
  by: z.string(),
  note: z.string(),
})

/** Why a mail has not gone out. The server's own words stay in main: they may name people. */
export const MailCause = z.enum([
  'not-set-up',
  'password-unreadable',
  'host-not-found',
  'connection-refused',
  'connection-lost',
  'timeout',
  'tls',
  'sign-in',
  'sender-refused',
  'recipient-refused',
  'message-refused',
])
export type MailCause = z.infer<typeof MailCause>

/** 送信待ち, 送信中, 送信済み, 結果不明 (handed over, no answer), 取りやめ. */
export const MailState = z.enum(['queued', 'sending', 'sent', 'unknown', 'dropped'])
export type MailState = z.infer<typeof MailState>

export const MailView = z.object({
  id: Id,
  version: Version,
  state: MailState,
  to: z.string(),
  subject: z.string(),
  attempts: z.int(),
  createdAt: Instant,
  sentAt: Instant.nullable(),
  /** When it is tried again by itself; null when a person has to act. */
  nextAttemptAt: Instant.nullable(),
  cause: MailCause.nullable(),
  /** What the mail server answered, as a number (RFC 5321, 4.2). */
  smtpCode: z.int().nullable(),
})
export type MailView = z.infer<typeof MailView>

export const OptionView = z.object({
  state: OptionState,
  version: Version,
  /** The provider answers until this day, within three business days. Null unless 申込中. */
  answerDueOn: PlainDate.nullable(),
  overdue: z.boolean(),
  /** What may happen next. */
  allowed: z.array(OptionEvent),
  /** Newest first. */
  steps: z.array(OptionStep),
  /** The application's mail, while there is one. */
  mail: MailView.nullable(),
  mailReady: z.boolean(),
})
export type OptionView = z.infer<typeof OptionView>

export const MailTls = z.enum(['tls', 'starttls', 'none'])
export type MailTls = z.infer<typeof MailTls>

/** Where applications go, and the server that takes them. The password travels only towards main. */
export const MailSettings = z.object({
  providerAddress: z.union([Email, z.literal('')]),
  senderAddress: z.union([Email, z.literal('')]),
  host: text(253),
  port: z.int().min(1).max(65_535),
  tls: MailTls,
  user: text(254),
})
export type MailSettings = z.infer<typeof MailSettings>

/** A new password; null keeps the one there is, an empty text removes it. */
const MailPassword = z.string().max(256).nullable()

const invalid = {
  INVALID_FIELDS: {
    message: '入力内容を確認してください。',
    data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
} as const

const SavedMail = z.object({ version: Version, values: MailSettings, hasPassword: z.boolean() })

export const options = {
  get: procedure('settings.read').output(OptionView),
  /** 確認: the mail as it would be sent now, and until when an answer is due. */
  preview: procedure('option.apply')
    .input(z.object({ note: text(500) }))
    .output(
      z.object({
        from: z.string(),
        to: z.string(),
        subject: z.string(),
        body: z.string(),
        answerDueOn: PlainDate,
      }),
    )
    .errors({
      MAIL_NOT_SET_UP: {
        message: '申込メールの送信先と送信サーバーを設定してから、もう一度お進みください。',
      },
    }),
  /** 確定: 申込中 and the mail in the queue, both or neither; it is sent right afterwards. */
  apply: procedure('option.apply')
    .input(z.object({ version: Version, note: text(500) }))
    .output(OptionView)
    .errors({
      MAIL_NOT_SET_UP: {
        message: '申込メールの送信先と送信サーバーを設定してから、もう一度お進みください。',
      },
      NOT_ALLOWED: { message: '今の状態では、この操作はできません。最新の状態を確認してください。' },
    }),
  /** 取下げ, 提供元の回答を記録, 停止. */
  step: procedure('option.apply')
    .input(z.object({ version: Version, event: OptionEvent.exclude(['apply']), note: text(500) }))
    .output(OptionView)
    .errors({
      NOT_ALLOWED: { message: '今の状態では、この操作はできません。最新の状態を確認してください。' },
    }),
  /** 再送: the same mail again, under the same Message-ID. */
  resend: procedure('option.apply')
    .input(z.object({ mailId: Id, version: Version }))
    .output(OptionView),
  getMail: procedure('option.apply').output(SavedMail),
  saveMail: procedure('option.apply')
    .input(z.object({ version: Version, values: MailSettings, password: MailPassword }))
    .output(SavedMail)
    .errors(invalid),
  /** Signs in at the mail server with these values; sends nothing, keeps nothing. */
  testMail: procedure('option.apply')
    .input(z.object({ values: MailSettings, password: MailPassword }))
    .output(z.object({ ok: z.boolean(), cause: MailCause.nullable(), smtpCode: z.int().nullable() }))
    .errors(invalid),
  /** What keeps cards from being keyed at this desk: nothing in training. */
  cardEntry: procedure('keypad.use').output(
    z.object({ blockedBy: z.enum(['not-applied', 'stopped']).nullable() }),
  ),
}
