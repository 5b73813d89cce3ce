import { z } from 'zod'
import { PaymentMethod, ShownPayment } from './checkout'
import { CustomerFields } from './customers'
import { CycleRule } from './cycle-rule'
import { ClosedReason } from './delivery'
import { Gift, OrderChannel, ShipTo } from './shipments'
import { Id, PlainDate, text, Version, Yen } from './values'

/** 申込中, 有効, 停止, 決済エラー停止, 解約, 満了. */
export const SubscriptionStatus = z.enum([
  'pending',
  'active',
  'paused',
  'payment-stopped',
  'cancelled',
  'finished',
])
export type SubscriptionStatus = z.infer<typeof SubscriptionStatus>

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

/** `fixed`: the same every turn; `alternating`: sets in turn; `course`: a set for each turn (頒布会, コース). */
export const ItemMode = z.enum(['fixed', 'alternating', 'course'])
export type ItemMode = z.infer<typeof ItemMode>

/** One product of a set. */
export const SubscriptionItem = z.object({
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
  /** Who calls, while nobody of the file is chosen: what was typed to find them, or a new customer. */
  caller: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('none'), phone: text(30) }),
      z.object({ kind: z.literal('new'), fields: CustomerFields }),
    ])
    .optional(),
  itemMode: ItemMode,
  /** Sets of items; exactly one for `fixed`. */
  sets: z.array(z.array(SubscriptionItem).max(30)).min(1).max(24),
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
  /** 広告媒体 in the caller's words; a known 申込番号 names its own. */
  medium: text(40).default(''),
  note: text(500),
  /** 継続課金への同意: asked and given on the phone. */
  consent: z.boolean(),
})
export type SubscriptionForm = z.infer<typeof SubscriptionForm>

/** A change of one turn that is tried before anything is saved: what follows from it is looked at. */
export const TurnTry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('skip'), ruleIndex: z.int().min(0).max(9_999) }),
  z.object({ kind: z.literal('move'), ruleIndex: z.int().min(0).max(9_999), to: PlainDate }),
])
export type TurnTry = z.infer<typeof TurnTry>

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
  cycleId: Id,
  version: Version,
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
