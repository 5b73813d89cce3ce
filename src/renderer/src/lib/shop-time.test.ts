import { expect, it } from 'vitest'
import { instantOf, shopTimeOf } from './shop-time'

it('is the time in Tokyo, there and back', () => {
  const at = Date.UTC(2026, 10, 25, 15, 5)
  expect(shopTimeOf(at)).toEqual({ day: '2026-11-26', time: '00:05' })
  expect(instantOf('2026-11-26', '00:05')).toBe(at)
})

it.each([
  [null, '21:00'],
  ['2026-11-26', ''],
  ['2026-11-26', '25:00'],
])('%s %s is no instant', (day, time) => expect(instantOf(day, time)).toBeNull())
