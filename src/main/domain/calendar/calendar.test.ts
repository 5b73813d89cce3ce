import { describe, expect, it } from 'vitest'
import { addDays, businessDate, spokenDate, startOfBusinessDate } from './tokyo'

describe('business dates', () => {
  it('turn at midnight in Tokyo, not in UTC', () => {
    expect(businessDate(Date.UTC(2026, 10, 22, 14, 59, 59))).toBe('2026-11-22')
    expect(businessDate(Date.UTC(2026, 10, 22, 15, 0, 0))).toBe('2026-11-23')
    expect(startOfBusinessDate('2026-11-23')).toBe(Date.UTC(2026, 10, 22, 15))
  })

  it('are read aloud with the weekday', () => {
    expect(spokenDate('2026-11-23')).toBe('11月23日(月)')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  })
})
