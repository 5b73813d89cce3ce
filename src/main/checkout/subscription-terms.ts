import type { SubscriptionForm } from '../../contract/subscription-form'
import type { FieldFault } from '../domain/people/contact-fields'
import { saleStateOn } from '../domain/products/sale-state'
import type { CheckoutDeps } from './deps'

type Sets = SubscriptionForm['sets']

/** Rows of what a contract delivers. */
export const itemRows = (id: string, sets: Sets) =>
  sets.flatMap((set, setNo) =>
    set.map(({ productId, quantity, unitPrice }, position) => ({
      subscription_id: id,
      set_no: setNo,
      position,
      product_id: productId,
      quantity,
      unit_price: unitPrice,
    })),
  )

/** What stands against these goods. `known`: products that were agreed before, and stay whatever became of them. */
export async function itemFaults(
  { database: { db } }: Pick<CheckoutDeps, 'database'>,
  goods: Pick<SubscriptionForm, 'itemMode' | 'sets'>,
  today: string,
  known: ReadonlySet<string> = new Set(),
): Promise<FieldFault[]> {
  const { itemMode, sets } = goods
  const faults: FieldFault[] = []
  if (itemMode === 'fixed' && sets.length !== 1)
    faults.push({ path: 'sets', message: '毎回同じ商品のときは、セットを1つにしてください。' })
  const ids = [...new Set(sets.flat().map(({ productId }) => productId))]
  const products = new Map(
    (ids.length === 0 ? [] : await db.selectFrom('product').selectAll().where('id', 'in', ids).execute()).map(
      (row) => [row.id, row],
    ),
  )
  for (const [setNo, set] of sets.entries()) {
    if (set.length === 0) {
      const where = sets.length > 1 ? `セット${setNo + 1}に` : ''
      faults.push({ path: `sets.${setNo}`, message: `${where}商品を1つ以上追加してください。` })
    }
    for (const [position, { productId }] of set.entries()) {
      const path = `sets.${setNo}.${position}.productId`
      const product = products.get(productId)
      if (!product) {
        faults.push({ path, message: 'この商品は見つかりません。選び直してください。' })
        continue
      }
      if (known.has(productId)) continue
      const sale = { active: product.active === 1, from: product.sale_from, to: product.sale_to }
      const state = saleStateOn(sale, today)
      if (product.subscribable === 0)
        faults.push({ path, message: `「${product.name}」は定期では販売していません。` })
      else if (state === 'ended' || state === 'stopped')
        faults.push({ path, message: `「${product.name}」は販売を終了しています。` })
    }
  }
  return faults
}

/** Rows of the prices of a contract. */
export const stepRows = (id: string, steps: SubscriptionForm['priceSteps']) =>
  steps.map(({ fromTurn, toTurn, kind, value, label }, position) => ({
    subscription_id: id,
    position,
    from_turn: fromTurn,
    to_turn: toTurn,
    kind,
    value,
    label,
  }))

type Terms = Pick<SubscriptionForm, 'priceSteps' | 'minTurns' | 'lastTurn'>

/** What stands against prices, minimum and end. `nextTurn`: the turn that comes next, from 1. */
export function termFaults({ priceSteps, minTurns, lastTurn }: Terms, nextTurn: number): FieldFault[] {
  const faults: FieldFault[] = []
  for (const [index, { fromTurn, toTurn }] of priceSteps.entries()) {
    if (toTurn !== null && toTurn < fromTurn)
      faults.push({
        path: `priceSteps.${index}.toTurn`,
        message: '終わりの回は、始まりの回と同じか、それより後にしてください。',
      })
    const other = priceSteps
      .slice(0, index)
      .find((one) => (toTurn ?? Infinity) >= one.fromTurn && (one.toTurn ?? Infinity) >= fromTurn)
    if (other)
      faults.push({
        path: `priceSteps.${index}.fromTurn`,
        message: 'ほかの価格と回が重なっています。1つの回に使える価格は1つです。',
      })
  }
  if (lastTurn !== null && lastTurn < nextTurn)
    faults.push({ path: 'lastTurn', message: `終了回は、次回の${nextTurn}回目以降にしてください。` })
  if (lastTurn !== null && minTurns > lastTurn)
    faults.push({ path: 'minTurns', message: '最低継続回数は、終了回以下にしてください。' })
  return faults
}
