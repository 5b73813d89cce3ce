import { z } from 'zod'
import { PaymentMethod, ReadBack, ShownPayment } from './checkout'
import { CycleRule } from './cycle-rule'
import { ClosedReason } from './delivery'
import { Failure } from './failures'
import { ShownCard } from './keypad'
import { procedure } from './procedure'
import { Gift, OrderChannel, ShipTo } from './shipments'
import { Id, Instant, page, PageInput, PlainDate, text, Version, Yen } from './values'

/** 申込中, 有効, 停止(休止), 決済エラー停止, 解約, 満了. */
export const SubscriptionStatus = z.enum([
  'pending',
  'active',
  'paused',
  'payment-stopped',
  'cancelled',
  'finished',
])
export type SubscriptionStatus = z.infer<typeof SubscriptionStatus>

/** `fixed`: the same every turn; `alternating`: sets in turn; `course`: a set for each turn (頒布会, コース). */
export const ItemMode = z.enum(['fixed', 'alternating', 'course'])
export type ItemMode = z.infer<typeof ItemMode>

const Item = z.object({
  productId: Id,
  quantity: z.int().min(1).max(999),
  /** Agreed price of one, yen; null: the price of the day. */
  unitPrice: z.int().min(0).max(9_999_999).nullable(),
})

/** 初回価格, 段階価格, N回まで割引: what the goods of a range of turns cost. */
export const PriceStep = z
  .object({
    fromTurn: z.int().min(1).max(999),
    /** Included; null: for good. */
    toTurn: z.int().min(1).max(999).nullable(),
    kind: z.enum(['percent-off', 'yen-off', 'goods-total']),
    value: z.int().min(0).max(9_999_999),
    label: text(40),
  })
  .refine(({ kind, value }) => kind !== 'percent-off' || value <= 100)
export type PriceStep = z.infer<typeof PriceStep>

/** What the operator has entered so far; half-filled is fine, 確認画面に進む checks it. */
export const SubscriptionForm = z.object({
  customerId: Id.nullable(),
  itemMode: ItemMode,
  /** Sets of items; exactly one for `fixed`. */
  sets: z.array(z.array(Item).max(30)).min(1).max(24),
  priceSteps: z.array(PriceStep).max(12),
  rule: CycleRule,
  /** First お届け日 on or after this day; null: as early as possible. */
  startOn: PlainDate.nullable(),
  /** 最低継続回数; 0: none. */
  minTurns: z.int().min(0).max(99),
  /** Ends after this turn; null: goes on. */
  lastTurn: z.int().min(1).max(999).nullable(),
  shipTo: ShipTo,
  slotCode: z.string().max(8).nullable(),
  gift: Gift,
  payment: z.object({ method: PaymentMethod.nullable(), cardId: Id.nullable() }),
  channel: OrderChannel,
  offerCode: text(20),
  note: text(500),
  /** 継続課金への同意: asked and given on the phone. */
  consent: z.boolean(),
})
export type SubscriptionForm = z.infer<typeof SubscriptionForm>

/** Why a delivery is not on the very date of the rule, or does not ship on the day that would fit. */
export const TurnNote = z.discriminatedUnion('kind', [
  /** The month has no such day or no fifth weekday. */
  z.object({ kind: z.literal('bent'), why: z.enum(['short-month', 'no-fifth']) }),
  z.object({ kind: z.literal('moved'), from: PlainDate }),
  z.object({ kind: z.literal('shipped-earlier'), days: z.int(), closed: ClosedReason.nullable() }),
  z.object({ kind: z.literal('shipped-later'), days: z.int(), closed: ClosedReason.nullable() }),
  z.object({ kind: z.literal('road'), days: z.int() }),
])
export type TurnNote = z.infer<typeof TurnNote>

/** One date of the rule as planned: delivered, skipped or paused. */
export const PlannedTurn = z.object({
  ruleIndex: z.int(),
  kind: z.enum(['delivery', 'skipped', 'paused']),
  /** 回; null when nothing is delivered. */
  turn: z.int().nullable(),
  ruleDate: PlainDate,
  deliverOn: PlainDate.nullable(),
  shipOn: PlainDate.nullable(),
  /** 受注作成日. */
  generateOn: PlainDate.nullable(),
  /** 締め切り. */
  changeUntil: PlainDate.nullable(),
  notes: z.array(TurnNote),
  items: z.array(z.object({ productId: Id, name: z.string(), quantity: z.int() })),
  /** What the turn costs with shipping, fees and tax, yen at the prices of today. */
  total: Yen.nullable(),
  /** Its items were changed for this turn alone. */
  ownItems: z.boolean(),
})
export type PlannedTurn = z.infer<typeof PlannedTurn>

/** A turn that was ordered or passed over. */
export const PastTurn = z.object({
  ruleIndex: z.int(),
  turn: z.int().nullable(),
  status: z.enum(['planned', 'skipped', 'ordered', 'auth-failed', 'authorized', 'shipped', 'failed']),
  ruleDate: PlainDate,
  shipOn: PlainDate.nullable(),
  deliverOn: PlainDate.nullable(),
  order: z.object({ id: Id, number: z.int(), total: Yen }).nullable(),
  payment: ShownPayment.nullable(),
  tries: z.int(),
  nextRetryOn: PlainDate.nullable(),
  lastCode: z.string().nullable(),
  attention: z.string().nullable(),
})
export type PastTurn = z.infer<typeof PastTurn>

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
  sets: z.array(z.array(Item.extend({ code: z.string(), name: z.string() }))),
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

/** 設定 > 定期. */
export const SubscriptionSettings = z.object({
  /** 受注作成: so many calendar days before the ship date. */
  generateDaysBefore: z.int().min(0).max(60),
  /** 締め切り: so many calendar days before the ship date. */
  changeDaysBefore: z.int().min(0).max(90),
  /** A ship date on a closed day goes … */
  shipOnClosedDay: z.enum(['earlier', 'later']),
  missingFifth: z.enum(['last', 'pass-over']),
  /** Calendar days after the first declined authorization. */
  retryDays: z.array(z.int().min(1).max(60)).max(10),
  afterLastRetry: z.enum(['skip', 'pause', 'cancel']),
  /** 再開: from which states a contract may come back. */
  restart: z.enum(['none', 'paused', 'cancelled', 'both']),
  /** 引き留め: what is offered to a customer who cancels; empty: nothing. */
  retentionOffer: text(200),
  /** Below the minimum, a cancellation … */
  underMinimum: z.enum(['refuse', 'warn']),
  skipsInRow: z.int().min(1).max(12),
  /** Hour of the day at which the run starts by itself while the desk is open; null: never. */
  runAtHour: z.int().min(0).max(23).nullable(),
})
export type SubscriptionSettings = z.infer<typeof SubscriptionSettings>

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
