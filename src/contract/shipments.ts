import { z } from 'zod'
import { Id, PlainDate, text } from './values'

/** Where a delivery goes: to the customer, to an address of the customer's file, or to one that was typed. */
export const ShipTo = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customer') }),
  z.object({ kind: z.literal('saved'), addressId: Id }),
  z.object({
    kind: z.literal('other'),
    name: text(80),
    phone: text(30),
    postalCode: text(12),
    prefecture: text(10),
    city: text(60),
    address: text(100),
    building: text(60),
  }),
])
export type ShipTo = z.infer<typeof ShipTo>

/** An address on a customer's file. */
export const SavedAddress = z.object({
  id: Id,
  label: z.string(),
  name: z.string(),
  phone: z.string(),
  postalCode: z.string(),
  prefecture: z.string(),
  city: z.string(),
  address: z.string(),
  building: z.string(),
})
export type SavedAddress = z.infer<typeof SavedAddress>

/** 水引: 紅白蝶結び (may come again), 紅白結び切り (once only: a wedding), 黒白結び切り (condolence). */
export const NoshiCord = z.enum(['bow', 'knot', 'mourning'])
export type NoshiCord = z.infer<typeof NoshiCord>

/** のし: paper with cord, 表書き and 名入れ. */
export const Noshi = z.object({
  cord: NoshiCord,
  /** 表書き, such as 御祝. */
  title: text(20),
  /** 名入れ, from right to left; several are 連名. */
  names: z.array(text(30)).max(3),
  /** 内のし (under the wrapping) or 外のし (over it). */
  place: z.enum(['inner', 'outer']),
})
export type Noshi = z.infer<typeof Noshi>

export const Gift = z.object({
  noshi: Noshi.nullable(),
  wrapping: z.boolean(),
  /** 手提げ袋. */
  bag: z.boolean(),
  /** Words on the message card. */
  message: text(200),
})
export type Gift = z.infer<typeof Gift>

/** One delivery of an order: where, when, and as what. */
export const Shipment = z.object({
  shipTo: ShipTo,
  deliverOn: PlainDate.nullable(),
  slotCode: z.string().max(8).nullable(),
  gift: Gift,
})
export type Shipment = z.infer<typeof Shipment>

/** Most deliveries that one order can have. */
export const MAX_SHIPMENTS = 10

/** How the order reached the shop. */
export const OrderChannel = z.enum(['phone', 'postcard', 'fax', 'mail'])
export type OrderChannel = z.infer<typeof OrderChannel>
