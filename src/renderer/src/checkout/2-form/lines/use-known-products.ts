import { useCallback, useState } from 'react'
import type { ProductSummary } from '../../../../../contract/products'
import { useDraftState } from '../../draft/draft-context'
import { usePickedCustomer } from '../customer/use-customer'

/** What the screen can say of a product before the totals have come. */
export interface KnownProduct {
  readonly name: string
  readonly code: string | null
  readonly unitPrice: number | null
  readonly ratePercent: number | null
  readonly reduced: boolean
}

/** Names and prices by product id: from the totals, else from what was just picked or offered. */
export function useKnownProducts() {
  const { quote } = useDraftState().view
  const { detail } = usePickedCustomer()
  const [picked, setPicked] = useState<ReadonlyMap<string, ProductSummary>>(new Map())
  const remember = useCallback(
    (product: ProductSummary) => setPicked((known) => new Map(known).set(product.id, product)),
    [],
  )
  const of = (productId: string): KnownProduct | null => {
    const line = quote.lines.find((row) => row.productId === productId)
    if (line) return { ...line, reduced: line.taxClass === 'reduced' }
    const product = picked.get(productId)
    if (product) return { ...product, unitPrice: product.price, reduced: product.taxClass === 'reduced' }
    const last = detail?.lastLines.find((row) => row.productId === productId)
    return last ? { name: last.name, code: null, unitPrice: null, ratePercent: null, reduced: false } : null
  }
  return { of, remember }
}
