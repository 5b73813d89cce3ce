import type { BulkChange } from '../../../contract/subscription-bulk'
import type { SubscriptionForm } from '../../../contract/subscription-form'

type Item = SubscriptionForm['sets'][number][number]
type Items = readonly Item[]

const MOST_QUANTITY = 999

/** The goods of one set after a change; the very same ones when it does not concern them. */
export function changedItems(items: Items, change: BulkChange): Items {
  if (change.kind === 'price') {
    const prices = new Map(change.prices.map(({ productId, price }) => [productId, price]))
    if (!items.some(({ productId, unitPrice }) => (prices.get(productId) ?? unitPrice) !== unitPrice))
      return items
    return items.map((item) => ({ ...item, unitPrice: prices.get(item.productId) ?? item.unitPrice }))
  }
  const { productId, byProductId, perOne, price } = change
  if (!items.some((item) => item.productId === productId)) return items
  return items.map((item) =>
    item.productId === productId
      ? { productId: byProductId, quantity: item.quantity * perOne, unitPrice: price }
      : item,
  )
}

/** Why goods cannot be so; null: they can. */
export const itemsFault = (items: Items): string | null =>
  items.some(({ quantity }) => quantity > MOST_QUANTITY)
    ? `入替後の数量が${MOST_QUANTITY}を超えるため、変更できません。`
    : null
