import { z } from 'zod'
import { procedure } from './procedure'
import { Id, Instant, Version } from './values'

/** What a caller may be asked to show who they are. */
export const IdentityQuestion = z.enum(['name-kana', 'phone', 'address', 'birthday', 'email', 'last-order'])
export type IdentityQuestion = z.infer<typeof IdentityQuestion>

export const IdentitySettings = z
  .object({
    /** Off: nobody is asked, and nothing is marked. */
    enabled: z.boolean(),
    questions: z.array(IdentityQuestion).min(1).max(6),
    /** How many answers must match. */
    required: z.int().min(1).max(6),
    /** How long a check holds when the call is not ended by hand, minutes. */
    validMinutes: z.int().min(1).max(240),
  })
  .refine(({ questions, required }) => required <= questions.length, {
    path: ['required'],
    message: '一致が必要な数は、質問の数までにしてください。',
  })
export type IdentitySettings = z.infer<typeof IdentitySettings>

export const IdentityState = z.object({
  enabled: z.boolean(),
  required: z.int(),
  /** What to ask, with what the file says; a question whose answer is not known is left out. */
  questions: z.array(z.object({ question: IdentityQuestion, expected: z.string() })),
  /** Until when this operator at this seat may speak of the customer's data; null: not confirmed in this call. */
  verifiedUntil: Instant.nullable(),
  last: z.object({ at: Instant, by: z.string(), outcome: z.enum(['verified', 'failed']) }).nullable(),
})
export type IdentityState = z.infer<typeof IdentityState>

const customer = z.object({ customerId: Id })

export const identityCheck = {
  state: procedure('contact.use').input(customer).output(IdentityState),
  /** Notes what was asked and what matched; the answers themselves are never handed over. */
  record: procedure('contact.use')
    .input(
      customer.extend({
        asked: z
          .array(z.object({ question: IdentityQuestion, matched: z.boolean() }))
          .min(1)
          .max(6),
      }),
    )
    .output(IdentityState)
    .errors({ NOT_ASKED: { message: '確認できる質問が変わりました。開き直してください。' } }),
  /** 通話終了: the next call is asked again. */
  end: procedure('contact.use').input(customer).output(IdentityState),
  settings: procedure('settings.read').output(z.object({ version: Version, values: IdentitySettings })),
  saveSettings: procedure('settings.write')
    .input(z.object({ version: Version, values: IdentitySettings }))
    .output(z.object({ version: Version, values: IdentitySettings })),
}
