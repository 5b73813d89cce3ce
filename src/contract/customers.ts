import { z } from 'zod'
import { ShownCard } from './keypad'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, text, Version, Yen } from './values'

/** Fields of a customer as typed. Digits and kana may come in any width: main normalises them. */
export const CustomerFields = z.object({
  familyName: text(40),
  givenName: text(40),
  familyKana: text(60),
  givenKana: text(60),
  phone: text(30),
  email: text(254),
  postalCode: text(12),
  prefecture: text(10),
  city: text(60),
  address: text(100),
  building: text(60),
})
export type CustomerFields = z.infer<typeof CustomerFields>

export const CustomerSummary = z.object({
  id: Id,
  number: z.int(),
  name: z.string(),
  kana: z.string(),
  phone: z.string(),
  postalCode: z.string(),
  address: z.string(),
  email: z.string().nullable(),
  orderCount: z.int(),
  lastOrderedAt: Instant.nullable(),
})
export type CustomerSummary = z.infer<typeof CustomerSummary>

export const CustomerDetail = z.object({
  id: Id,
  number: z.int(),
  version: Version,
  fields: CustomerFields,
  note: z.string(),
  cards: z.array(ShownCard.extend({ service: z.string(), usable: z.boolean() })),
  orders: z.array(
    z.object({
      id: Id,
      number: z.int(),
      orderedAt: Instant,
      status: z.string(),
      total: Yen,
      items: z.string(),
    }),
  ),
  /** Lines of the last order that can still be sold: offered for a repeat order. */
  lastLines: z.array(z.object({ productId: Id, quantity: z.int(), name: z.string() })),
  createdAt: Instant,
  updatedAt: Instant,
})
export type CustomerDetail = z.infer<typeof CustomerDetail>

export const CustomerSort = z.enum(['newest', 'oldest', 'kana', 'last-order'])
export type CustomerSort = z.infer<typeof CustomerSort>

/** Conditions beside the fragment; null: any. */
export const CustomerFilter = z.object({
  prefecture: text(10).nullable().default(null),
  tag: text(40).nullable().default(null),
  blacklist: z.enum(['candidate', 'listed']).nullable().default(null),
  /** The last order was made at or after, and before, these instants. */
  orderedFrom: Instant.nullable().default(null),
  orderedTo: Instant.nullable().default(null),
})
export type CustomerFilter = z.infer<typeof CustomerFilter>

export const customers = {
  /**
   * Fragment of phone (also the last four digits), name, kana, address, postal code, e-mail, customer or order number;
   * several words must all be met.
   */
  search: procedure('customer.read')
    .input(
      PageInput.extend(CustomerFilter.shape).extend({
        text: text(80).default(''),
        sort: CustomerSort.default('newest'),
      }),
    )
    .output(page(CustomerSummary)),
  get: procedure('customer.read')
    .input(z.object({ id: Id }))
    .output(CustomerDetail),
  save: procedure('customer.write')
    .input(z.object({ id: Id, version: Version, fields: CustomerFields, note: text(2000) }))
    .output(CustomerDetail)
    .errors({
      INVALID_FIELDS: {
        message: '入力内容を確認してください。',
        data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
      },
    }),
}
