import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliveryWindow, remoteAreaOf, shipDayFor, type DeliveryRules } from './delivery'
import { closedReason, NoOpenDay, openDayFrom, type ShopCalendar } from './shop-calendar'
import { addDays } from './tokyo'

type SpecialDay = { kind: 'closed' | 'open'; label: string }

const weekly = (...weekdays: number[]) =>
  weekdays.flatMap((weekday) => [1, 2, 3, 4, 5].map((week) => ({ weekday, week })))

const weekdaysOnly: ShopCalendar = {
  closedWeekdays: weekly(6, 7),
  closedOnHolidays: true,
  specialDays: new Map(),
}
const always: ShopCalendar = { closedWeekdays: [], closedOnHolidays: false, specialDays: new Map() }
/** 年末年始休業 from 30 December to 3 January, and an open Saturday before Christmas. */
const newYear: ShopCalendar = {
  ...weekdaysOnly,
  specialDays: new Map<string, SpecialDay>([
    ['2026-12-19', { kind: 'open', label: '年末営業' }],
    ...['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03'].map(
      (date) => [date, { kind: 'closed', label: '年末年始休業' }] as const,
    ),
  ]),
}

const rules = (calendar: ShopCalendar, change: Partial<DeliveryRules> = {}): DeliveryRules => ({
  calendar,
  cutOffMinutes: 15 * 60,
  preparationDays: 1,
  latestDays: 30,
  leadDays: new Map([
    ['東京都', 1],
    ['沖縄県', 2],
  ]),
  remoteAreas: [
    { prefix: '1002', name: '小笠原諸島', days: 7 },
    { prefix: '100', name: '近い', days: 0 },
  ],
  ...change,
})

/** An instant of Tokyo, `2026-11-24 14:59`. */
const at = (time: string): number => Date.parse(`${time.replace(' ', 'T')}:00+09:00`)
const tokyo = { prefecture: '東京都', postalCode: '1600022' }
const okinawa = { prefecture: '沖縄県', postalCode: '9000001' }
const sameDay = { preparationDays: 0 }

/** Worked out by hand with a calendar of 2026 and 2027. */
const CASES: readonly [
  what: string,
  rules: DeliveryRules,
  taken: string,
  to: typeof tokyo,
  ship: string,
  earliest: string,
][] = [
  // An ordinary week: Tuesday 24 to Friday 27 November 2026.
  ['火 before cut-off', rules(weekdaysOnly), '2026-11-24 10:00', tokyo, '2026-11-25', '2026-11-26'],
  ['火 a minute before', rules(weekdaysOnly), '2026-11-24 14:59', tokyo, '2026-11-25', '2026-11-26'],
  ['火 at cut-off', rules(weekdaysOnly), '2026-11-24 15:00', tokyo, '2026-11-26', '2026-11-27'],
  ['火 at night', rules(weekdaysOnly), '2026-11-24 23:59', tokyo, '2026-11-26', '2026-11-27'],
  ['水 at midnight', rules(weekdaysOnly), '2026-11-25 00:00', tokyo, '2026-11-26', '2026-11-27'],
  ['火 to Okinawa', rules(weekdaysOnly), '2026-11-24 10:00', okinawa, '2026-11-25', '2026-11-27'],
  ['木 before', rules(weekdaysOnly), '2026-11-26 09:00', tokyo, '2026-11-27', '2026-11-28'],
  ['木 after: over the weekend', rules(weekdaysOnly), '2026-11-26 16:00', tokyo, '2026-11-30', '2026-12-01'],
  ['金 before: over the weekend', rules(weekdaysOnly), '2026-11-27 09:00', tokyo, '2026-11-30', '2026-12-01'],
  ['金 after: taken on Monday', rules(weekdaysOnly), '2026-11-27 15:30', tokyo, '2026-12-01', '2026-12-02'],
  ['土: taken on Monday', rules(weekdaysOnly), '2026-11-28 10:00', tokyo, '2026-12-01', '2026-12-02'],
  ['日 at night: no cut-off', rules(weekdaysOnly), '2026-11-29 23:00', tokyo, '2026-12-01', '2026-12-02'],
  // 勤労感謝の日, Monday 23 November.
  ['金 before a long weekend', rules(weekdaysOnly), '2026-11-20 09:00', tokyo, '2026-11-24', '2026-11-25'],
  ['金 after, long weekend', rules(weekdaysOnly), '2026-11-20 15:00', tokyo, '2026-11-25', '2026-11-26'],
  ['on the holiday', rules(weekdaysOnly), '2026-11-23 10:00', tokyo, '2026-11-25', '2026-11-26'],
  // Same-day shipping.
  ['same day before', rules(weekdaysOnly, sameDay), '2026-11-24 14:59', tokyo, '2026-11-24', '2026-11-25'],
  ['same day after', rules(weekdaysOnly, sameDay), '2026-11-24 15:00', tokyo, '2026-11-25', '2026-11-26'],
  ['same day, 金 after', rules(weekdaysOnly, sameDay), '2026-11-27 15:00', tokyo, '2026-11-30', '2026-12-01'],
  ['same day, 土', rules(weekdaysOnly, sameDay), '2026-11-28 09:00', tokyo, '2026-11-30', '2026-12-01'],
  // A shop that never closes.
  ['always open, 土', rules(always), '2026-11-28 10:00', tokyo, '2026-11-29', '2026-11-30'],
  ['always open, after', rules(always), '2026-11-28 18:00', tokyo, '2026-11-30', '2026-12-01'],
  ['always open, holiday', rules(always), '2026-11-22 10:00', tokyo, '2026-11-23', '2026-11-24'],
  ['always open, New Year', rules(always), '2026-12-31 10:00', tokyo, '2027-01-01', '2027-01-02'],
  [
    'no cut-off',
    rules(always, { cutOffMinutes: 1440 }),
    '2026-11-24 23:59',
    tokyo,
    '2026-11-25',
    '2026-11-26',
  ],
  [
    'cut-off at 0:00',
    rules(always, { cutOffMinutes: 0 }),
    '2026-11-24 00:00',
    tokyo,
    '2026-11-26',
    '2026-11-27',
  ],
  // New Year: Wednesday 30 December to Sunday 3 January.
  ['月 12-28 before', rules(newYear), '2026-12-28 10:00', tokyo, '2026-12-29', '2026-12-30'],
  ['月 12-28 after', rules(newYear), '2026-12-28 15:00', tokyo, '2027-01-04', '2027-01-05'],
  ['火 12-29 before', rules(newYear), '2026-12-29 10:00', tokyo, '2027-01-04', '2027-01-05'],
  ['火 12-29 after', rules(newYear), '2026-12-29 15:00', tokyo, '2027-01-05', '2027-01-06'],
  ['木 12-31', rules(newYear), '2026-12-31 12:00', tokyo, '2027-01-05', '2027-01-06'],
  ['日 01-03, to Okinawa', rules(newYear), '2027-01-03 12:00', okinawa, '2027-01-05', '2027-01-07'],
  ['金 12-18 before an open 土', rules(newYear), '2026-12-18 10:00', tokyo, '2026-12-19', '2026-12-20'],
  ['the open 土 itself', rules(newYear), '2026-12-19 10:00', tokyo, '2026-12-21', '2026-12-22'],
  ['the open 土 after', rules(newYear), '2026-12-19 15:00', tokyo, '2026-12-22', '2026-12-23'],
  // Golden Week 2026: 4-29 水 昭和の日, 5-3 日 – 5-5 火, 5-6 水 substitute.
  ['火 4-28 before', rules(weekdaysOnly), '2026-04-28 10:00', tokyo, '2026-04-30', '2026-05-01'],
  ['火 4-28 after', rules(weekdaysOnly), '2026-04-28 15:00', tokyo, '2026-05-01', '2026-05-02'],
  ['木 4-30 before', rules(weekdaysOnly), '2026-04-30 10:00', tokyo, '2026-05-01', '2026-05-02'],
  ['木 4-30 after', rules(weekdaysOnly), '2026-04-30 15:00', tokyo, '2026-05-07', '2026-05-08'],
  ['金 5-1 before', rules(weekdaysOnly), '2026-05-01 10:00', tokyo, '2026-05-07', '2026-05-08'],
  ['金 5-1 after', rules(weekdaysOnly), '2026-05-01 15:00', tokyo, '2026-05-08', '2026-05-09'],
  ['in the middle', rules(weekdaysOnly), '2026-05-04 10:00', okinawa, '2026-05-08', '2026-05-10'],
  // Three days of preparation over a weekend with a holiday (シルバーウィーク 2026: 9-21 月, 9-22 火, 9-23 水).
  [
    'three days',
    rules(weekdaysOnly, { preparationDays: 3 }),
    '2026-09-17 10:00',
    tokyo,
    '2026-09-25',
    '2026-09-26',
  ],
  // Islands and places that are not known.
  [
    'Ogasawara',
    rules(always),
    '2026-11-24 10:00',
    { prefecture: '東京都', postalCode: '1002101' },
    '2026-11-25',
    '2026-12-03',
  ],
  [
    'nothing known',
    rules(always),
    '2026-11-24 10:00',
    { prefecture: '', postalCode: '' },
    '2026-11-25',
    '2026-11-26',
  ],
  // 29 February.
  ['leap year', rules(always), '2028-02-28 10:00', tokyo, '2028-02-29', '2028-03-01'],
]

describe('the earliest delivery', () => {
  it('is worked out by hand in at least forty cases', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(40)
  })

  it.each(CASES)('%s', (_what, kept, taken, to, ship, earliest) => {
    const window = deliveryWindow(kept, at(taken), to)
    expect(window).toMatchObject({ shipOn: ship, earliest })
  })

  it('is explained step by step', () => {
    const window = deliveryWindow(rules(weekdaysOnly), at('2026-11-19 15:00'), {
      prefecture: '東京都',
      postalCode: '1002101',
    })
    expect(window.steps).toEqual([
      { kind: 'after-cut-off', date: '2026-11-19', cutOffMinutes: 900 },
      {
        kind: 'closed',
        days: [
          { date: '2026-11-21', reason: { kind: 'weekday' } },
          { date: '2026-11-22', reason: { kind: 'weekday' } },
          { date: '2026-11-23', reason: { kind: 'holiday', name: '勤労感謝の日' } },
        ],
      },
      { kind: 'ship', date: '2026-11-24', preparationDays: 1 },
      { kind: 'road', prefecture: '東京都', days: 1 },
      { kind: 'remote', name: '小笠原諸島', days: 7 },
    ])
    expect(window.earliest).toBe('2026-12-02')
  })

  it('is never behind the latest', () => {
    const window = deliveryWindow(rules(newYear, { latestDays: 3 }), at('2026-12-29 10:00'), tokyo)
    expect(window).toMatchObject({ earliest: '2027-01-05', latest: '2027-01-05' })
    expect(deliveryWindow(rules(always), at('2026-11-24 10:00'), tokyo).latest).toBe('2026-12-24')
  })

  it('a shop that never opens has none, and says so', () => {
    const never = { ...always, closedWeekdays: weekly(1, 2, 3, 4, 5, 6, 7) }
    expect(() => deliveryWindow(rules(never), at('2026-11-24 10:00'), tokyo)).toThrow(NoOpenDay)
  })

  it('ships on an open day only, and comes later when it is ordered later', () => {
    const minutes = fc.integer({ min: 0, max: 4 * 365 * 24 * 60 })
    fc.assert(
      fc.property(minutes, fc.nat(5), fc.nat(3000), (minute, preparationDays, wait) => {
        const kept = rules(newYear, { preparationDays })
        const taken = at('2026-01-01 00:00') + minute * 60_000
        const window = deliveryWindow(kept, taken, okinawa)
        expect(closedReason(newYear, window.shipOn)).toBeNull()
        const later = deliveryWindow(kept, taken + wait * 60_000, okinawa)
        expect(later.earliest >= window.earliest).toBe(true)
      }),
    )
  })
})

describe('the ship day of a chosen date', () => {
  const shipping = (kept: DeliveryRules, deliverOn: string) =>
    shipDayFor(kept, deliveryWindow(kept, at('2026-11-24 10:00'), tokyo), deliverOn)?.date ?? null

  it.each([
    ['2026-11-25', null],
    ['2026-11-26', '2026-11-25'],
    ['2026-11-28', '2026-11-27'],
    // Would ship on Saturday or Sunday: earlier, on Friday.
    ['2026-11-29', '2026-11-27'],
    ['2026-11-30', '2026-11-27'],
    ['2026-12-01', '2026-11-30'],
  ])('%s ships on %s', (deliverOn, ship) => {
    expect(shipping(rules(weekdaysOnly), deliverOn)).toBe(ship)
  })
})

describe('the calendar of the shop', () => {
  it.each([
    ['2026-11-21', { kind: 'weekday' }],
    ['2026-11-23', { kind: 'holiday', name: '勤労感謝の日' }],
    ['2026-12-19', null],
    ['2026-12-30', { kind: 'special', name: '年末年始休業' }],
    // A holiday and 特別休業 at once: what a person has set comes first.
    ['2027-01-01', { kind: 'special', name: '年末年始休業' }],
    ['2026-12-21', null],
  ])('%s', (date, reason) => {
    expect(closedReason(newYear, date)).toEqual(reason)
  })

  it('knows the weeks of a month: closed on the second and fourth Wednesday', () => {
    const calendar: ShopCalendar = {
      ...always,
      closedWeekdays: [
        { weekday: 3, week: 2 },
        { weekday: 3, week: 4 },
      ],
    }
    const closed = Array.from({ length: 31 }, (_, day) => addDays('2026-07-01', day)).filter(
      (date) => closedReason(calendar, date) !== null,
    )
    expect(closed).toEqual(['2026-07-08', '2026-07-22'])
    expect(openDayFrom(calendar, '2026-07-08', -1).date).toBe('2026-07-07')
  })

  it('finds the longest beginning of a postal code', () => {
    const areas = [
      { prefix: '894', name: '奄美群島', days: 2 },
      { prefix: '8940', name: '近い', days: 1 },
    ]
    expect(remoteAreaOf(areas, '8940001')?.name).toBe('近い')
    expect(remoteAreaOf(areas, '8941234')?.name).toBe('奄美群島')
    expect(remoteAreaOf(areas, '1000001')).toBeNull()
    expect(remoteAreaOf(areas, '89')).toBeNull()
  })
})
