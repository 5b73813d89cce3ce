import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { today, watchToday } from './today'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const tokyo = (text: string) => Date.parse(`${text}+09:00`)

it('turns at midnight in Tokyo, once, and not before', () => {
  vi.setSystemTime(tokyo('2026-12-31T23:59:50'))
  const turns: string[] = []
  const stop = watchToday(() => turns.push(today()))
  vi.advanceTimersByTime(9_999)
  expect(today()).toBe('2026-12-31')
  expect(turns).toEqual([])
  vi.advanceTimersByTime(1)
  expect(turns).toEqual(['2027-01-01'])
  vi.advanceTimersByTime(24 * 3_600_000)
  expect(turns).toEqual(['2027-01-01', '2027-01-02'])
  stop()
  vi.advanceTimersByTime(48 * 3_600_000)
  expect(turns).toHaveLength(2)
  expect(vi.getTimerCount()).toBe(0)
})

it('turns within a minute on a PC that has slept over midnight', () => {
  vi.setSystemTime(tokyo('2026-12-01T18:00:00'))
  const turns: string[] = []
  const stop = watchToday(() => turns.push(today()))
  // The clock goes on while the PC sleeps, its timers do not.
  vi.setSystemTime(tokyo('2026-12-02T08:00:00'))
  vi.advanceTimersByTime(60_000)
  expect(turns).toEqual(['2026-12-02'])
  stop()
})
