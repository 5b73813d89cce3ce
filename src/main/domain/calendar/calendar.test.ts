import { describe, expect, it } from 'vitest'
import { deliveryWindow } from './delivery'
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

describe('the delivery window', () => {
  const morning = Date.UTC(2026, 10, 23, 1)
  const evening = Date.UTC(2026, 10, 23, 9)

  it('opens a day later after the cut-off and for far prefectures', () => {
    expect(deliveryWindow(morning, '東京都').earliest).toBe('2026-11-25')
    expect(deliveryWindow(evening, '東京都').earliest).toBe('2026-11-26')
    expect(deliveryWindow(morning, '沖縄県').earliest).toBe('2026-11-26')
    expect(deliveryWindow(morning, '東京都').latest).toBe('2026-12-23')
  })
})
