import type { SubscriptionForm } from '../../../contract/subscription-form'
import type { SubscriptionDetail } from '../../../contract/subscription-views'
import type { TurnChange } from '../../checkout/subscription-plan'
import { itemFaults, itemRows } from '../../checkout/subscription-terms'
import type { Statement } from '../../db/open-database'
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
import { dateWords } from '../../domain/subscriptions/words'

type Sets = SubscriptionForm['sets']

const knownProducts = ({ contract }: Standing): Set<string> =>
  new Set(contract.items.map(({ product_id: id }) => id))

export async function expectGoods(
  deps: SubscriptionsDeps,
  standing: Standing,
  goods: Pick<SubscriptionForm, 'itemMode' | 'sets'>,
): Promise<void> {
  const fields = await itemFaults(deps, goods, standing.today, knownProducts(standing))
  if (fields.length > 0) throw new Refusal('INVALID_FIELDS', { fields })
}

/** The exceptions when one turn has items of its own. */
export const withOwnItems = (changes: readonly TurnChange[], ruleIndex: number, sets: Sets): TurnChange[] => [
  ...changes.filter((one) => one.kind !== 'items' || one.rule_index !== ruleIndex),
  ownItems(ruleIndex, sets),
]

const ownItems = (ruleIndex: number, sets: Sets) => ({
  rule_index: ruleIndex,
  kind: 'items' as const,
  move_to: null,
  items: JSON.stringify(sets[0] ?? []),
})

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
  return {
    changes: withOwnItems(contract.changes, wish.ruleIndex, wish.sets),
    statements: putTurnChange(deps, standing, ownItems(wish.ruleIndex, wish.sets), changer.userId),
    event: {
      kind: 'turn-items-changed',
      text: `${dateWords(turn.kind === 'delivery' ? turn.deliverOn : turn.ruleDate, today)}お届け分の商品を変更しました`,
      ruleIndex: wish.ruleIndex,
    },
  }
}
