import type { BulkChange } from '../../../contract/subscription-bulk'
import type { SubscriptionForm } from '../../../contract/subscription-form'

type Item = SubscriptionForm['sets'][number][number]
type Items = readonly Item[]

const MOST_QUANTITY = 999

/** Lines of one product at one price become one line: the desk knows a line by its product. */
function together(items: Items, productId: string): Item[] {
  const joined: Item[] = []
  for (const item of items) {
    const at = joined.findIndex(
      (one) =>
        one.productId === productId && item.productId === productId && one.unitPrice === item.unitPrice,
    )
    const same = joined[at]
    if (same) joined[at] = { ...same, quantity: same.quantity + item.quantity }
    else joined.push(item)
  }
  return joined
}

/**
 * The goods of one set after a change; the very same ones when it does not concern them. `isMeant` narrows the change
 * to some of the lines that name the product.
 */
export function changedItems(
  items: Items,
  change: BulkChange,
  isMeant: (item: Item) => boolean = () => true,
): Items {
  if (change.kind === 'price') {
    const prices = new Map(change.prices.map(({ productId, price }) => [productId, price]))
    const priceOf = (item: Item) => (isMeant(item) ? prices.get(item.productId) : undefined) ?? item.unitPrice
    if (items.every((item) => priceOf(item) === item.unitPrice)) return items
    return items.map((item) => ({ ...item, unitPrice: priceOf(item) }))
  }
  const { productId, byProductId, perOne, price } = change
  const isReplaced = (item: Item) => item.productId === productId && isMeant(item)
  if (!items.some(isReplaced)) return items
  return together(
    items.map((item) =>
      isReplaced(item)
        ? { productId: byProductId, quantity: item.quantity * perOne, unitPrice: price }
        : item,
    ),
    byProductId,
  )
}

/** Why goods cannot be so after a change; null: they can. */
export function itemsFault(items: Items, change: BulkChange): string | null {
  if (items.some(({ quantity }) => quantity > MOST_QUANTITY))
    return `差し替え後の数量が${MOST_QUANTITY}を超えるため、変更できません。`
  if (change.kind === 'replace' && items.filter((item) => item.productId === change.byProductId).length > 1)
    return '新しい商品が別の単価ですでに入っているため、変更できません。定期詳細で変更してください。'
  return null
}
