import { z } from 'zod'
import { procedure } from './procedure'
import { Id, Instant, Version } from './values'

/** What two customers have in common. */
export const DuplicateReason = z.enum(['phone', 'email', 'address', 'kana', 'postal-code', 'name'])
export type DuplicateReason = z.infer<typeof DuplicateReason>

export const DuplicateLevel = z.enum(['high', 'middle', 'low'])
export type DuplicateLevel = z.infer<typeof DuplicateLevel>

/** A customer as 名寄せ shows them. */
export const DuplicateSide = z.object({
  id: Id,
  number: z.int(),
  name: z.string(),
  kana: z.string(),
  phones: z.array(z.string()),
  email: z.string(),
  postalCode: z.string(),
  address: z.string(),
  orderCount: z.int(),
  lastOrderedAt: Instant.nullable(),
  createdAt: Instant,
})
export type DuplicateSide = z.infer<typeof DuplicateSide>

const Likeness = z.object({ score: z.int(), level: DuplicateLevel, reasons: z.array(DuplicateReason) })

export const DuplicateCandidate = Likeness.extend({ customer: DuplicateSide })
export type DuplicateCandidate = z.infer<typeof DuplicateCandidate>

/** Two customers who may be one: the older one first. */
export const DuplicatePair = Likeness.extend({ older: DuplicateSide, newer: DuplicateSide })
export type DuplicatePair = z.infer<typeof DuplicatePair>

/** By what pairs are looked for. */
export const PairsBy = z.enum(['phone', 'email', 'kana'])
export type PairsBy = z.infer<typeof PairsBy>

/** Fields whose value is chosen, from the top of the screen down. */
export const MergeField = z.enum([
  'name',
  'kana',
  'phone',
  'email',
  'address',
  'company',
  'sex',
  'birthday',
  'job',
  'mailConsent',
  'dmConsent',
  'note',
])
export type MergeField = z.infer<typeof MergeField>

/** Whose value stays; `both` puts one behind the other (メモ only). */
export const MergeChoice = z.enum(['kept', 'merged', 'both'])
export type MergeChoice = z.infer<typeof MergeChoice>

/** Something of each field. */
const eachField = <Value extends z.ZodType>(value: Value) =>
  z.object({
    name: value,
    kana: value,
    phone: value,
    email: value,
    address: value,
    company: value,
    sex: value,
    birthday: value,
    job: value,
    mailConsent: value,
    dmConsent: value,
    note: value,
  })

/** What moves to the customer who stays, or goes back to the other. */
export const MovedKind = z.enum([
  'orders',
  'subscriptions',
  'cards',
  'phones',
  'addresses',
  'tags',
  'contacts',
  'callbacks',
  'notes',
  'identityChecks',
  'consents',
  'drafts',
  'others',
])
export type MovedKind = z.infer<typeof MovedKind>

export const MovedCounts = z.array(z.object({ kind: MovedKind, count: z.int() }))

export const MergeSide = DuplicateSide.extend({
  version: Version,
  values: eachField(z.string()),
})
export type MergeSide = z.infer<typeof MergeSide>

export const MergePreview = z.object({
  kept: MergeSide,
  merged: MergeSide,
  /** What the desk would choose: the value of the one who stays, except where there is none. */
  choices: eachField(MergeChoice),
  moves: MovedCounts,
  isBlacklisted: z.boolean(),
  undoDays: z.int(),
})
export type MergePreview = z.infer<typeof MergePreview>

export const MergeState = z.enum(['done', 'undone', 'ended'])

/** A merge that was made, as the kept customer's page shows it. */
export const MergeRecord = z.object({
  id: Id,
  state: MergeState,
  mergedNumber: z.int(),
  mergedName: z.string(),
  at: Instant,
  by: z.string(),
  undoUntil: Instant,
  /** Null: it can be taken back. */
  undoBlock: z.enum(['over', 'later-merge', 'checkout']).nullable(),
})
export type MergeRecord = z.infer<typeof MergeRecord>

export const UndoPreview = z.object({
  record: MergeRecord,
  /** What goes back to the other customer. */
  back: MovedCounts,
  /** What came about since the merge, or was moved on: it stays where it is. */
  stays: MovedCounts,
  /** Fields of the kept customer that were changed since, and stay as they are. */
  changedSince: z.array(MergeField),
})
export type UndoPreview = z.infer<typeof UndoPreview>

const refusals = {
  CHECKOUT_RUNNING: {
    message:
      'どちらかの顧客に、決済または内容確認の途中の注文があります。確定または破棄してから、もう一度お試しください。',
  },
  IMPORT_HIDDEN: {
    message: 'どちらかの顧客は、まだ公開していない取込に含まれています。取込を公開してからお試しください。',
  },
  SAME_CUSTOMER: { message: '同じ顧客どうしは統合できません。' },
}

const pair = z.object({ keptId: Id, mergedId: Id })

export const customerMerge = {
  /** Who may be the same person as this customer, the likeliest first. */
  candidates: procedure('customer.merge')
    .input(z.object({ customerId: Id }))
    .output(z.array(DuplicateCandidate)),
  /** 名寄せ: pairs that share a phone, an e-mail address, or kana and postal code. A page may be short while `next` goes on. */
  pairs: procedure('customer.merge')
    .input(
      z.object({
        by: PairsBy.default('phone'),
        cursor: z.string().max(500).nullable().default(null),
        limit: z.int().min(1).max(100).default(50),
      }),
    )
    .output(z.object({ items: z.array(DuplicatePair), next: z.string().nullable() })),
  /** 別人: the pair is not shown again, or again after all. */
  setDistinct: procedure('customer.merge')
    .input(z.object({ oneId: Id, otherId: Id, distinct: z.boolean() }))
    .output(z.object({ distinct: z.boolean() }))
    .errors({ SAME_CUSTOMER: refusals.SAME_CUSTOMER }),
  /** Both side by side, and what would move. */
  preview: procedure('customer.merge').input(pair).output(MergePreview).errors(refusals),
  merge: procedure('customer.merge')
    .input(
      pair.extend({
        keptVersion: Version,
        mergedVersion: Version,
        choices: eachField(MergeChoice),
      }),
    )
    .output(z.object({ mergeId: Id, keptId: Id, undoUntil: Instant }))
    .errors(refusals),
  /** Merges into this customer, the newest first. */
  ofCustomer: procedure('customer.merge')
    .input(z.object({ customerId: Id }))
    .output(z.array(MergeRecord)),
  undoPreview: procedure('customer.merge')
    .input(z.object({ mergeId: Id }))
    .output(UndoPreview),
  undo: procedure('customer.merge')
    .input(z.object({ mergeId: Id }))
    .output(z.object({ keptId: Id, mergedId: Id }))
    .errors({
      UNDO_OVER: {
        message: 'この統合は、もう取り消せません。統合から30日が過ぎたか、すでに取り消されています。',
      },
      LATER_MERGE: {
        message: 'このあとに行った統合があります。新しいものから順に取り消してください。',
      },
      CHECKOUT_RUNNING: {
        message:
          'この顧客に、決済・内容確認の途中の注文、または変更中の注文があります。確定または破棄してから、もう一度お試しください。',
      },
    }),
}
