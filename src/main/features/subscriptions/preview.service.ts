import type { PlannedTurn as ShownTurn } from '../../../contract/subscription-form'
import type { PreviewedChange } from '../../../contract/subscription-views'
import { planOf, type PlanRow, type TurnChange } from '../../checkout/subscription-plan'
import { plannedOr, standingOf, type Standing } from './changes'
import { pauseColumns } from './standing.service'
import { SHOWN_TURNS, showPlan, type SubscriptionsDeps } from './subscriptions.service'
import { expectChangeable, moved, skipped } from './turn-changes.service'
import { ruleColumns } from './update.service'

/** The contract as a change would leave it. */
function changed(
  standing: Standing,
  change: PreviewedChange,
): { readonly row: PlanRow; readonly changes: readonly TurnChange[] } {
  const { row, changes } = standing.contract
  switch (change.kind) {
    case 'skip':
      return { row, changes: skipped(standing, change.ruleIndex).changes }
    case 'move':
      return { row, changes: moved(standing, change.ruleIndex, change.to).changes }
    case 'pause':
      return { row: { ...row, ...pauseColumns(standing, change) }, changes }
    case 'rule':
      return {
        row: { ...row, ...ruleColumns(standing, change.rule) },
        changes: changes.filter((one) => one.rule_index < row.next_index),
      }
  }
}

/** The next twelve deliveries after a change that is not saved. */
export async function preview(
  deps: SubscriptionsDeps,
  wish: { readonly id: string; readonly change: PreviewedChange },
): Promise<ShownTurn[]> {
  const standing = await standingOf(deps, wish.id)
  expectChangeable(standing)
  const { contract, shipping, today } = standing
  const { row, changes } = changed(standing, wish.change)
  const plan = plannedOr(() => planOf(shipping, row, changes, { today, count: SHOWN_TURNS }))
  return showPlan(deps, shipping, contract, plan)
}
