import { expect, it } from 'vitest'
import { queryOf, viewOf } from './use-product-filter'

it.each([
  '',
  'text=%E6%8A%B9%E8%8C%B6&state=before&tax=reduced',
  'temperature=frozen&stock=out&subscribable=1&sort=price&order=up',
  'sort=kana&order=down',
])('an address means what it says, and is written the same: %s', (query) =>
  expect(queryOf(viewOf(query))).toBe(query),
)

it('words that it does not know are as if they were not there', () => {
  expect(viewOf('state=sold&sort=colour&order=sideways')).toEqual(viewOf(''))
})
