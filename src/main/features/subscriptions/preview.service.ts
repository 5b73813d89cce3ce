import type { PlannedTurn as ShownTurn } from '../../../contract/subscription-form'
import type { PreviewedChange } from '../../../contract/subscription-views'
import { planOf } from '../../checkout/subscription-plan'
import { itemRows, stepRows } from '../../checkout/subscription-terms'
import { plannedOr, standingOf, type Standing } from './changes'
import { expectGoods, withOwnItems } from './items.service'
import { pauseColumns, resumedColumns } from './standing.service'
import type { Contract } from './subscriptions.repository'
import { SHOWN_TURNS, showPlan, type SubscriptionsDeps } from './subscriptions.service'
import { expectChangeable, moved, skipped } from './turn-changes.service'
import { ruleColumns, updated } from './update.service'

/** The contract as a change would leave it. */
async function changed(
  deps: SubscriptionsDeps,
  standing: Standing,
  change: PreviewedChange,
): Promise<Contract> {
  const { contract } = standing
  const { row, changes } = contract
  switch (change.kind) {
    case 'skip':
      return { ...contract, changes: skipped(standing, change.ruleIndex).changes }
    case 'move':
      return { ...contract, changes: moved(standing, change.ruleIndex, change.to).changes }
    case 'pause':
      return { ...contract, row: { ...row, ...pauseColumns(standing, change) } }
    case 'resume':
      return { ...contract, row: { ...row, ...resumedColumns(standing).set } }
    case 'rule':
      return {
        ...contract,
        row: { ...row, ...ruleColumns(standing, change.rule) },
        changes: changes.filter((one) => one.rule_index < row.next_index),
      }
    case 'items': {
      const { ruleIndex, itemMode, sets } = change
      await expectGoods(deps, standing, { itemMode, sets })
      return ruleIndex === null
        ? { ...contract, row: { ...row, item_mode: itemMode }, items: itemRows(row.id, sets) }
        : { ...contract, changes: withOwnItems(changes, ruleIndex, sets) }
    }
    case 'update': {
      const { set, changes: left } = await updated(deps, standing, change.fields)
      const steps = stepRows(row.id, change.fields.priceSteps)
      return { ...contract, row: { ...row, ...set }, changes: left, steps }
    }
  }
}

/** The next twelve deliveries after a change that is not saved. */
export async function preview(
  deps: SubscriptionsDeps,
  wish: { readonly id: string; readonly change: PreviewedChange },
): Promise<ShownTurn[]> {
  const standing = await standingOf(deps, wish.id)
  if (wish.change.kind !== 'resume') expectChangeable(standing)
  const { shipping, today } = standing
  const after = await changed(deps, standing, wish.change)
  const plan = plannedOr(() => planOf(shipping, after.row, after.changes, { today, count: SHOWN_TURNS }))
  return showPlan(deps, shipping, after, plan)
}
