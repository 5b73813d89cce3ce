import { z } from 'zod'
import { procedure } from './procedure'
import { Id, Instant, text, Version } from './values'

/** 折り返し予約: somebody is to be called back. */
export const CallbackView = z.object({
  id: Id,
  customerId: Id,
  customerName: z.string(),
  dueAt: Instant,
  /** Null: whoever is free. */
  assigneeId: Id.nullable(),
  assigneeName: z.string().nullable(),
  phone: z.string(),
  reason: z.string(),
  status: z.enum(['open', 'done', 'cancelled']),
  /** When the reminder shows (again). */
  remindAt: Instant,
  isOverdue: z.boolean(),
  createdBy: z.string(),
  endedBy: z.string().nullable(),
  endedAt: Instant.nullable(),
  version: Version,
})
export type CallbackView = z.infer<typeof CallbackView>

const taken = {
  TAKEN: { message: 'この折り返しは、ほかの人が先に変更しています。最新の内容を確認してください。' },
}
const one = z.object({ id: Id, version: Version })

export const callbacks = {
  /** What this person is to be reminded of now, the oldest first, and how many more wait. */
  reminders: procedure('contact.use').output(
    z.object({ due: z.array(CallbackView).max(20), nextAt: Instant.nullable() }),
  ),
  /** All that are open for this person or for anyone, the earliest first. */
  mine: procedure('contact.use').output(z.array(CallbackView).max(200)),
  ofCustomer: procedure('contact.use')
    .input(z.object({ customerId: Id }))
    .output(z.array(CallbackView).max(50)),
  /** Who can be asked to call back. */
  people: procedure('contact.use').output(z.array(z.object({ id: Id, name: z.string() }))),
  add: procedure('contact.use')
    .input(
      z.object({
        customerId: Id,
        dueAt: Instant,
        assigneeId: Id.nullable(),
        phone: text(30),
        reason: text(500).min(1),
      }),
    )
    .output(CallbackView)
    .errors({ INVALID: { message: '折り返しの電話番号と担当者を確認してください。' } }),
  /** あとで: reminds again after so many minutes. */
  snooze: procedure('contact.use')
    .input(one.extend({ minutes: z.int().min(1).max(1440) }))
    .output(CallbackView)
    .errors(taken),
  end: procedure('contact.use')
    .input(one.extend({ as: z.enum(['done', 'cancelled']) }))
    .output(CallbackView)
    .errors(taken),
  /** Takes an ending back. */
  reopen: procedure('contact.use').input(one).output(CallbackView).errors(taken),
}
