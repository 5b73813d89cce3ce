import { z } from 'zod'
import { CustomerFields } from './customers'
import { DeliveryChoices } from './delivery'
import { Failure } from './failures'
import { ShownCard } from './keypad'
import { LegalMode } from './offers'
import { OfferedPlans, ONE_TIME, PaymentPlan } from './payment-plan'
import { procedure } from './procedure'
import { PriceKind, TaxClass } from './products'
import { MAX_SHIPMENTS, OrderChannel, SavedAddress, Shipment } from './shipments'
import { Id, Instant, PlainDate, text, Version, Yen } from './values'

export const PaymentMethod = z.enum(['card', 'cod', 'deferred', 'bank-transfer', 'konbini', 'none'])
export type PaymentMethod = z.infer<typeof PaymentMethod>

/** 値引き by hand, with why. */
export const Discount = z.object({
  unit: z.enum(['yen', 'percent']),
  /** Yen, or per cent of the goods. */
  value: z.int().min(0).max(9_999_999),
  reason: text(100),
})
export type Discount = z.infer<typeof Discount>

/** What the operator has entered so far. Half-filled is fine: 確認画面に進む checks it. */
export const CheckoutForm = z.object({
  customer: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none'), phone: text(30) }),
    z.object({ kind: z.literal('existing'), customerId: Id }),
    z.object({ kind: z.literal('new'), fields: CustomerFields }),
  ]),
  lines: z
    .array(
      z.object({
        productId: Id,
        quantity: z.int().min(0).max(999),
        /** Index of the delivery that the line goes with. */
        shipment: z
          .int()
          .min(0)
          .max(MAX_SHIPMENTS - 1),
      }),
    )
    .max(50),
  shipments: z.array(Shipment).min(1).max(MAX_SHIPMENTS),
  channel: OrderChannel,
  /** 申込番号 of the advertisement that the caller names. */
  offerCode: text(20),
  /** Where the caller saw the offer, such as 新聞折込. */
  medium: text(40),
  payment: z.object({
    method: PaymentMethod.nullable(),
    /** For `card`: the keyed card or a card on file. */
    cardId: Id.nullable(),
    /** 今回の1回限り, or keep the keyed card on file for this customer. */
    keepCard: z.boolean(),
  }),
  note: text(500),
  discount: Discount.nullable().default(null),
  /** 支払区分; it counts where a card pays. */
  plan: PaymentPlan.default(ONE_TIME),
})
export type CheckoutForm = z.infer<typeof CheckoutForm>

/** What the order is by law with the offer that the caller names, and why. */
export const OrderLegal = z.object({
  mode: LegalMode,
  reason: z.enum(['offer', 'not-statutory', 'outside']).nullable(),
  /** Names of what the advertisement did not offer. */
  outside: z.array(z.string()),
  /** The running offer; null: none was named, or it is not known (`unknown`). */
  offer: z
    .object({ code: z.string(), name: z.string(), medium: z.string(), validTo: PlainDate.nullable() })
    .nullable(),
  unknown: z.boolean(),
})
export type OrderLegal = z.infer<typeof OrderLegal>

/** Totals as main works them out: tax once per rate. */
export const Quote = z.object({
  lines: z.array(
    z.object({
      productId: Id,
      /** Index of the delivery that the line goes with. */
      shipment: z.int(),
      code: z.string(),
      name: z.string(),
      unitPrice: Yen,
      quantity: z.int(),
      amount: Yen,
      taxClass: TaxClass,
      ratePercent: z.int(),
      priceKind: PriceKind,
      /** Pieces that are there; null: not counted. */
      stock: z.int().nullable(),
    }),
  ),
  /** All goods, with the tax that comes on top of prices without tax. */
  subtotal: Yen,
  taxAdded: Yen,
  shipping: Yen,
  fee: Yen,
  /** What is taken off, with tax; by rate below. */
  discount: Yen,
  discounts: z.array(z.object({ ratePercent: z.int(), amount: Yen })),
  total: Yen,
  taxes: z.array(z.object({ ratePercent: z.int(), taxable: Yen, tax: Yen })),
  /** Yen that are missing for free shipping; null when it is free already or never. */
  untilFreeShipping: Yen.nullable(),
  legal: OrderLegal,
})
export type Quote = z.infer<typeof Quote>

export const CheckoutStage = z.enum(['editing', 'authorizing', 'read-back', 'completed', 'discarded'])
export type CheckoutStage = z.infer<typeof CheckoutStage>

export const PaymentState = z.enum([
  'unknown',
  'authorized',
  'captured',
  'partially-refunded',
  'refunded',
  'voided',
  'failed',
])
export type PaymentState = z.infer<typeof PaymentState>

export const ShownPayment = z.object({
  /** 取引ID, six characters. */
  number: z.string(),
  state: PaymentState,
  amount: Yen,
  plan: PaymentPlan,
  brand: z.string().nullable(),
  /** Masked number as the service returned it. */
  masked: z.string().nullable(),
  last3: z.string().nullable(),
  code: z.string().nullable(),
  approvalCode: z.string().nullable(),
  holdUntil: Instant.nullable(),
  createdAt: Instant,
})
export type ShownPayment = z.infer<typeof ShownPayment>

/** What is read to the caller before 確定, sentence by sentence. */
export const ReadBack = z.object({
  sentences: z.array(z.object({ id: z.string(), label: z.string(), text: z.string() })),
})
export type ReadBack = z.infer<typeof ReadBack>

/** 注文登録, a change of an order that stands, a card for a customer's file, 定期 registration, or a turn of a 定期. */
export const CheckoutPurpose = z.enum([
  'order',
  'order-change',
  'card-on-file',
  'subscription',
  'subscription-turn',
])
export type CheckoutPurpose = z.infer<typeof CheckoutPurpose>

export const CheckoutView = z.object({
  checkoutId: Id,
  purpose: CheckoutPurpose,
  /** The order that is being changed. */
  changes: z.object({ id: Id, number: z.int(), total: Yen }).nullable(),
  /** 保留: until when the keypad is kept for this checkout. */
  heldUntil: Instant.nullable(),
  version: Version,
  stage: CheckoutStage,
  form: CheckoutForm,
  quote: Quote,
  card: ShownCard.nullable(),
  /** Name of the customer as known now, for tabs and lists. */
  customerName: z.string().nullable(),
  payment: ShownPayment.nullable(),
  /** Present when the payment needs attention or the last attempt failed. */
  failure: Failure.nullable(),
  readBack: ReadBack.nullable(),
  /** The order is looked at in the shop before it ships; nothing of the reason is for the caller. */
  review: z.boolean(),
  order: z.object({ id: Id, number: z.int() }).nullable(),
  updatedAt: Instant,
})
export type CheckoutView = z.infer<typeof CheckoutView>

export const UnfinishedCheckout = z.object({
  checkoutId: Id,
  purpose: CheckoutPurpose,
  /** The customer whose card is being registered. */
  customerId: Id.nullable(),
  heldUntil: Instant.nullable(),
  stage: CheckoutStage,
  customerName: z.string().nullable(),
  amount: Yen,
  payment: ShownPayment.nullable(),
  operatorName: z.string(),
  updatedAt: Instant,
  /** When an authorization without an order is voided by itself. */
  voidsAt: Instant.nullable(),
})
export type UnfinishedCheckout = z.infer<typeof UnfinishedCheckout>

const wrongStage = {
  WRONG_STAGE: { message: 'この注文は、いまその操作ができる状態ではありません。' },
} as const
const ref = z.object({ checkoutId: Id, version: Version })

export const checkout = {
  /** Opens an empty draft. */
  open: procedure('checkout.use').output(CheckoutView),
  get: procedure('checkout.use')
    .input(z.object({ checkoutId: Id }))
    .output(CheckoutView),
  /** Keeps the form; every keystroke lands here, debounced. Answers with the totals of what was kept. */
  save: procedure('checkout.use')
    .input(ref.extend({ form: CheckoutForm }))
    .output(CheckoutView)
    .errors({
      ...wrongStage,
      DISCOUNT_NOT_ALLOWED: {
        message: '値引きの権限がありません。権限を持つ担当者に依頼してください。',
      },
      OTHER_SEAT: { message: 'この下書きは別の席で作成されたため、この席では開けません。' },
    }),
  /**
   * 確認画面に進む: checks the form, authorizes the card when there is one, and answers with stage `read-back`,
   * or with stage `editing` / `authorizing` and a failure. The form is never lost.
   */
  proceed: procedure('checkout.use')
    .input(ref)
    .output(CheckoutView)
    .errors({
      ...wrongStage,
      INVALID_FORM: {
        message: '入力内容を確認してください。',
        data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
      },
    }),
  /** 照会: asks the service what became of an authorization whose answer was lost. */
  inquire: procedure('payment.inquire')
    .input(z.object({ checkoutId: Id }))
    .output(CheckoutView),
  /** 戻る: to the form, keeping the authorization (reused when nothing of it changes) or voiding it. */
  back: procedure('checkout.use')
    .input(ref.extend({ authorization: z.enum(['keep', 'void']) }))
    .output(CheckoutView)
    .errors(wrongStage),
  /** 確定: makes the order. A second call answers with the order that the first one made. */
  confirm: procedure('checkout.use')
    .input(ref.extend({ readSentenceIds: z.array(z.string().max(40)).max(40) }))
    .output(CheckoutView)
    .errors(wrongStage),
  /** 破棄: voids an authorization and closes the draft. */
  discard: procedure('checkout.use').input(ref).output(CheckoutView).errors(wrongStage),
  /**
   * Opens a change of an order that is not yet handed to the shipper, with the order's content as its form; a second
   * call opens the same one. 確認画面に進む makes the new 与信 first; 確定 changes the order and releases the old hold.
   */
  openChange: procedure('order.write')
    .input(z.object({ orderId: Id }))
    .output(CheckoutView)
    .errors({ NOT_CHANGEABLE: { message: 'この注文は出荷指示の後、または取消済みのため変更できません。' } }),
  /** 保留: the caller fetches the card. The keypad stays with this seat for 10 minutes; everything typed stays. */
  hold: procedure('checkout.use')
    .input(ref.extend({ on: z.boolean() }))
    .output(CheckoutView)
    .errors(wrongStage),
  /** Drafts and authorizations without an order, newest first: offered for resume. */
  unfinished: procedure('checkout.use').output(z.array(UnfinishedCheckout)),
  /** 支払区分 that the payment service takes; 一括 alone while there is no service to ask. */
  plans: procedure('checkout.use').output(OfferedPlans),
  /** お届け先 on a customer's file, for the choice of where a delivery goes. */
  savedAddresses: procedure('checkout.use')
    .input(z.object({ customerId: Id }))
    .output(z.array(SavedAddress)),
  /** Delivery dates and time slots that can be promised from now, and why. */
  deliveryChoices: procedure('checkout.use')
    .input(
      z.object({
        prefecture: text(10),
        /** Islands are known by it. */
        postalCode: text(12).default(''),
        /** The chosen date; null: as early as possible. */
        deliverOn: PlainDate.nullable().default(null),
      }),
    )
    .output(DeliveryChoices),
}
