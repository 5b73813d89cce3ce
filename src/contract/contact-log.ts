import { z } from 'zod'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, PlainDate, text, Version } from './values'

export const ContactChannel = z.enum(['phone', 'mail', 'postcard', 'fax', 'other'])
export type ContactChannel = z.infer<typeof ContactChannel>
export const ContactDirection = z.enum(['in', 'out'])
export const ContactStatus = z.enum(['open', 'done'])
export type ContactStatus = z.infer<typeof ContactStatus>
/** SVエスカレーション: waits for a supervisor, was answered, or is over. */
export const EscalationState = z.enum(['open', 'answered', 'closed'])
export type EscalationState = z.infer<typeof EscalationState>

export const MasterKind = z.enum(['topic', 'result', 'template'])
export type MasterKind = z.infer<typeof MasterKind>

/** A 用件 code, a 結果 code or a template text. */
export const ContactMaster = z.object({
  id: Id,
  kind: MasterKind,
  label: z.string(),
  /** The text of a template; empty for codes. */
  body: z.string(),
  active: z.boolean(),
  version: Version,
})
export type ContactMaster = z.infer<typeof ContactMaster>

export const ContactView = z.object({
  id: Id,
  customerId: Id,
  customerName: z.string(),
  kind: z.enum(['contact', 'identity-check']),
  at: Instant,
  channel: ContactChannel,
  direction: ContactDirection,
  topicId: Id.nullable(),
  topic: z.string().nullable(),
  resultId: Id.nullable(),
  result: z.string().nullable(),
  status: ContactStatus,
  body: z.string(),
  dueOn: PlainDate.nullable(),
  isOverdue: z.boolean(),
  operatorName: z.string(),
  orders: z.array(z.object({ id: Id, number: z.int() })),
  escalation: z
    .object({
      state: EscalationState,
      reason: z.string(),
      raisedAt: Instant,
      raisedBy: z.string(),
      answer: z.string().nullable(),
      answeredAt: Instant.nullable(),
      answeredBy: z.string().nullable(),
    })
    .nullable(),
  version: Version,
})
export type ContactView = z.infer<typeof ContactView>

/** What a person writes down of a contact. */
export const ContactInput = z.object({
  channel: ContactChannel,
  direction: ContactDirection,
  topicId: Id.nullable(),
  resultId: Id.nullable(),
  status: ContactStatus,
  body: text(4000).min(1),
  dueOn: PlainDate.nullable(),
  orderIds: z.array(Id).max(10),
})
export type ContactInput = z.infer<typeof ContactInput>

export const ContactFilter = z.object({
  /** Words of the text, the 用件, the 結果 or the customer's name. */
  text: text(80).default(''),
  mine: z.boolean().default(false),
  open: z.boolean().default(false),
  /** Escalated and not over. */
  escalated: z.boolean().default(false),
  /** Open, and its day has come. */
  due: z.boolean().default(false),
})
export type ContactFilter = z.infer<typeof ContactFilter>

const NO_FILTER = { text: '', mine: false, open: false, escalated: false, due: false }
const wrong = { INVALID: { message: '用件・結果・注文の選択を確認してください。' } }
const moved = { MOVED: { message: 'ほかの人が先に進めています。最新の内容を確認してください。' } }
const one = z.object({ id: Id, version: Version })

export const contactLog = {
  /** 対応履歴, newest first: of one customer, or of all. */
  list: procedure('contact.use')
    .input(
      PageInput.extend({ customerId: Id.nullable().default(null), filter: ContactFilter.default(NO_FILTER) }),
    )
    .output(page(ContactView)),
  get: procedure('contact.use')
    .input(z.object({ id: Id }))
    .output(ContactView),
  add: procedure('contact.use')
    .input(ContactInput.extend({ customerId: Id }))
    .output(ContactView)
    .errors(wrong),
  save: procedure('contact.use').input(ContactInput.extend(one.shape)).output(ContactView).errors(wrong),
  /** Raises it to a supervisor. */
  escalate: procedure('contact.use')
    .input(one.extend({ reason: text(1000).min(1) }))
    .output(ContactView)
    .errors(moved),
  answer: procedure('contact.supervise')
    .input(one.extend({ answer: text(2000).min(1) }))
    .output(ContactView)
    .errors(moved),
  /** The matter is over: answered and told, or no longer needed. */
  closeEscalation: procedure('contact.use').input(one).output(ContactView).errors(moved),
  /** 用件, 結果 and template texts, also those no longer offered. */
  masters: procedure('contact.use').output(z.array(ContactMaster)),
  saveMaster: procedure('settings.write')
    .input(
      z.object({
        /** Null: a new one, with version 1. */
        id: Id.nullable(),
        version: Version,
        kind: MasterKind,
        label: text(40).min(1),
        body: text(2000),
        active: z.boolean(),
      }),
    )
    .output(z.array(ContactMaster)),
}
