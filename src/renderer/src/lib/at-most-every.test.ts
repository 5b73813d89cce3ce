import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { atMostEvery } from './at-most-every'

describe('a call that is asked for often', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('runs at once, then once a pause, and never loses the last request', () => {
    const act = vi.fn<() => void>()
    const { ask } = atMostEvery(400, act)
    ask()
    expect(act).toHaveBeenCalledTimes(1)
    for (let time = 0; time < 1_000; time += 100) {
      ask()
      vi.advanceTimersByTime(100)
    }
    expect(act).toHaveBeenCalledTimes(3)
    vi.advanceTimersByTime(10_000)
    expect(act).toHaveBeenCalledTimes(4)
  })

  it('rests when nothing was asked, and runs at once after the rest', () => {
    const act = vi.fn<() => void>()
    const { ask } = atMostEvery(400, act)
    ask()
    vi.advanceTimersByTime(400)
    ask()
    expect(act).toHaveBeenCalledTimes(2)
  })

  it('is forgotten by stop', () => {
    const act = vi.fn<() => void>()
    const { ask, stop } = atMostEvery(400, act)
    ask()
    ask()
    stop()
    vi.advanceTimersByTime(1_000)
    expect(act).toHaveBeenCalledTimes(1)
  })
})
