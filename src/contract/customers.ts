import { z } from 'zod'
import { ShownCard } from './keypad'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, PlainDate, text, Version, Yen } from './values'

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
  /** Whom the asked customer was merged into, where it was. */
  id: Id,
  number: z.int(),
  version: Version,
  /** Nothing personal is left: only orders are shown. */
  isAnonymised: z.boolean(),
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

export const CustomerSort = z.enum(['number', 'kana', 'last'])
export type CustomerSort = z.infer<typeof CustomerSort>

/** Which customers: a fragment of anything known of them, and conditions. */
export const CustomerFilter = z.object({
  /**
   * Fragment of phone (also the last four digits), name, kana, address, postal code, e-mail, customer or order number;
   * several words must all be met.
   */
  text: text(80).default(''),
  prefecture: text(10).default(''),
  tag: text(40).default(''),
  blacklist: z.enum(['candidate', 'listed']).nullable().default(null),
  /** Business dates of the last order, both included. */
  orderedFrom: PlainDate.nullable().default(null),
  orderedTo: PlainDate.nullable().default(null),
})
export type CustomerFilter = z.infer<typeof CustomerFilter>

/** Customers that one change of tags may touch. */
export const TAG_LIMIT = 5000

export const customers = {
  search: procedure('customer.read')
    .input(
      PageInput.extend(CustomerFilter.shape).extend({
        sort: CustomerSort.default('number'),
        /** The newest first. */
        descending: z.boolean().default(true),
      }),
    )
    .output(page(CustomerSummary)),
  /** CSV出力 of what the list shows; where the person chooses. */
  exportCsv: procedure('customer.export')
    .input(
      z.object({
        filter: CustomerFilter,
        encoding: z.enum(['utf-8', 'shift_jis']),
        /** The columns of the list, or the 26 of EC-CUBE 4 that the import reads back. */
        columns: z.enum(['list', 'ec-cube']).default('list'),
      }),
    )
    .output(
      z.object({
        saved: z.boolean(),
        rows: z.int(),
        /** Characters that Shift_JIS cannot write, each once; a 〓 stands for them in the file. */
        unwritable: z.array(z.string()),
      }),
    ),
  /** Tags in use, the commonest first. */
  tags: procedure('customer.read').output(z.array(z.object({ tag: z.string(), count: z.int() }))),
  /** Gives a tag to customers, or takes it away: to those named, or to all that a filter finds. */
  tag: procedure('customer.write')
    .input(
      z.object({
        tag: text(40).refine((tag) => tag.trim() !== ''),
        on: z.boolean(),
        to: z.union([
          z.object({ ids: z.array(Id).min(1).max(TAG_LIMIT) }),
          z.object({ filter: CustomerFilter }),
        ]),
      }),
    )
    /** Those that were changed: what taking it back needs. */
    .output(z.object({ changed: z.array(Id) }))
    .errors({
      TOO_MANY: { message: `一度に変更できる顧客は${TAG_LIMIT}名までです。条件を絞り込んでください。` },
    }),
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
