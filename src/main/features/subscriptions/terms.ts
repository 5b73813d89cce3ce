import type { SubscriptionForm } from '../../../contract/subscription-form'
import type { FieldFault } from '../../domain/people/contact-fields'

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
