import { expect, it } from 'vitest'
import { readDays, writeDays } from './retry-days'

it.each([
  ['1, 3, 5, 7', [1, 3, 5, 7]],
  ['+1 +3', [1, 3]],
  ['１、３，５・７', [1, 3, 5, 7]],
  ['', []],
  ['1, soon', [1, null]],
] as const)('%s', (typed, expected) => {
  expect(readDays(typed)).toEqual(expected)
})

it('what is shown is read back', () => {
  expect(readDays(writeDays([1, 3, 5, 7]))).toEqual([1, 3, 5, 7])
})
