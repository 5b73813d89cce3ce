import { expect, it } from 'vitest'
import { monthAfter, weeksOf } from './month-days'

it('months go over the turn of the year', () => {
  expect(monthAfter('2026-12', 1)).toBe('2027-01')
  expect(monthAfter('2026-01', -1)).toBe('2025-12')
})

it('a month stands in whole weeks from Sunday', () => {
  const november = weeksOf('2026-11')
  expect(november).toHaveLength(5)
  expect(november[0]?.[0]).toBe('2026-11-01')
  expect(november.at(-1)?.at(-1)).toBe('2026-12-05')
  expect(weeksOf('2026-02')).toHaveLength(4)
  expect(weeksOf('2026-08')).toHaveLength(6)
})
