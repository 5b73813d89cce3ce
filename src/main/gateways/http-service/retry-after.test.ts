import { expect, it } from 'vitest'
import { readRetryAfter } from './retry-after'

const NOW = 'Sat, 28 Nov 2026 01:00:00 GMT'

it.each([
  ['0', NOW, 0],
  [' 12 ', NOW, 12_000],
  ['999999999', NOW, 86_400_000],
  ['Sat, 28 Nov 2026 01:00:30 GMT', NOW, 30_000],
  ['Sat, 28 Nov 2026 00:59:00 GMT', NOW, 0],
  ['Sat, 28 Nov 2026 01:00:30 GMT', undefined, null],
  ['soon', NOW, null],
  ['-5', NOW, null],
  ['1.5', NOW, null],
  [undefined, NOW, null],
  [['1', '2'], NOW, null],
] as const)('Retry-After: %s is %s', (value, date, expected) => {
  expect(readRetryAfter(value, date)).toBe(expected)
})
