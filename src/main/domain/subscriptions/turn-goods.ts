import type { ItemMode, PriceStep, SubscriptionItem } from '../../../contract/subscription-form'
import type { z } from 'zod'

export type TurnItem = z.infer<typeof SubscriptionItem>

/** What is delivered in a turn (from 1): one set always, sets in turn, or a set a turn with the last one going on. */
export function itemsOfTurn(
  mode: ItemMode,
  sets: readonly (readonly TurnItem[])[],
  turn: number,
): readonly TurnItem[] {
  const last = sets.length - 1
  switch (mode) {
    case 'fixed':
      return sets[0] ?? []
    case 'alternating':
      return sets[(turn - 1) % Math.max(sets.length, 1)] ?? []
    case 'course':
      return sets[Math.min(turn - 1, last)] ?? []
  }
}

/**
 * What is taken off the goods of a turn (yen with tax) by the price steps that hold for it, one on what the other has
 * left. A fixed price of the whole never makes goods dearer than they are.
 */
export function discountOfTurn(steps: readonly PriceStep[], turn: number, goods: number): number {
  let left = goods
  for (const step of steps) {
    if (turn < step.fromTurn || (step.toTurn !== null && turn > step.toTurn)) continue
    switch (step.kind) {
      case 'percent-off':
        left -= Math.floor((left * step.value) / 100)
        break
      case 'yen-off':
        left = Math.max(0, left - step.value)
        break
      case 'goods-total':
        left = Math.min(left, step.value)
        break
    }
  }
  return goods - left
}
