import { expect, it } from 'vitest'
import { EMPTY_PLAN, nthChosen } from './plan-form'

it('the fifth week begins as the shop has it, and stays as it was chosen', () => {
  const { rule } = EMPTY_PLAN
  expect(nthChosen(rule, 5, 'pass-over')).toEqual({ nth: 5, missing: 'pass-over' })
  expect(nthChosen(rule, 4, 'pass-over')).toEqual({ nth: 4, missing: 'last' })
  const chosen = { ...rule, nth: 5, missing: 'last' } as const
  expect(nthChosen(chosen, 5, 'pass-over')).toEqual({ nth: 5, missing: 'last' })
})
