import { expect, it } from 'vitest'
import { soak } from '../support/soak'

const MB = 2 ** 20

it('a loose plug leaves nothing behind: what is held after the first hour is held after the last', async () => {
  const { first, last, plugs } = await soak({ hours: 6, plugsAnHour: 100 })
  expect(plugs).toBe(600)
  expect(last.resources).toEqual(first.resources)
  expect([last.listeners, last.lockFiles]).toEqual([first.listeners, 0])
  expect(last.bytes - first.bytes).toBeLessThan(10 * MB)
})

it('the measure sees handles, listeners and memory that stay', async () => {
  const kept: unknown[] = []
  const timers: NodeJS.Timeout[] = []
  const listener = () => undefined
  const { first, last } = await soak({
    hours: 3,
    plugsAnHour: 20,
    plant: () => {
      kept.push(Buffer.alloc(MB / 2, 1))
      timers.push(setTimeout(() => undefined, 3_600_000))
      process.on('SIGUSR2', listener)
    },
  })
  for (const timer of timers) clearTimeout(timer)
  process.removeAllListeners('SIGUSR2')
  expect(last.resources['Timeout'] ?? 0).toBeGreaterThan(first.resources['Timeout'] ?? 0)
  expect(last.listeners).toBeGreaterThan(first.listeners)
  expect(last.bytes - first.bytes).toBeGreaterThan(10 * MB)
})
