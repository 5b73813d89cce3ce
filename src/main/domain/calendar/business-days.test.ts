import { describe, expect, it } from 'vitest'
import { addBusinessDays, isBusinessDay } from './business-days'

describe('business days', () => {
  it('leave out weekends, holidays and substitute holidays', () => {
    expect(isBusinessDay('2026-11-20')).toBe(true)
    expect(isBusinessDay('2026-11-21')).toBe(false)
    expect(isBusinessDay('2026-11-23')).toBe(false)
    expect(isBusinessDay('2026-05-06')).toBe(false)
    expect(isBusinessDay('2026-11-24')).toBe(true)
  })

  it.each([
    ['2026-11-16', 3, '2026-11-19'],
    // Friday before 勤労感謝の日 on a Monday
    ['2026-11-20', 3, '2026-11-26'],
    // ゴールデンウィーク
    ['2026-05-01', 3, '2026-05-11'],
    ['2026-11-21', 1, '2026-11-24'],
  ])('%s and %i more are %s', (from, days, to) => {
    expect(addBusinessDays(from, days)).toBe(to)
  })
})
