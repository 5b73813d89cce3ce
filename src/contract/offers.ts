import { z } from 'zod'
import { procedure } from './procedure'
import { Id, page, PageInput, PlainDate, text, Version } from './values'

export const MediumKind = z.enum([
  'tv',
  'radio',
  'newspaper',
  'magazine',
  'flyer',
  'catalogue',
  'dm',
  'web',
  'other',
])
export type MediumKind = z.infer<typeof MediumKind>

/** 通信販売, or 電話勧誘販売 (特定商取引法 2条2項・3項). */
export const LegalMode = z.enum(['mail-order', 'telemarketing'])
export type LegalMode = z.infer<typeof LegalMode>

const MediumFields = z.object({
  code: text(20),
  name: text(40),
  kind: MediumKind,
  active: z.boolean(),
})

/** 媒体: where the shop advertises. */
export const Medium = MediumFields.extend({ id: Id, version: Version, offers: z.int() })
export type Medium = z.infer<typeof Medium>

/** A product that an advertisement showed. */
const AdvertisedFields = z.object({
  productId: Id,
  /** Advertised price of the product's own kind, yen; null: the usual one. */
  price: z.int().min(0).max(9_999_999).nullable(),
  /** 定期 was advertised too. */
  subscription: z.boolean(),
})

export const OfferFields = z.object({
  /** 申込番号 that callers name. */
  code: text(20),
  name: text(80),
  mediumId: Id,
  /** What an order that comes of it is, as long as it keeps to what was advertised. */
  legalMode: LegalMode,
  /** It showed what 特定商取引法 11条 asks for: price, shipping, payment, delivery, return, period, … */
  statutory: z.boolean(),
  /** 全商品: whatever the shop sells was advertised, such as by a catalogue. */
  wholeRange: z.boolean(),
  /** 掲載期間, both included. */
  validFrom: PlainDate,
  validTo: PlainDate.nullable(),
  note: text(500),
  active: z.boolean(),
  products: z.array(AdvertisedFields).max(300),
})
export type OfferFields = z.infer<typeof OfferFields>

export const OfferState = z.enum(['running', 'before', 'ended', 'stopped'])
export type OfferState = z.infer<typeof OfferState>

export const OfferSummary = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  medium: z.object({ id: Id, name: z.string(), kind: MediumKind }),
  legalMode: LegalMode,
  statutory: z.boolean(),
  wholeRange: z.boolean(),
  validFrom: PlainDate,
  validTo: PlainDate.nullable(),
  state: OfferState,
  /** Advertised products. */
  productCount: z.int(),
})
export type OfferSummary = z.infer<typeof OfferSummary>

export const Offer = OfferFields.omit({ products: true }).extend({
  id: Id,
  version: Version,
  state: OfferState,
  products: z.array(
    AdvertisedFields.extend({ code: z.string(), name: z.string(), usualPrice: z.int(), active: z.boolean() }),
  ),
})
export type Offer = z.infer<typeof Offer>

export const OfferFilter = z.object({
  text: text(80).default(''),
  mediumId: Id.nullable().default(null),
  state: OfferState.nullable().default(null),
})
export type OfferFilter = z.infer<typeof OfferFilter>

const invalid = {
  INVALID_FIELDS: {
    message: '入力内容を確認してください。',
    data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
} as const

/** 広告・オファー */
export const offers = {
  /** The best 20 that run today, by fragment of 申込番号 or name: for the order form. */
  search: procedure('product.read')
    .input(z.object({ text: text(80) }))
    .output(z.array(OfferSummary)),
  list: procedure('product.read').input(PageInput.extend(OfferFilter.shape)).output(page(OfferSummary)),
  get: procedure('product.read')
    .input(z.object({ id: Id }))
    .output(Offer),
  add: procedure('product.write')
    .input(z.object({ fields: OfferFields }))
    .output(Offer)
    .errors(invalid),
  save: procedure('product.write')
    .input(z.object({ id: Id, version: Version, fields: OfferFields }))
    .output(Offer)
    .errors(invalid),
  media: procedure('product.read').output(z.array(Medium)),
  addMedium: procedure('product.write')
    .input(z.object({ fields: MediumFields }))
    .output(z.array(Medium))
    .errors(invalid),
  saveMedium: procedure('product.write')
    .input(z.object({ id: Id, version: Version, fields: MediumFields }))
    .output(z.array(Medium))
    .errors(invalid),
}
