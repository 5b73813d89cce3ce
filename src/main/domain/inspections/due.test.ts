import { describe, expect, it } from 'vitest'
import { InspectionStatus } from '../../../contract/keypad-inspections'
import { addDays } from '../calendar/tokyo'
import { dueDaysOf, dueOn, inspectionStatus, sinceRange } from './due'

describe('when a keypad is due', () => {
  it('is so many days after it was clean, by the days of Tokyo', () => {
    expect(dueOn(Date.UTC(2026, 9, 31, 14, 59), 30)).toBe('2026-11-30')
    expect(dueOn(Date.UTC(2026, 9, 31, 15, 0), 30)).toBe('2026-12-01')
  })

  it('statuses and their ranges of days say the same', () => {
    const today = '2026-11-23'
    for (let offset = -40; offset <= 40; offset += 1) {
      const due = addDays(today, offset)
      const status = inspectionStatus(due, today, 'pass')
      for (const one of InspectionStatus.options) {
        if (one === 'failed') continue
        const { from, to } = dueDaysOf(one, today)
        const within = (from === null || due >= from) && (to === null || due <= to)
        expect(within, `${due} ${one}`).toBe(one === status)
      }
    }
    expect(inspectionStatus('2027-01-01', today, 'fail')).toBe('failed')
  })

  it('a range of due days is a range of instants with the same edges', () => {
    const { from, before } = sinceRange({ from: '2026-12-01', to: '2026-12-01' }, 30)
    expect(dueOn(from ?? 0, 30)).toBe('2026-12-01')
    expect(dueOn((from ?? 0) - 1, 30)).toBe('2026-11-30')
    expect(dueOn((before ?? 0) - 1, 30)).toBe('2026-12-01')
    expect(dueOn(before ?? 0, 30)).toBe('2026-12-02')
  })
})
