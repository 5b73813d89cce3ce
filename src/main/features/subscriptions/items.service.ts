import type { SubscriptionForm } from '../../../contract/subscription-form'
import type { SubscriptionDetail } from '../../../contract/subscription-views'
import type { Statement } from '../../db/open-database'
import type { FieldFault } from '../../domain/people/contact-fields'
import { saleStateOn } from '../../domain/products/sale-state'
import { Refusal } from '../../platform/refusal'
import {
  change,
  expectOpen,
  nextOf,
  planWith,
  turnAt,
  type Changer,
  type Standing,
  type Wish,
} from './changes'
import type { SubscriptionsDeps } from './subscriptions.service'
import { expectChangeable, putTurnChange } from './turn-changes.service'
import { dateWords } from './words'

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
  { database: { db } }: Pick<SubscriptionsDeps, 'database'>,
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

const knownProducts = ({ contract }: Standing): Set<string> =>
  new Set(contract.items.map(({ product_id: id }) => id))

async function expectGoods(
  deps: SubscriptionsDeps,
  standing: Standing,
  goods: Pick<SubscriptionForm, 'itemMode' | 'sets'>,
): Promise<void> {
  const fields = await itemFaults(deps, goods, standing.today, knownProducts(standing))
  if (fields.length > 0) throw new Refusal('INVALID_FIELDS', { fields })
}

interface ItemWish extends Wish {
  /** Null: for good. */
  readonly ruleIndex: number | null
  readonly itemMode: SubscriptionForm['itemMode']
  readonly sets: Sets
}

/** 商品の変更, of one turn or for good. */
export const changeItems = (
  deps: SubscriptionsDeps,
  wish: ItemWish,
  changer: Changer,
): Promise<SubscriptionDetail> =>
  change(deps, wish, changer, async (standing) => {
    expectChangeable(standing)
    return wish.ruleIndex === null
      ? itemsForGood(deps, standing, wish, changer)
      : itemsOfOneTurn(deps, standing, { ...wish, ruleIndex: wish.ruleIndex }, changer)
  })

async function itemsForGood(deps: SubscriptionsDeps, standing: Standing, wish: ItemWish, changer: Changer) {
  const { db } = deps.database
  const { row } = standing.contract
  expectOpen(nextOf(standing), standing, wish, changer)
  await expectGoods(deps, standing, wish)
  const statements: Statement[] = [
    { query: db.deleteFrom('subscription_item').where('subscription_id', '=', row.id).compile() },
    { query: db.insertInto('subscription_item').values(itemRows(row.id, wish.sets)).compile() },
  ]
  return {
    set: { item_mode: wish.itemMode },
    statements,
    event: { kind: 'items-changed', text: '次回以降の商品を変更しました' },
  }
}

async function itemsOfOneTurn(
  deps: SubscriptionsDeps,
  standing: Standing,
  wish: ItemWish & { readonly ruleIndex: number },
  changer: Changer,
) {
  const { contract, today } = standing
  const turn = turnAt(planWith(standing), standing, wish.ruleIndex)
  expectOpen(turn.kind === 'delivery' ? turn : null, standing, wish, changer)
  await expectGoods(deps, standing, { itemMode: 'fixed', sets: wish.sets })
  const items = JSON.stringify(wish.sets[0] ?? [])
  const made = { rule_index: wish.ruleIndex, kind: 'items' as const, move_to: null, items }
  return {
    changes: [
      ...contract.changes.filter((one) => one.kind !== 'items' || one.rule_index !== wish.ruleIndex),
      made,
    ],
    statements: putTurnChange(deps, standing, made, changer.userId),
    event: {
      kind: 'turn-items-changed',
      text: `${dateWords(turn.kind === 'delivery' ? turn.deliverOn : turn.ruleDate, today)}お届け分の商品を変更しました`,
      ruleIndex: wish.ruleIndex,
    },
  }
}
