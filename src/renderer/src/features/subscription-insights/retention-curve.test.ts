import { expect, it } from 'vitest'
import { averageCurve } from './retention-curve'

it('weighs contracts, not months of start, and leaves out those that are not old enough', () => {
  const cohorts = [
    { month: '2026-09', started: 100, left: [90, 80, 70] },
    { month: '2026-10', started: 300, left: [300, 240] },
    { month: '2026-11', started: 10, left: [5] },
  ]
  expect(averageCurve(cohorts)).toEqual([395 / 410, 320 / 400, 70 / 100])
})

it('has no points without contracts', () => {
  expect(averageCurve([])).toEqual([])
})
