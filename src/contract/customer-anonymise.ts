import { z } from 'zod'
import { MovedCounts } from './customer-merge'
import { procedure } from './procedure'
import { Id, text, Version } from './values'

/** Why a customer cannot be anonymised. */
export const AnonymiseBlock = z.enum(['orders', 'payments', 'checkouts', 'subscriptions'])
export type AnonymiseBlock = z.infer<typeof AnonymiseBlock>

export const AnonymisePreview = z.object({
  version: Version,
  goes: MovedCounts,
  calls: z.int(),
  /** Orders stay with what was said in them. */
  ordersKept: z.int(),
  /** The last of them may go after this business date. */
  keptUntil: z.string().nullable(),
  blocks: z.array(AnonymiseBlock),
  /** Merges that can then no longer be taken back. */
  endsUndo: z.int(),
})
export type AnonymisePreview = z.infer<typeof AnonymisePreview>

export const customerAnonymise = {
  preview: procedure('customer.anonymise')
    .input(z.object({ customerId: Id }))
    .output(AnonymisePreview),
  /** 顧客を削除する: everything personal is taken away for good; orders stay. */
  anonymise: procedure('customer.anonymise')
    .input(z.object({ customerId: Id, version: Version, reason: text(200).regex(/\S/) }))
    .output(z.object({ customerId: Id }))
    .errors({
      NOT_YET: {
        message: 'まだ削除できません。発送や支払いが終わっていない注文、または続いている定期があります。',
        data: z.object({ blocks: z.array(AnonymiseBlock) }),
      },
    }),
}
