import { describe, expect, it } from 'vitest'
import type { CycleRule } from '../../../contract/cycle-rule'
import { anchorOf, ruleDate } from './cycle-rule'
import { epochDay, plainDate } from './epoch-day'

/** The first dates of a rule for a contract that begins on or after a day; a month that is passed over is `-`. */
function dates(rule: CycleRule, start: string, count: number): string {
  const anchor = epochDay(anchorOf(rule, start))
  return Array.from({ length: count }, (_, index) => {
    const date = ruleDate(rule, anchor, index)
    return date === null ? '-' : plainDate(date.day)
  }).join(' ')
}

const monthly = (day: number | 'last', every = 1): CycleRule => ({ kind: 'months', every, day })
const weekly = (weekday: number, every = 1): CycleRule => ({ kind: 'weeks', every, weekday })
const nth = (
  which: number,
  weekday: number,
  missing: 'last' | 'pass-over' = 'last',
  every = 1,
): CycleRule => ({ kind: 'month-weekday', every, nth: which, weekday, missing })

describe('dates of a rule, from the calendar on the wall', () => {
  it.each<[string, CycleRule, string, string]>([
    [
      '31 comes back after every short month',
      monthly(31),
      '2026-01-10',
      '2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-30 2026-07-31',
    ],
    [
      '31 in a leap year',
      monthly(31),
      '2027-12-15',
      '2027-12-31 2028-01-31 2028-02-29 2028-03-31 2028-04-30',
    ],
    ['30 bends in February only', monthly(30), '2026-12-01', '2026-12-30 2027-01-30 2027-02-28 2027-03-30'],
    ['29 in a leap year is itself', monthly(29), '2028-01-29', '2028-01-29 2028-02-29 2028-03-29'],
    ['29 in a common year', monthly(29), '2027-01-30', '2027-02-28 2027-03-29 2027-04-29'],
    ['2100 is no leap year', monthly(29), '2100-02-01', '2100-02-28 2100-03-29'],
    ['2000 was one', monthly(30), '2000-02-01', '2000-02-29 2000-03-30'],
    [
      'the last day of the month',
      monthly('last'),
      '2026-11-23',
      '2026-11-30 2026-12-31 2027-01-31 2027-02-28',
    ],
    [
      'every second month from a 31st',
      monthly(31, 2),
      '2026-12-31',
      '2026-12-31 2027-02-28 2027-04-30 2027-06-30',
    ],
    ['every third month', monthly(5, 3), '2026-11-06', '2026-12-05 2027-03-05 2027-06-05'],
    ['once a year on the leap day', monthly(29, 12), '2028-02-01', '2028-02-29 2029-02-28 2030-02-28'],
    ['every second Friday', weekly(5, 2), '2026-11-23', '2026-11-27 2026-12-11 2026-12-25 2027-01-08'],
    ['a week rule begins on its very day', weekly(1), '2026-11-23', '2026-11-23 2026-11-30 2026-12-07'],
    ['every fourth Sunday', weekly(7, 4), '2026-11-23', '2026-11-29 2026-12-27 2027-01-24'],
    ['every 30 days', { kind: 'days', every: 30 }, '2026-11-23', '2026-11-23 2026-12-23 2027-01-22'],
    [
      'every 45 days over a leap day',
      { kind: 'days', every: 45 },
      '2028-01-20',
      '2028-01-20 2028-03-05 2028-04-19',
    ],
    ['the third Wednesday', nth(3, 3), '2026-11-23', '2026-12-16 2027-01-20 2027-02-17'],
    ['the first Monday', nth(1, 1), '2026-11-03', '2026-12-07 2027-01-04 2027-02-01'],
    [
      'every second month, second Tuesday',
      nth(2, 2, 'last', 2),
      '2026-11-01',
      '2026-11-10 2027-01-12 2027-03-09',
    ],
    [
      'the fifth Friday, or the last',
      nth(5, 5),
      '2026-01-01',
      '2026-01-30 2026-02-27 2026-03-27 2026-04-24 2026-05-29 2026-06-26 2026-07-31',
    ],
    [
      'the fifth Friday, or none',
      nth(5, 5, 'pass-over'),
      '2026-01-01',
      '2026-01-30 - - - 2026-05-29 - 2026-07-31 - - 2026-10-30',
    ],
    [
      'the fifth Tuesday of a leap February',
      nth(5, 2),
      '2028-02-01',
      '2028-02-29 2028-03-28 2028-04-25 2028-05-30',
    ],
  ])('%s', (_name, rule, start, expected) => {
    expect(dates(rule, start, expected.split(' ').length)).toBe(expected)
  })

  it('says where a date is not quite what the rule says', () => {
    const anchor = epochDay('2026-01-31')
    expect([0, 1, 2].map((index) => ruleDate(monthly(31), anchor, index)?.bent)).toEqual([
      null,
      'short-month',
      null,
    ])
    expect(ruleDate(nth(5, 5), epochDay('2026-01-30'), 1)?.bent).toBe('missing-fifth')
  })
})
