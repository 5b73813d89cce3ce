import { z } from 'zod'
import { procedure } from './procedure'
import { PriceKind, TaxClass } from './products'
import { PlainDate, text, Version } from './values'

const Fee = z.int().min(0).max(99_999)

/** 設定 > 送料・税. Yen, tax included. */
export const Charges = z.object({
  /** A parcel, wherever no other fee is set. */
  shipping: Fee,
  byPrefecture: z
    .array(
      z.object({
        prefecture: text(10),
        fee: Fee,
        /** 送料無料の対象外 */
        neverFree: z.boolean(),
      }),
    )
    .max(47),
  /** Goods of this sum ship free; null: never. */
  freeShippingFrom: z.int().min(1).max(9_999_999).nullable(),
  freeShippingPer: z.enum(['order', 'shipment']),
  /** クール便, on top of a parcel's fee. */
  coolFee: Fee,
  codFee: Fee,
  deferredFee: Fee,
  taxRounding: z.enum(['floor', 'half-up', 'ceil']),
  /** 適格請求書: one for the order, or one for each parcel. */
  invoicePer: z.enum(['order', 'shipment']),
  /** What the price of a new product is. */
  priceKind: PriceKind,
})
export type Charges = z.infer<typeof Charges>

/** A rate of a tax class from a day on, until the next one. */
export const TaxRate = z.object({
  taxClass: TaxClass,
  ratePercent: z.int().min(0).max(99),
  validFrom: PlainDate,
})
export type TaxRate = z.infer<typeof TaxRate>

/** A rate, and whether it holds today. */
export const ShownRate = TaxRate.extend({ state: z.enum(['past', 'now', 'ahead']) })
export type ShownRate = z.infer<typeof ShownRate>

const invalid = {
  INVALID_FIELDS: {
    message: '入力内容を確認してください。',
    data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
} as const

/** 設定 > 送料・税 */
export const charges = {
  get: procedure('settings.read').output(
    z.object({ version: Version, values: Charges, rates: z.array(ShownRate) }),
  ),
  save: procedure('settings.write')
    .input(z.object({ version: Version, values: Charges }))
    .output(z.object({ version: Version, values: Charges }))
    .errors(invalid),
  /** A rate from a day that has not come yet; one of the same day is written over. */
  addRate: procedure('settings.write').input(TaxRate).output(z.array(ShownRate)).errors(invalid),
  /** Takes back a rate whose day has not come yet. */
  removeRate: procedure('settings.write')
    .input(TaxRate.pick({ taxClass: true, validFrom: true }))
    .output(z.array(ShownRate))
    .errors(invalid),
}
