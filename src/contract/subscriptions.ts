import { z } from 'zod'
import { PaymentMethod, ReadBack, ShownPayment } from './checkout'
import { CycleRule } from './cycle-rule'
import { Failure } from './failures'
import { ShownCard } from './keypad'
import { procedure } from './procedure'
import {
  ItemMode,
  PastTurn,
  PlannedTurn,
  SubscriptionForm,
  SubscriptionItem,
  SubscriptionStatus,
} from './subscription-form'
import { SubscriptionSettings } from './subscription-settings'
import { Id, Instant, page, PageInput, PlainDate, text, Version } from './values'

export const SubscriptionSummary = z.object({
  id: Id,
  number: z.int(),
  status: SubscriptionStatus,
  customer: z.object({ id: Id, number: z.int(), name: z.string(), phone: z.string() }),
  items: z.string(),
  rule: CycleRule,
  nextTurn: z.int(),
  nextDeliverOn: PlainDate.nullable(),
  nextShipOn: PlainDate.nullable(),
  changeUntil: PlainDate.nullable(),
  paymentMethod: PaymentMethod,
  card: z.object({ brand: z.string(), last3: z.string(), expiryYYMM: z.string() }).nullable(),
  /** The card is over before the next delivery. */
  cardExpires: z.boolean(),
  /** Declined authorizations of the open turn. */
  failedTries: z.int(),
  attention: z.string().nullable(),
  cancelReason: z.string().nullable(),
  createdAt: Instant,
})
export type SubscriptionSummary = z.infer<typeof SubscriptionSummary>

export const CancelReason = z.enum([
  'price',
  'stock-left',
  'effect',
  'not-liked',
  'moved',
  'other-shop',
  'trial-only',
  'payment',
  'other',
])
export type CancelReason = z.infer<typeof CancelReason>

export const SubscriptionEvent = z.object({
  id: Id,
  at: Instant,
  by: z.string().nullable(),
  /** What was done, ready to be shown. */
  text: z.string(),
})

export const SubscriptionDetail = SubscriptionSummary.extend({
  version: Version,
  form: SubscriptionForm,
  sets: z.array(z.array(SubscriptionItem.extend({ code: z.string(), name: z.string() }))),
  turnsDone: z.int(),
  minTurns: z.int(),
  lastTurn: z.int().nullable(),
  pause: z.object({ from: PlainDate, until: PlainDate.nullable() }).nullable(),
  shipTo: z.object({
    name: z.string(),
    phone: z.string(),
    postalCode: z.string(),
    address: z.string(),
  }),
  cards: z.array(ShownCard),
  /** The next twelve dates. */
  plan: z.array(PlannedTurn),
  past: z.array(PastTurn),
  events: z.array(SubscriptionEvent),
  readBack: z.object({ at: Instant, by: z.string(), sentences: z.array(z.string()) }).nullable(),
  /** What may be done now, and why not what may not. */
  can: z.object({
    change: z.boolean(),
    resume: z.boolean(),
    restart: z.boolean(),
    cancel: z.boolean(),
    /** Turns still to be taken under the minimum. */
    turnsUnderMinimum: z.int(),
  }),
})
export type SubscriptionDetail = z.infer<typeof SubscriptionDetail>

export const SubscriptionFilter = z.object({
  text: text(80).default(''),
  status: z.array(SubscriptionStatus).max(6).default([]),
  nextFrom: PlainDate.nullable().default(null),
  nextTo: PlainDate.nullable().default(null),
  productId: Id.nullable().default(null),
  customerId: Id.nullable().default(null),
  turnFrom: z.int().min(1).nullable().default(null),
  turnTo: z.int().min(1).nullable().default(null),
  failedTries: z.int().min(1).nullable().default(null),
  attention: z.boolean().default(false),
  cardExpires: z.boolean().default(false),
  cancelReason: CancelReason.nullable().default(null),
})
export type SubscriptionFilter = z.infer<typeof SubscriptionFilter>

export const SubscriptionDraftView = z.object({
  checkoutId: Id,
  version: Version,
  stage: z.enum(['editing', 'authorizing', 'read-back', 'completed', 'discarded']),
  form: SubscriptionForm,
  plan: z.array(PlannedTurn),
  card: ShownCard.nullable(),
  payment: ShownPayment.nullable(),
  failure: Failure.nullable(),
  readBack: ReadBack.nullable(),
  subscription: z.object({ id: Id, number: z.int() }).nullable(),
})
export type SubscriptionDraftView = z.infer<typeof SubscriptionDraftView>

const wrongStage = {
  WRONG_STAGE: { message: 'この定期は、いまその操作ができる状態ではありません。' },
} as const
const changing = {
  ...wrongStage,
  PAST_DEADLINE: { message: '次回分の変更締め切りを過ぎています。権限のある方は理由を添えて変更できます。' },
  NOT_ALLOWED: {
    message: 'この変更はできません。',
    data: z.object({ why: z.string() }),
  },
} as const
const draft = z.object({ checkoutId: Id, version: Version })
/** `override`: the reason for a change behind the deadline (permission `subscription.override`). */
const change = z.object({ id: Id, version: Version, override: text(200).default('') })

export const subscriptions = {
  list: procedure('subscription.read')
    .input(
      PageInput.extend({
        filter: SubscriptionFilter,
        sort: z.enum(['next', 'newest']).default('next'),
      }),
    )
    .output(page(SubscriptionSummary)),
  exportCsv: procedure('subscription.read')
    .input(z.object({ filter: SubscriptionFilter, encoding: z.enum(['utf-8', 'shift_jis']) }))
    .output(z.object({ saved: z.boolean(), rows: z.int() })),
  get: procedure('subscription.read')
    .input(z.object({ id: Id }))
    .output(SubscriptionDetail),
  /** The next twelve deliveries of a form that is not saved yet, every shift explained. */
  simulate: procedure('subscription.read')
    .input(z.object({ form: SubscriptionForm }))
    .output(z.array(PlannedTurn)),

  openDraft: procedure('subscription.write')
    .input(z.object({ customerId: Id.nullable() }))
    .output(SubscriptionDraftView),
  getDraft: procedure('subscription.write')
    .input(z.object({ checkoutId: Id }))
    .output(SubscriptionDraftView),
  saveDraft: procedure('subscription.write')
    .input(draft.extend({ form: SubscriptionForm }))
    .output(SubscriptionDraftView)
    .errors(wrongStage),
  /** 確認画面に進む: a card is authorized for the first turn when that is due today, else checked without money. */
  proceed: procedure('subscription.write')
    .input(draft)
    .output(SubscriptionDraftView)
    .errors({
      ...wrongStage,
      INVALID_FORM: {
        message: '入力内容を確認してください。',
        data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
      },
    }),
  back: procedure('subscription.write').input(draft).output(SubscriptionDraftView).errors(wrongStage),
  confirm: procedure('subscription.write').input(draft).output(SubscriptionDraftView).errors(wrongStage),
  discard: procedure('subscription.write').input(draft).output(SubscriptionDraftView).errors(wrongStage),

  /** What would follow of a change, before it is saved. */
  preview: procedure('subscription.read')
    .input(
      z.object({
        id: Id,
        change: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('skip'), ruleIndex: z.int().min(0) }),
          z.object({ kind: z.literal('move'), ruleIndex: z.int().min(0), to: PlainDate }),
          z.object({ kind: z.literal('rule'), rule: CycleRule }),
          z.object({ kind: z.literal('pause'), from: PlainDate, until: PlainDate.nullable() }),
        ]),
      }),
    )
    .output(z.array(PlannedTurn)),
  skip: procedure('subscription.write')
    .input(change.extend({ ruleIndex: z.int().min(0) }))
    .output(SubscriptionDetail)
    .errors(changing),
  /** Takes back a skip, a move or items of one turn. */
  restore: procedure('subscription.write')
    .input(change.extend({ ruleIndex: z.int().min(0), what: z.enum(['skip', 'move', 'items']) }))
    .output(SubscriptionDetail)
    .errors(changing),
  /** Moves one delivery by at most 14 days; the rule stays. */
  move: procedure('subscription.write')
    .input(change.extend({ ruleIndex: z.int().min(0), to: PlainDate }))
    .output(SubscriptionDetail)
    .errors(changing),
  /** Other items for one turn (`ruleIndex`) or for good (null). */
  changeItems: procedure('subscription.write')
    .input(
      change.extend({
        ruleIndex: z.int().min(0).nullable(),
        itemMode: ItemMode,
        sets: SubscriptionForm.shape.sets,
      }),
    )
    .output(SubscriptionDetail)
    .errors(changing),
  /** Rule, address, slot, gift, prices, card on file, note. The customer and the start stay. */
  update: procedure('subscription.write')
    .input(
      change.extend({
        fields: SubscriptionForm.omit({ customerId: true, sets: true, itemMode: true, consent: true }),
      }),
    )
    .output(SubscriptionDetail)
    .errors(changing),
  pause: procedure('subscription.write')
    .input(change.extend({ from: PlainDate, until: PlainDate.nullable() }))
    .output(SubscriptionDetail)
    .errors(changing),
  resume: procedure('subscription.write').input(change).output(SubscriptionDetail).errors(changing),
  cancel: procedure('subscription.write')
    .input(
      change.extend({
        reason: CancelReason,
        note: text(500),
        offered: z.boolean(),
        belowMinimum: z.boolean(),
      }),
    )
    .output(SubscriptionDetail)
    .errors(changing),
  settings: procedure('settings.read').output(z.object({ version: Version, settings: SubscriptionSettings })),
  saveSettings: procedure('settings.write')
    .input(z.object({ version: Version, settings: SubscriptionSettings }))
    .output(z.object({ version: Version, settings: SubscriptionSettings })),
}
