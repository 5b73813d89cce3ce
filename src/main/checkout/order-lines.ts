import type { Quote } from '../../contract/checkout'
import { yen } from '../../contract/values'

type LineOfQuote = Quote['lines'][number]

const productLine = (line: LineOfQuote) => ({
  kind: 'product' as const,
  product_id: line.productId,
  code: line.code,
  name: line.name,
  unit_price: line.unitPrice,
  quantity: line.quantity,
  amount: line.amount,
  tax_class: line.taxClass,
  rate_percent: line.ratePercent,
  price_kind: line.priceKind,
  shipment: line.shipment + 1,
})

interface PlainLine {
  readonly kind: 'shipping' | 'fee' | 'discount'
  readonly name: string
  readonly amount: number
  readonly ratePercent: number
  readonly taxClass: LineOfQuote['taxClass']
}

const plainLines = ({ kind, name, amount, ratePercent, taxClass }: PlainLine) =>
  amount === 0
    ? []
    : [
        {
          kind,
          product_id: null,
          code: null,
          name,
          unit_price: yen(amount),
          quantity: 1,
          amount: yen(amount),
          tax_class: taxClass,
          rate_percent: ratePercent,
          price_kind: 'gross' as const,
          shipment: 1,
        },
      ]

/**
 * The lines of an order: goods, 送料, 手数料, and the 値引き of each tax rate as an amount below zero. `discountName`:
 * what the price of a turn of a 定期 is called.
 */
export function orderLinesOf(quote: Quote, discountName = '値引き') {
  const standard = quote.taxes.reduce((highest, row) => Math.max(highest, row.ratePercent), 0)
  const service = { ratePercent: standard, taxClass: 'standard' } as const
  const classOf = (rate: number) =>
    quote.lines.find(({ ratePercent }) => ratePercent === rate)?.taxClass ?? 'standard'
  return [
    ...quote.lines.map(productLine),
    ...plainLines({ kind: 'shipping', name: '送料', amount: quote.shipping, ...service }),
    ...plainLines({ kind: 'fee', name: '手数料', amount: quote.fee, ...service }),
    ...quote.discounts.flatMap(({ ratePercent, amount }) =>
      plainLines({
        kind: 'discount',
        name: discountName,
        amount: -amount,
        ratePercent,
        taxClass: classOf(ratePercent),
      }),
    ),
  ]
}
