import { z } from 'zod'
import { procedure } from './procedure'
import { Id, Instant, text } from './values'

/** A note for whoever speaks with the customer next. */
export const PinnedNote = z.object({ id: Id, body: z.string(), createdAt: Instant, createdBy: z.string() })
export type PinnedNote = z.infer<typeof PinnedNote>

const notes = z.array(PinnedNote).max(50)

export const pinnedNotes = {
  ofCustomer: procedure('customer.read')
    .input(z.object({ customerId: Id }))
    .output(notes),
  pin: procedure('contact.use')
    .input(z.object({ customerId: Id, body: text(500).min(1) }))
    .output(notes)
    .errors({ TOO_MANY: { message: '次回の申し送りは50件までです。済んだものを外してください。' } }),
  /** Off with it, or back on: `pinned` says which. Repeating it is harmless. */
  set: procedure('contact.use')
    .input(z.object({ id: Id, pinned: z.boolean() }))
    .output(notes),
}
