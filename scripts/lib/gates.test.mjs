import { describe, expect, it } from 'vitest'
import { judged } from './gates.mjs'

const counts = (passed, failed) => ({ passed, failed, skipped: [] })

describe('a gate', () => {
  it('passes only when its runner ended well and counted tests', () => {
    expect(judged('x', 0, '', counts(3, 0))).toMatchObject({ passed: 3, failed: 0 })
    expect(judged('x', 1, '', counts(3, 0)).failed).toBe(1)
    expect(judged('x', 0, '', counts(0, 0)).failed).toBe(1)
    expect(judged('x', 1, '', null).failed).toBe(1)
    expect(judged('x', 0, '', counts(2, 2)).failed).toBe(2)
  })
})
