import { expect, it } from 'vitest'
import { USES_OF_A_KEY, usesLeft } from './uses-left'

const ones = (value: number): number => {
  let count = 0
  for (let rest = value; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

it('a key encrypts 1,048,575 times', () => {
  expect(USES_OF_A_KEY).toBe(1_048_575)
  expect(usesLeft(0)).toBe(1_048_575)
  expect(usesLeft(1)).toBe(1_048_574)
})

it('agrees with counting one by one', () => {
  let left = USES_OF_A_KEY
  for (let counter = 1; counter < 2 ** 21; counter++) {
    if (ones(counter) > 10) continue
    left -= 1
    if (counter % 997 === 0 || left < 3) expect(usesLeft(counter)).toBe(left)
  }
  expect(left).toBe(0)
})
