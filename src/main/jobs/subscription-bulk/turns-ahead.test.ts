import { expect, it } from 'vitest'
import type { PlannedDelivery } from '../../domain/subscriptions/cycle-plan'
import { REACH, TurnsAhead } from './turns-ahead'

const turnAt = (index: number): PlannedDelivery => ({
  kind: 'delivery',
  index,
  turn: index + 1,
  ruleDate: '2027-01-10',
  bent: null,
  movedTo: null,
  deliverOn: '2027-01-10',
  shipOn: '2027-01-08',
  shift: null,
  generateOn: '2027-01-05',
  changeUntil: '2027-01-03',
})

/** A contract with so many deliveries ahead, and how many were planned each time. */
function contract(deliveries: number) {
  const planned: number[] = []
  const ahead = new TurnsAhead((count) => {
    planned.push(count)
    return Array.from({ length: Math.min(count, deliveries) }, (_, index) => turnAt(index))
  })
  return { ahead, planned }
}

it('plans no further than somebody looks', () => {
  const { ahead, planned } = contract(1000)
  expect(ahead.at(0)?.turn).toBe(1)
  expect(ahead.at(2)?.turn).toBe(3)
  expect(planned).toEqual([3])
  for (const { turn } of ahead.from(1)) if (turn === 5) break
  expect(planned).toEqual([3, 12])
})

it('is the same however it is gone through, and ends where nobody looks any more', () => {
  const { ahead, planned } = contract(1000)
  const behind = ahead.from(2)
  const turns = () => [...behind].map(({ turn }) => turn)
  expect(turns()).toEqual(Array.from({ length: REACH - 2 }, (_, at) => at + 3))
  expect(turns()).toEqual(turns())
  expect(ahead.at(REACH)).toBeUndefined()
  expect(planned).toEqual([3, 12, REACH])
})

it.each([0, 2, 3, 7, 12])('knows that a contract with %i deliveries has no more', (deliveries) => {
  const { ahead, planned } = contract(deliveries)
  expect([...ahead.from(0)]).toHaveLength(deliveries)
  const asked = planned.length
  expect(ahead.at(deliveries)).toBeUndefined()
  expect(planned).toHaveLength(asked)
})
