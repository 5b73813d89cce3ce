import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import type { CycleRule } from '../../src/contract/cycle-rule'
import { isBusinessDay } from '../../src/main/domain/calendar/business-days'
import { anchorOf, ruleDate } from '../../src/main/domain/subscriptions/cycle-rule'
import { planTurns, type PlanInput } from '../../src/main/domain/subscriptions/cycle-plan'
import { epochDay, plainDate } from '../../src/main/domain/subscriptions/epoch-day'

const YEARS = 20

const weekday = fc.integer({ min: 1, max: 7 })
const rules: fc.Arbitrary<CycleRule> = fc.oneof(
  fc.record({ kind: fc.constant('days' as const), every: fc.integer({ min: 1, max: 120 }) }),
  fc.record({ kind: fc.constant('weeks' as const), every: fc.integer({ min: 1, max: 20 }), weekday }),
  fc.record({
    kind: fc.constant('months' as const),
    every: fc.integer({ min: 1, max: 12 }),
    day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last' as const)),
  }),
  fc.record({
    kind: fc.constant('month-weekday' as const),
    every: fc.integer({ min: 1, max: 12 }),
    nth: fc.integer({ min: 1, max: 5 }),
    weekday,
    missing: fc.constantFrom('last' as const, 'pass-over' as const),
  }),
)
const starts = fc.integer({ min: 0, max: 4000 }).map((days) => plainDate(epochDay('2024-01-01') + days))

/** True when a rule that began at `anchor` names this day: read off the calendar, day by day. */
function names(rule: CycleRule, anchor: Temporal.PlainDate, day: Temporal.PlainDate): boolean {
  const apart = anchor.until(day, { largestUnit: 'days' }).days
  const months = (day.year - anchor.year) * 12 + day.month - anchor.month
  switch (rule.kind) {
    case 'days':
      return apart % rule.every === 0
    case 'weeks':
      return day.dayOfWeek === rule.weekday && (apart / 7) % rule.every === 0
    case 'months': {
      if (months % rule.every !== 0) return false
      const asked = rule.day === 'last' ? day.daysInMonth : Math.min(rule.day, day.daysInMonth)
      return day.day === asked
    }
    case 'month-weekday': {
      if (months % rule.every !== 0 || day.dayOfWeek !== rule.weekday) return false
      const which = Math.ceil(day.day / 7)
      if (which === rule.nth) return true
      const isLast = day.day + 7 > day.daysInMonth
      return rule.nth === 5 && rule.missing === 'last' && which === 4 && isLast
    }
  }
}

describe('rule dates against the calendar, day by day', () => {
  it('are the same over 20 years: none lost, none doubled, the anchor kept', () => {
    fc.assert(
      fc.property(rules, starts, (rule, start) => {
        const first = anchorOf(rule, start)
        const anchor = Temporal.PlainDate.from(first)
        const end = anchor.add({ years: YEARS })
        const expected: string[] = []
        for (let day = anchor; Temporal.PlainDate.compare(day, end) < 0; day = day.add({ days: 1 })) {
          if (names(rule, anchor, day)) expected.push(day.toString())
        }
        const ours: string[] = []
        for (let index = 0; ; index++) {
          const date = ruleDate(rule, epochDay(first), index)
          if (date === null) continue
          if (plainDate(date.day) >= end.toString()) break
          ours.push(plainDate(date.day))
        }
        expect(ours).toEqual(expected)
        expect(ours[0]).toBe(first)
        expect(first >= start).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

interface Calendar {
  readonly weekdays: readonly number[]
  readonly closed: readonly number[]
}

const calendars: fc.Arbitrary<Calendar> = fc.record({
  weekdays: fc.uniqueArray(weekday, { maxLength: 5 }),
  closed: fc.uniqueArray(fc.integer({ min: 0, max: YEARS * 366 }), { maxLength: 400 }),
})

const inputs = fc
  .record({
    rule: rules,
    start: starts,
    calendar: calendars,
    leadDays: fc.integer({ min: 0, max: 4 }),
    prefer: fc.constantFrom('earlier' as const, 'later' as const),
    skips: fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 15 }),
    pause: fc.option(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 400 }))),
    late: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ rule, start, calendar, leadDays, prefer, skips, pause, late }): PlanInput => {
    const anchor = anchorOf(rule, start)
    const zero = epochDay(anchor)
    const closed = new Set(calendar.closed.map((day) => plainDate(zero + day)))
    return {
      rule,
      anchor,
      shipping: {
        isOpen: (date) =>
          !closed.has(date) && !calendar.weekdays.includes(Temporal.PlainDate.from(date).dayOfWeek),
        leadDays,
        prefer,
        generateDaysBefore: 3,
        changeDaysBefore: 7,
      },
      today: plainDate(zero - 5 + late),
      from: { index: 0, turn: 1, shippedOn: null },
      exceptions: new Map(skips.map((index) => [index, { kind: 'skip' as const }])),
      pause: pause
        ? { from: plainDate(zero + pause[0]), until: plainDate(zero + pause[0] + pause[1]) }
        : null,
      count: 60,
      lastTurn: null,
    }
  })

describe('a plan', () => {
  it('ships each turn once, in order, on an open day, never in the past, and leaves no date of the rule out', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const turns = planTurns(input)
        const named = Array.from({ length: (turns.at(-1)?.index ?? -1) + 1 }, (_, index) => index).filter(
          (index) => ruleDate(input.rule, epochDay(input.anchor), index) !== null,
        )
        expect(turns.map(({ index }) => index)).toEqual(named)
        const deliveries = turns.flatMap((turn) => (turn.kind === 'delivery' ? [turn] : []))
        expect(deliveries).toHaveLength(input.count)
        expect(deliveries.map(({ turn }) => turn)).toEqual(deliveries.map((_, at) => at + 1))
        for (const [at, turn] of deliveries.entries()) {
          expect(input.shipping.isOpen(turn.shipOn)).toBe(true)
          expect(turn.shipOn >= input.today).toBe(true)
          expect(turn.shipOn > (deliveries[at - 1]?.shipOn ?? '')).toBe(true)
          expect(turn.deliverOn > (deliveries[at - 1]?.deliverOn ?? '')).toBe(true)
          expect(turn.deliverOn >= turn.ruleDate).toBe(true)
          expect(epochDay(turn.deliverOn) - epochDay(turn.shipOn) >= input.shipping.leadDays).toBe(true)
          expect(epochDay(turn.shipOn) - epochDay(turn.generateOn)).toBe(3)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('is the same when it goes on from any turn as when it is made in one', () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 1, max: 20 }), (input, cut) => {
        const whole = planTurns({ ...input, count: 30 })
        const at = whole.findIndex((turn) => turn.kind === 'delivery' && turn.turn === cut)
        const last = whole[at]
        if (last?.kind !== 'delivery') throw new Error('no such turn')
        const from = { index: last.index + 1, turn: last.turn + 1, shippedOn: last.shipOn }
        expect(planTurns({ ...input, from, count: 30 - cut })).toEqual(whole.slice(at + 1))
      }),
      { numRuns: 60 },
    )
  })

  it('ships on the last open day before each date, or the first behind it, as the wall calendar of 20 years has them', () => {
    // Two weeks apart at least: no closure of this calendar brings two turns together.
    const apart = rules.filter(
      (rule) => !(rule.kind === 'days' && rule.every < 14) && !(rule.kind === 'weeks' && rule.every < 2),
    )
    const isOpen = (date: string) =>
      isBusinessDay(date) && !(date.slice(5) >= '12-29' || date.slice(5) <= '01-03')
    const walk = (from: Temporal.PlainDate, step: 1 | -1): string => {
      let day = from
      while (!isOpen(day.toString())) day = day.add({ days: step })
      return day.toString()
    }
    fc.assert(
      fc.property(
        apart,
        starts,
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom('earlier' as const, 'later' as const),
        (rule, start, leadDays, prefer) => {
          const first = anchorOf(rule, start)
          const anchor = Temporal.PlainDate.from(first)
          const end = anchor.add({ years: YEARS })
          const expected: string[] = []
          for (let day = anchor; Temporal.PlainDate.compare(day, end) < 0; day = day.add({ days: 1 })) {
            if (!names(rule, anchor, day)) continue
            const ship = walk(day.subtract({ days: leadDays }), prefer === 'earlier' ? -1 : 1)
            const arrives = Temporal.PlainDate.from(ship).add({ days: leadDays })
            const late = Temporal.PlainDate.compare(arrives, day) > 0
            expected.push(`${ship}>${(late ? arrives : day).toString()}`)
          }
          const plan = planTurns({
            rule,
            anchor: first,
            shipping: { isOpen, leadDays, prefer, generateDaysBefore: 3, changeDaysBefore: 7 },
            today: anchor.subtract({ days: 40 }).toString(),
            from: { index: 0, turn: 1, shippedOn: null },
            exceptions: new Map(),
            pause: null,
            count: expected.length,
            lastTurn: null,
          })
          const ours = plan.map((turn) =>
            turn.kind === 'delivery' ? `${turn.shipOn}>${turn.deliverOn}` : turn.kind,
          )
          expect(ours).toEqual(expected)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('is the same whatever the time zone of the machine', () => {
    const script = join(import.meta.dirname, '..', 'support', 'print-plan.ts')
    const [utc, tokyo, samoa] = ['UTC', 'Asia/Tokyo', 'Pacific/Apia'].map((TZ) =>
      execFileSync(process.execPath, ['--import', 'tsx', script], { env: { ...process.env, TZ } }).toString(),
    )
    expect(tokyo).toBe(utc)
    expect(samoa).toBe(utc)
    expect(utc).toContain('2028-02-29')
  })
})
