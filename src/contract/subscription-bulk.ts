import { z } from 'zod'
import { JobView } from './jobs'
import { procedure } from './procedure'
import { PriceKind } from './products'
import { Id, Instant, page, PageInput, PlainDate, text } from './values'

/** Which contracts: those that deliver the product, in one of these states, and within these bounds. */
export const BulkFilter = z.object({
  /** As of today: 停止 is one that pauses, too. */
  states: z.array(z.enum(['active', 'paused', 'payment-stopped'])).min(1),
  turnFrom: z.int().min(1).max(9999).nullable(),
  turnTo: z.int().min(1).max(9999).nullable(),
  nextFrom: PlainDate.nullable(),
  nextTo: PlainDate.nullable(),
  /** Only those that pay this for one now, yen; null: whatever they pay. */
  currentPrice: z.int().min(0).max(9_999_999).nullable(),
})
export type BulkFilter = z.infer<typeof BulkFilter>

/** 価格改定: products with their new price. 商品の差し替え: one product in the place of another. */
export const BulkChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('price'),
    prices: z
      .array(z.object({ productId: Id, price: z.int().min(0).max(9_999_999) }))
      .min(1)
      .max(20),
  }),
  z.object({
    kind: z.literal('replace'),
    productId: Id,
    byProductId: Id,
    /** So many of the new one for each of the old one. */
    perOne: z.int().min(1).max(99),
    /** Agreed price of one new one, yen; null: the price of the day. */
    price: z.int().min(0).max(9_999_999).nullable(),
  }),
])
export type BulkChange = z.infer<typeof BulkChange>

export const BulkWish = z.object({
  change: BulkChange,
  filter: BulkFilter,
  /** Turns that are delivered from this day on; null: from the next one that may still be changed. */
  fromDate: PlainDate.nullable(),
  /** Turns under 最低継続回数 stay as they were promised; a contract changes behind them. */
  keepsMinimum: z.boolean(),
  /** What the customers are told, and what stands in the history. */
  reason: text(100),
})
export type BulkWish = z.infer<typeof BulkWish>

/** `previewing`: reckoned without writing; `previewed` waits for a person. */
export const BulkState = z.enum([
  'previewing',
  'previewed',
  'applying',
  'done',
  'undoing',
  'undone',
  'cancelled',
])
export type BulkState = z.infer<typeof BulkState>

export const BulkSummary = z.object({
  id: Id,
  kind: z.enum(['price', 'replace']),
  state: BulkState,
  /** What is changed, in a few words. */
  title: z.string(),
  fromDate: PlainDate.nullable(),
  startedBy: z.string(),
  createdAt: Instant,
  appliedAt: Instant.nullable(),
  counts: z.object({
    found: z.int(),
    ready: z.int(),
    blocked: z.int(),
    applied: z.int(),
    /** Changed by somebody between preview and change: left as they are. */
    skipped: z.int(),
    undone: z.int(),
    kept: z.int(),
    /** Contracts with turns that keep the goods agreed for them alone; they are counted above, too. */
    own: z.int(),
  }),
})
export type BulkSummary = z.infer<typeof BulkSummary>

export const BulkRowState = z.enum(['ready', 'blocked', 'applied', 'skipped', 'undone', 'kept'])
export type BulkRowState = z.infer<typeof BulkRowState>

/** Which contracts are listed: those in one state, or those with turns that keep goods of their own. */
export const BulkList = z.enum([...BulkRowState.options, 'own'])
export type BulkList = z.infer<typeof BulkList>

/** What becomes of one contract, in words. */
export const BulkShown = z.object({
  before: z.string(),
  after: z.string(),
  /** The first turn that changes; 0 when there is none. */
  turn: z.int(),
  /** Null: no delivery is planned (停止). */
  deliverOn: PlainDate.nullable(),
  /** What that turn costs altogether, yen; null: not known. */
  oldTotal: z.int().nullable(),
  newTotal: z.int().nullable(),
  /** What does not change, and why. */
  notes: z.array(z.string()),
})
export type BulkShown = z.infer<typeof BulkShown>

export const BulkRow = BulkShown.extend({
  subscriptionId: Id,
  number: z.int(),
  customer: z.string(),
  state: BulkRowState,
  /** Why it is not changed, or not put back; empty when it is. */
  reason: z.string(),
})
export type BulkRow = z.infer<typeof BulkRow>

/** Whom to write to. */
export const BulkLetter = z.object({
  subscriptionId: Id,
  number: z.int(),
  customerNumber: z.int(),
  name: z.string(),
  postalCode: z.string(),
  address: z.string(),
  email: z.string(),
  phone: z.string(),
  before: z.string(),
  after: z.string(),
  oldTotal: z.int().nullable(),
  newTotal: z.int().nullable(),
  turn: z.int(),
  deliverOn: PlainDate.nullable(),
})
export type BulkLetter = z.infer<typeof BulkLetter>

export const BulkDetail = BulkSummary.extend({
  wish: BulkWish,
  /** The products that the wish names, for people. */
  products: z.array(
    z.object({ id: Id, code: z.string(), name: z.string(), price: z.int(), priceKind: PriceKind }),
  ),
  /** What the first turns that change cost together, yen: of contracts that are to be changed or were. */
  totals: z.object({ before: z.int(), after: z.int() }),
  /** Null: nothing goes on, or it goes on at another seat. */
  job: JobView.nullable(),
})
export type BulkDetail = z.infer<typeof BulkDetail>

const one = z.object({ id: Id })
const Encoding = z.enum(['utf-8', 'shift_jis'])
const SavedCsv = z.object({
  saved: z.boolean(),
  rows: z.int(),
  /** Characters that Shift_JIS cannot write, each once. */
  unwritable: z.array(z.string()),
})
const stateErrors = {
  NOT_NOW: {
    message: 'この一括変更は、いまその操作ができない状態です。画面の最新の状態を確認してください。',
  },
} as const

/** 一括変更 of contracts: looked at contract by contract, applied beside the desk, and taken back where nothing else was changed. */
export const subscriptionBulk = {
  /** Reckons for every contract what would change; nothing is written to a contract yet. */
  preview: procedure('subscription.bulk')
    .input(BulkWish)
    .output(one)
    .errors({
      INVALID_FIELDS: {
        message: '入力内容を確認してください。',
        data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
      },
    }),
  list: procedure('subscription.bulk').input(PageInput).output(page(BulkSummary)),
  get: procedure('subscription.bulk').input(one).output(BulkDetail),
  /** Contracts of one 一括変更; `state` null: all. */
  rows: procedure('subscription.bulk')
    .input(PageInput.extend({ id: Id, state: BulkList.nullable() }))
    .output(page(BulkRow)),
  apply: procedure('subscription.bulk').input(one).output(z.null()).errors(stateErrors),
  /**
   * Gives up what is looked at, or stops where it is: what was changed so far stays and can be taken back; what was put
   * back so far stays so, and `undo` goes on with the rest.
   */
  cancel: procedure('subscription.bulk').input(one).output(z.null()).errors(stateErrors),
  resume: procedure('subscription.bulk').input(one).output(z.null()).errors(stateErrors),
  /** Puts back the contracts that nobody has changed since. */
  undo: procedure('subscription.bulk').input(one).output(z.null()).errors(stateErrors),
  /** The first thousand letters, for the screen and for paper. */
  letters: procedure('subscription.bulk').input(one).output(z.array(BulkLetter)),
  saveLetters: procedure('subscription.bulk')
    .input(one.extend({ encoding: Encoding }))
    .output(SavedCsv),
  /** The report as CSV: every contract with what became of it, or those in one state. */
  saveRows: procedure('subscription.bulk')
    .input(one.extend({ state: BulkList.nullable(), encoding: Encoding }))
    .output(SavedCsv),
}
