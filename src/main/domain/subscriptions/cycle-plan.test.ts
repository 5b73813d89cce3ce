import { describe, expect, it } from 'vitest'
import type { CycleRule } from '../../../contract/cycle-rule'
import { isBusinessDay } from '../calendar/business-days'
import { anchorOf } from './cycle-rule'
import { planTurns, type PlanInput, type PlannedDelivery, type TurnException } from './cycle-plan'

const monthly = (day: number | 'last'): CycleRule => ({ kind: 'months', every: 1, day })

/** Closed on weekends and holidays, and from 29 December to 3 January. */
const shopIsOpen = (date: string) =>
  isBusinessDay(date) && !(date.slice(5) >= '12-29' || date.slice(5) <= '01-03')

interface Wishes {
  readonly rule: CycleRule
  readonly start: string
  readonly count?: number
  readonly leadDays?: number
  readonly prefer?: 'earlier' | 'later'
  readonly exceptions?: Record<number, TurnException>
  readonly pause?: PlanInput['pause']
  readonly today?: string
  readonly lastTurn?: number
  readonly isOpen?: (date: string) => boolean
}

const plan = (wishes: Wishes) =>
  planTurns({
    rule: wishes.rule,
    anchor: anchorOf(wishes.rule, wishes.start),
    shipping: {
      isOpen: wishes.isOpen ?? shopIsOpen,
      leadDays: wishes.leadDays ?? 1,
      prefer: wishes.prefer ?? 'earlier',
      generateDaysBefore: 3,
      changeDaysBefore: 5,
    },
    today: wishes.today ?? '2020-01-01',
    from: { index: 0, turn: 1, shippedOn: null },
    exceptions: new Map(Object.entries(wishes.exceptions ?? {}).map(([at, what]) => [Number(at), what])),
    pause: wishes.pause ?? null,
    count: wishes.count ?? 3,
    lastTurn: wishes.lastTurn ?? null,
  })

/** `ship>delivery` of each turn that is delivered. */
const ways = (wishes: Wishes) =>
  plan(wishes)
    .filter((turn): turn is PlannedDelivery => turn.kind === 'delivery')
    .map(({ shipOn, deliverOn }) => `${shipOn}>${deliverOn}`)

describe('ship dates and closed days', () => {
  it('Golden Week 2026 ships before it, and the parcel waits for its day', () => {
    // 2 May is a Saturday, 3–5 May are holidays, 6 May their substitute.
    expect(ways({ rule: monthly(5), start: '2026-05-01', count: 2 })).toEqual([
      '2026-05-01>2026-05-05',
      '2026-06-04>2026-06-05',
    ])
  })

  it('Golden Week 2026 ships behind it, and comes later', () => {
    expect(ways({ rule: monthly(5), start: '2026-05-01', count: 2, prefer: 'later' })).toEqual([
      '2026-05-07>2026-05-08',
      '2026-06-04>2026-06-05',
    ])
  })

  it.each([
    // 28 December 2026 is a Monday; 4 January 2027 too.
    ['earlier', ['2026-12-28>2026-12-31', '2027-01-29>2027-01-31', '2027-02-26>2027-02-28']],
    ['later', ['2027-01-04>2027-01-05', '2027-02-01>2027-02-02', '2027-03-01>2027-03-02']],
  ] as const)('the turn of the year, %s', (prefer, expected) => {
    expect(ways({ rule: monthly('last'), start: '2026-12-31', prefer })).toEqual(expected)
  })

  it('two days on the road ship two days ahead', () => {
    expect(ways({ rule: monthly(25), start: '2026-11-23', leadDays: 2, count: 2 })).toEqual([
      // 23 November is 勤労感謝の日, 21 and 22 are the weekend.
      '2026-11-20>2026-11-25',
      '2026-12-23>2026-12-25',
    ])
  })

  it('a shift never reaches the past: what cannot ship earlier ships later', () => {
    expect(ways({ rule: monthly(5), start: '2026-05-01', today: '2026-05-02', count: 1 })).toEqual([
      '2026-05-07>2026-05-08',
    ])
  })

  it('a shift never reaches another turn', () => {
    const everyThird: CycleRule = { kind: 'days', every: 2 }
    expect(ways({ rule: everyThird, start: '2026-11-20', count: 4 })).toEqual([
      '2026-11-19>2026-11-20',
      '2026-11-20>2026-11-22',
      // Closed from the 21st to the 23rd: the third turn has no day of its own before the fourth.
      '2026-11-24>2026-11-25',
      '2026-11-25>2026-11-26',
    ])
  })

  it('generation and change deadline count from the shifted ship date', () => {
    const [turn] = plan({ rule: monthly(5), start: '2026-05-01', count: 1 })
    expect(turn).toMatchObject({
      shipOn: '2026-05-01',
      generateOn: '2026-04-28',
      changeUntil: '2026-04-26',
      shift: { days: -3, reason: 'closed' },
    })
  })
})

describe('what a customer asks for', () => {
  it('a skipped turn is not counted, and the rule goes on', () => {
    const turns = plan({ rule: monthly(10), start: '2026-12-01', exceptions: { 1: { kind: 'skip' } } })
    expect(turns.map(({ kind, ruleDate }) => `${kind} ${ruleDate}`)).toEqual([
      'delivery 2026-12-10',
      'skipped 2027-01-10',
      'delivery 2027-02-10',
      'delivery 2027-03-10',
    ])
    expect(turns.flatMap((turn) => (turn.kind === 'delivery' ? [turn.turn] : []))).toEqual([1, 2, 3])
  })

  it('a turn moved once leaves the rule where it was', () => {
    const exceptions = { 1: { kind: 'move', to: '2027-01-20' } } as const
    expect(ways({ rule: monthly(10), start: '2026-12-01', exceptions })).toEqual([
      '2026-12-09>2026-12-10',
      '2027-01-19>2027-01-20',
      '2027-02-09>2027-02-10',
    ])
  })

  it('a pause passes over its dates and no others', () => {
    const turns = plan({
      rule: monthly(10),
      start: '2026-12-01',
      pause: { from: '2027-01-01', until: '2027-03-10' },
      count: 2,
    })
    expect(turns.map(({ kind, ruleDate }) => `${kind} ${ruleDate}`)).toEqual([
      'delivery 2026-12-10',
      'paused 2027-01-10',
      'paused 2027-02-10',
      'delivery 2027-03-10',
    ])
  })

  it('a pause without end plans nothing behind it', () => {
    expect(
      plan({ rule: monthly(10), start: '2026-12-01', pause: { from: '2027-01-01', until: null } }),
    ).toHaveLength(1)
  })

  it('a contract with a last turn ends there', () => {
    expect(plan({ rule: monthly(10), start: '2026-12-01', lastTurn: 2, count: 12 })).toHaveLength(2)
  })

  it('a calendar without open days is said, not looped over', () => {
    expect(() => plan({ rule: monthly(10), start: '2026-12-01', isOpen: () => false })).toThrow('no open day')
  })
})
