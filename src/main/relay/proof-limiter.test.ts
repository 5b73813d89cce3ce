import { describe, expect, it } from 'vitest'
import { manualClock } from '../platform/clock'
import { ProofLimiter } from './proof-limiter'

const wrongTimes = (limiter: ProofLimiter, address: string, times: number) => {
  for (let count = 0; count < times; count += 1) limiter.wrong(address)
}

describe('wrong pairing proofs', () => {
  it('cost a second each, and from the fifth on a lock that doubles up to 15 minutes', () => {
    const clock = manualClock(0)
    const limiter = new ProofLimiter(clock)
    expect(limiter.turn('10.0.0.5')).toEqual({ kind: 'look', afterMs: 0 })
    limiter.wrong('10.0.0.5')
    expect(limiter.turn('10.0.0.5')).toEqual({ kind: 'look', afterMs: 1000 })
    wrongTimes(limiter, '10.0.0.5', 4)
    expect(limiter.turn('10.0.0.5')).toEqual({ kind: 'locked', forMs: 60_000 })
    clock.advance(60_000)
    expect(limiter.turn('10.0.0.5')).toEqual({ kind: 'look', afterMs: 0 })
    limiter.wrong('10.0.0.5')
    expect(limiter.turn('10.0.0.5')).toEqual({ kind: 'locked', forMs: 120_000 })
    wrongTimes(limiter, '10.0.0.5', 50)
    expect(limiter.turn('10.0.0.5')).toEqual({ kind: 'locked', forMs: 900_000 })
  })

  it('concern one address only, and are forgotten after a right one', () => {
    const limiter = new ProofLimiter(manualClock(0))
    wrongTimes(limiter, '10.0.0.5', 5)
    expect(limiter.turn('10.0.0.6')).toEqual({ kind: 'look', afterMs: 0 })
    limiter.right('10.0.0.5')
    expect(limiter.turn('10.0.0.5')).toEqual({ kind: 'look', afterMs: 0 })
  })

  it('do not pile up: the address that was wrong longest ago is forgotten first', () => {
    const limiter = new ProofLimiter(manualClock(0))
    wrongTimes(limiter, 'first', 5)
    for (let count = 0; count < 1023; count += 1) limiter.wrong(`address ${count}`)
    expect(limiter.turn('first').kind).toBe('locked')
    limiter.wrong('one more')
    expect(limiter.turn('first')).toEqual({ kind: 'look', afterMs: 0 })
  })
})
