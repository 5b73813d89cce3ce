import { expect, it } from 'vitest'
import { soak } from '../support/soak'

it('24 hours of a plug that is pulled every second', { timeout: 60 * 60_000 }, async () => {
  const started = performance.now()
  const { first, last, plugs } = await soak({ hours: 24 })
  const seconds = Math.round((performance.now() - started) / 1000)
  process.stdout.write(`${JSON.stringify({ plugs, seconds, first, last })}\n`)
  expect(plugs).toBe(24 * 3_600)
  expect(last.resources).toEqual(first.resources)
  expect([last.listeners, last.lockFiles]).toEqual([first.listeners, first.lockFiles])
  expect(Math.abs(last.bytes - first.bytes)).toBeLessThan(10 * 2 ** 20)
})
