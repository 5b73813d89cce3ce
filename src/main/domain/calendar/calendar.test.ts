import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { addDays, businessDate, spokenDate, startOfBusinessDate } from './tokyo'

describe('business dates', () => {
  it('turn at midnight in Tokyo, not in UTC', () => {
    expect(businessDate(Date.UTC(2026, 10, 22, 14, 59, 59))).toBe('2026-11-22')
    expect(businessDate(Date.UTC(2026, 10, 22, 15, 0, 0))).toBe('2026-11-23')
    expect(startOfBusinessDate('2026-11-23')).toBe(Date.UTC(2026, 10, 22, 15))
  })

  it('is the one of the rules of the time zone, at any instant', () => {
    const byRules = (at: number) =>
      Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Asia/Tokyo').toPlainDate().toString()
    const edges = [1950, 1951, 1952, 1970, 2026, 9998].flatMap((year) =>
      [0, 3, 4, 8, 11].flatMap((month) => {
        const midnight = Date.UTC(year, month, 1, 15)
        return [midnight - 1, midnight, midnight - 3_600_000]
      }),
    )
    for (const at of edges) expect([at, businessDate(at)]).toEqual([at, byRules(at)])
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1945, 0, 1), max: Date.UTC(9998, 0, 1) }), (at) => {
        expect(businessDate(at)).toBe(byRules(at))
      }),
    )
  })

  it('are read aloud with the weekday', () => {
    expect(spokenDate('2026-11-23')).toBe('11月23日(月)')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  })
})
