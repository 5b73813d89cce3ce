import type { BulkChange, BulkWish } from '../../../contract/subscription-bulk'
import type { CheckoutDeps } from '../../checkout/deps'
import { addDays, businessDate } from '../../domain/calendar/tokyo'
import type { FieldFault } from '../../domain/people/contact-fields'
import { saleStateOn } from '../../domain/products/sale-state'
import { Refusal } from '../../platform/refusal'
import { namedProducts } from './subscription-bulk.repository'

type ProductRow = Awaited<ReturnType<typeof namedProducts>>[number]

/** A change so far ahead would keep the old goods for too many turns. */
const LATEST_DAYS = 366
const LONGEST_TITLE = 200

/** The products that a change names. */
export const productIdsOf = (change: BulkChange): string[] =>
  change.kind === 'price'
    ? change.prices.map(({ productId }) => productId)
    : [change.productId, change.byProductId]

/** Why a product cannot be put in the place of another; null: it can. */
function newProductFault(row: ProductRow, { fromDate, today }: { fromDate: string | null; today: string }) {
  const state = saleStateOn({ active: row.active === 1, from: row.sale_from, to: row.sale_to }, today)
  if (row.subscribable === 0) return `「${row.name}」は定期では販売していません。`
  if (state === 'ended' || state === 'stopped') return `「${row.name}」は販売を終了しています。`
  if (row.sale_from !== null && row.sale_from > (fromDate ?? today))
    return `「${row.name}」は${row.sale_from.replaceAll('-', '/')}から販売します。適用の開始をその日より後にしてください。`
  return null
}

function changeFaults(
  wish: BulkWish,
  products: ReadonlyMap<string, ProductRow>,
  today: string,
): FieldFault[] {
  const { change, fromDate } = wish
  const ids = productIdsOf(change)
  const fault = (message: string): FieldFault => ({ path: 'change', message })
  if (ids.some((id) => !products.has(id))) return [fault('商品が見つかりません。選び直してください。')]
  if (new Set(ids).size < ids.length)
    return [
      fault(
        change.kind === 'price'
          ? '同じ商品が2回選ばれています。'
          : '差し替える商品と新しい商品が同じです。別の商品を選んでください。',
      ),
    ]
  const by = change.kind === 'replace' ? products.get(change.byProductId) : undefined
  const why = by ? newProductFault(by, { fromDate, today }) : null
  return why === null ? [] : [fault(why)]
}

/** What stands against the bounds of a wish. */
function boundFaults({ filter, fromDate }: BulkWish, today: string): FieldFault[] {
  const faults: FieldFault[] = []
  const { turnFrom, turnTo, nextFrom, nextTo } = filter
  if (turnFrom !== null && turnTo !== null && turnFrom > turnTo)
    faults.push({ path: 'filter.turnTo', message: '次の回の範囲が逆です。' })
  if (nextFrom !== null && nextTo !== null && nextFrom > nextTo)
    faults.push({ path: 'filter.nextTo', message: '次回お届け日の範囲が逆です。' })
  if (fromDate !== null && (fromDate < today || fromDate > addDays(today, LATEST_DAYS)))
    faults.push({ path: 'fromDate', message: '適用の開始は、今日から1年以内の日にしてください。' })
  return faults
}

/** Refuses a wish that cannot be carried out, and says what it is called. */
export async function titleOfWish({ database, clock }: CheckoutDeps, wish: BulkWish): Promise<string> {
  const { change } = wish
  const today = businessDate(clock.now())
  const rows = await namedProducts(database.db, productIdsOf(change))
  const products = new Map(rows.map((row) => [row.id, row]))
  const fields = [...changeFaults(wish, products, today), ...boundFaults(wish, today)]
  if (fields.length > 0) throw new Refusal('INVALID_FIELDS', { fields })
  const nameOf = (id: string) => products.get(id)?.name ?? ''
  const title =
    change.kind === 'price'
      ? change.prices
          .map(({ productId, price }) => `${nameOf(productId)} ${price.toLocaleString('ja-JP')}円`)
          .join('、')
      : `${nameOf(change.productId)} → ${nameOf(change.byProductId)}`
  return title.slice(0, LONGEST_TITLE)
}
