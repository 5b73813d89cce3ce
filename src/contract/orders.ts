import { z } from 'zod'
import { OrderHold } from './blacklist'
import { PaymentMethod, ShownPayment } from './checkout'
import { PriceKind } from './products'
import { Gift, OrderChannel } from './shipments'
import { LegalMode } from './offers'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, PlainDate, text, Yen } from './values'

export const OrderStatus = z.enum([
  'new',
  'waiting-check',
  'waiting-payment',
  'waiting-ship-date',
  'ship-instructed',
  'shipped',
  'returned',
  'cancelled',
])
export type OrderStatus = z.infer<typeof OrderStatus>

/** An order may be changed until it is handed to the shipper. */
export const CHANGEABLE: ReadonlySet<OrderStatus> = new Set<OrderStatus>([
  'new',
  'waiting-check',
  'waiting-payment',
  'waiting-ship-date',
])

export const OrderSummary = z.object({
  id: Id,
  number: z.int(),
  orderedAt: Instant,
  customerName: z.string(),
  customerPhone: z.string(),
  /** First item and how many more. */
  items: z.string(),
  paymentMethod: PaymentMethod,
  paymentState: z.string().nullable(),
  total: Yen,
  deliverOn: PlainDate.nullable(),
  status: OrderStatus,
  operatorName: z.string(),
  /** ブラックリスト: held until somebody lets it go, or only marked. */
  flag: z.enum(['held', 'marked']).nullable(),
})
export type OrderSummary = z.infer<typeof OrderSummary>

const AddressBlock = z.object({
  name: z.string(),
  phone: z.string(),
  postalCode: z.string(),
  address: z.string(),
})

export const OrderDetail = OrderSummary.extend({
  customerId: Id,
  customer: AddressBlock,
  /** At least one, in their order. */
  shipments: z.array(
    AddressBlock.extend({
      position: z.int(),
      deliverOn: PlainDate.nullable(),
      slotLabel: z.string().nullable(),
      shipOn: PlainDate.nullable(),
      gift: Gift,
    }),
  ),
  channel: OrderChannel,
  offerCode: z.string(),
  medium: z.string(),
  legalMode: LegalMode,
  legalReason: z.enum(['offer', 'not-statutory', 'outside']).nullable(),
  lines: z.array(
    z.object({
      kind: z.enum(['product', 'shipping', 'fee', 'discount']),
      code: z.string().nullable(),
      name: z.string(),
      unitPrice: Yen,
      quantity: z.int(),
      amount: Yen,
      ratePercent: z.int(),
      priceKind: PriceKind,
      /** Position of the delivery that it goes with. */
      shipment: z.int(),
    }),
  ),
  taxes: z.array(z.object({ ratePercent: z.int(), taxable: Yen, tax: Yen })),
  payments: z.array(ShownPayment),
  readBack: z.object({ at: Instant, by: z.string(), sentences: z.array(z.string()) }).nullable(),
  note: z.string(),
  /** 値引き, with who answers for it; of a turn of a 定期, what its price is called, and nobody. */
  discount: z.object({ amount: Yen, reason: z.string(), by: z.string() }).nullable(),
  /** The 定期 that it is a turn (回) of. */
  subscription: z.object({ id: Id, number: z.int(), turn: z.int() }).nullable(),
  /** The latest first; at most one is open. */
  holds: z.array(OrderHold),
})
export type OrderDetail = z.infer<typeof OrderDetail>

export const OrderFilter = z.object({
  text: text(80).default(''),
  status: z.array(OrderStatus).max(8).default([]),
  paymentMethod: z.array(PaymentMethod).max(6).default([]),
  from: PlainDate.nullable().default(null),
  to: PlainDate.nullable().default(null),
  /** Serial number of the keypad on which a card of the order was keyed. */
  keypad: text(40).default(''),
  /** The shop that took the order. */
  shopId: Id.nullable().default(null),
})
export type OrderFilter = z.infer<typeof OrderFilter>

export const orders = {
  list: procedure('order.read')
    .input(PageInput.extend({ filter: OrderFilter }))
    .output(page(OrderSummary)),
  get: procedure('order.read')
    .input(z.object({ id: Id }))
    .output(OrderDetail),
  /** 保留解除: the order goes on with the status that it would have had. */
  release: procedure('order.release')
    .input(z.object({ id: Id, holdId: Id, reason: text(200).min(1) }))
    .output(OrderDetail)
    .errors({ NOT_HELD: { message: 'この注文は保留されていません。最新の内容を確認してください。' } }),
}
