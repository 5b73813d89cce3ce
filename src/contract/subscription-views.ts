import { z } from 'zod'
import { PaymentMethod, Quote, ReadBack, ShownPayment } from './checkout'
import { CycleRule } from './cycle-rule'
import { Failure } from './failures'
import { ShownCard } from './keypad'
import {
  CancelReason,
  ItemMode,
  PastTurn,
  PlannedTurn,
  SubscriptionForm,
  SubscriptionItem,
  SubscriptionStatus,
} from './subscription-form'
import { Id, Instant, PlainDate, text, Version } from './values'

/** A row of 定期一覧. */
export const SubscriptionSummary = z.object({
  id: Id,
  /** 定期番号. */
  number: z.int(),
  /** As of today: 停止 while a pause lasts. */
  status: SubscriptionStatus,
  customer: z.object({ id: Id, number: z.int(), name: z.string(), phone: z.string() }),
  /** Its goods in one line. */
  items: z.string(),
  rule: CycleRule,
  nextTurn: z.int(),
  nextDeliverOn: PlainDate.nullable(),
  nextShipOn: PlainDate.nullable(),
  /** 締め切り. */
  changeUntil: PlainDate.nullable(),
  paymentMethod: PaymentMethod,
  card: z.object({ brand: z.string(), last3: z.string(), expiryYYMM: z.string() }).nullable(),
  /** The card is over before the next delivery. */
  cardExpires: z.boolean(),
  /** Declined authorizations of the open turn. */
  failedTries: z.int(),
  /** 要対応: why a person has to look at it; null: nobody has to. */
  attention: z.string().nullable(),
  cancelReason: z.string().nullable(),
  createdAt: Instant,
})
export type SubscriptionSummary = z.infer<typeof SubscriptionSummary>

/** One line of the history. */
export const SubscriptionEvent = z.object({
  id: Id,
  at: Instant,
  by: z.string().nullable(),
  /** What was done, ready to be shown. */
  text: z.string(),
})
export type SubscriptionEvent = z.infer<typeof SubscriptionEvent>

/** What may be done with a contract now. */
export const SubscriptionAbilities = z.object({
  /** Skip, move, items, rule, address and the like. */
  change: z.boolean(),
  pause: z.boolean(),
  /** From 停止 or 決済エラー停止, or before a pause that is planned. */
  resume: z.boolean(),
  /** From 解約. */
  restart: z.boolean(),
  cancel: z.boolean(),
  /** Turns still to be taken under the minimum. */
  turnsUnderMinimum: z.int(),
  /** Below the minimum, a cancellation is refused, or warned of and confirmed. */
  underMinimum: z.enum(['refuse', 'warn']),
  /** The deadline of the next turn is over: changes of it need the permission and a reason. */
  pastDeadline: z.boolean(),
  /** 引き留め: what is offered before a cancellation; empty: nothing. */
  retentionOffer: z.string(),
})
export type SubscriptionAbilities = z.infer<typeof SubscriptionAbilities>

export const SubscriptionDetail = SubscriptionSummary.extend({
  version: Version,
  form: SubscriptionForm,
  sets: z.array(z.array(SubscriptionItem.extend({ code: z.string(), name: z.string() }))),
  turnsDone: z.int(),
  minTurns: z.int(),
  lastTurn: z.int().nullable(),
  pause: z.object({ from: PlainDate, until: PlainDate.nullable() }).nullable(),
  shipTo: z.object({ name: z.string(), phone: z.string(), postalCode: z.string(), address: z.string() }),
  /** Cards on the customer's file. */
  cards: z.array(ShownCard),
  /** Other running 定期 that its card pays. */
  cardShared: z.int(),
  /** The next twelve dates. */
  plan: z.array(PlannedTurn),
  past: z.array(PastTurn),
  /** The latest first. */
  events: z.array(SubscriptionEvent),
  readBack: z.object({ at: Instant, by: z.string(), sentences: z.array(z.string()) }).nullable(),
  /** 継続課金への同意, when and by whom it was noted; null: none is kept. */
  consent: z.object({ at: Instant.nullable(), by: z.string() }).nullable(),
  cancelled: z.object({ at: Instant, reason: CancelReason.nullable(), note: z.string() }).nullable(),
  can: SubscriptionAbilities,
})
export type SubscriptionDetail = z.infer<typeof SubscriptionDetail>

export const SubscriptionFilter = z.object({
  /** 定期番号, name, kana or phone. */
  text: text(80).default(''),
  status: z.array(SubscriptionStatus).max(6).default([]),
  nextFrom: PlainDate.nullable().default(null),
  nextTo: PlainDate.nullable().default(null),
  productId: Id.nullable().default(null),
  customerId: Id.nullable().default(null),
  turnFrom: z.int().min(1).max(9999).nullable().default(null),
  turnTo: z.int().min(1).max(9999).nullable().default(null),
  /** At least so many declined authorizations of an open turn. */
  failedTries: z.int().min(1).max(99).nullable().default(null),
  attention: z.boolean().default(false),
  cardExpires: z.boolean().default(false),
  cancelReason: CancelReason.nullable().default(null),
})
export type SubscriptionFilter = z.infer<typeof SubscriptionFilter>

/** What a change of a contract may name; the customer and the start stay. */
export const SubscriptionUpdate = SubscriptionForm.omit({
  customerId: true,
  caller: true,
  sets: true,
  itemMode: true,
  startOn: true,
  consent: true,
})
export type SubscriptionUpdate = z.infer<typeof SubscriptionUpdate>

/** A change that can be looked at before it is saved. */
export const PreviewedChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('skip'), ruleIndex: z.int().min(0).max(99_999) }),
  z.object({ kind: z.literal('move'), ruleIndex: z.int().min(0).max(99_999), to: PlainDate }),
  z.object({ kind: z.literal('rule'), rule: CycleRule }),
  z.object({ kind: z.literal('pause'), from: PlainDate, until: PlainDate.nullable() }),
  z.object({ kind: z.literal('resume') }),
  z.object({
    kind: z.literal('items'),
    /** Null: for good. */
    ruleIndex: z.int().min(0).max(99_999).nullable(),
    itemMode: ItemMode,
    sets: SubscriptionForm.shape.sets,
  }),
  z.object({ kind: z.literal('update'), fields: SubscriptionUpdate }),
])
export type PreviewedChange = z.infer<typeof PreviewedChange>

/** What 確認画面に進む asks of a card: the first turn's amount, only whether it is good, or nothing while none pays. */
export const RegistrationCharge = z.enum(['authorize', 'check', 'none'])
export type RegistrationCharge = z.infer<typeof RegistrationCharge>

/** A registration of a 定期 as one screen sees it. */
export const SubscriptionDraftView = z.object({
  checkoutId: Id,
  version: Version,
  stage: z.enum(['editing', 'authorizing', 'read-back', 'completed', 'discarded']),
  form: SubscriptionForm,
  customerName: z.string().nullable(),
  /** 保留: until when the keypad is kept for this registration. */
  heldUntil: Instant.nullable(),
  plan: z.array(PlannedTurn),
  /** The first turn, with what the registration is by law. */
  quote: Quote,
  charge: RegistrationCharge,
  /** What the products of all sets are called. */
  products: z.array(z.object({ id: Id, code: z.string(), name: z.string() })),
  /** The keyed card or the one of the file. */
  card: ShownCard.nullable(),
  payment: ShownPayment.nullable(),
  failure: Failure.nullable(),
  /** `mark` goes back with 確定: what was read is what is kept. */
  readBack: ReadBack.extend({ mark: z.string() }).nullable(),
  /** The first order is looked at in the shop before it ships; nothing of the reason is for the caller. */
  review: z.boolean(),
  subscription: z.object({ id: Id, number: z.int() }).nullable(),
  updatedAt: Instant,
})
export type SubscriptionDraftView = z.infer<typeof SubscriptionDraftView>
