import { z } from 'zod'
import { procedure } from './procedure'
import { Id, text, Yen } from './values'

/** 標準税率 or 軽減税率; the percentage follows from the date. */
export const TaxClass = z.enum(['standard', 'reduced'])
export type TaxClass = z.infer<typeof TaxClass>

export const ProductSummary = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  kana: z.string(),
  /** Tax included. */
  price: Yen,
  taxClass: TaxClass,
  ratePercent: z.int(),
  temperature: z.enum(['normal', 'chilled', 'frozen']),
})
export type ProductSummary = z.infer<typeof ProductSummary>

export const products = {
  /** The best 20 by fragment of code, name or kana. */
  search: procedure('product.read')
    .input(z.object({ text: text(80) }))
    .output(z.array(ProductSummary)),
}
