import { describe, expect, it } from 'vitest'
import {
  AUTOMATIC_MOVES,
  isSameVersion,
  nextDay,
  outcomeOf,
  retryAfterCode,
  type KeypadNow,
  type PlannedUpdate,
} from './update-plan'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** 25 November 2026, 21:00 in Tokyo. */
const AT = Date.UTC(2026, 10, 25, 12)
const planned: PlannedUpdate = {
  target: 'V1.03.001',
  nextAt: AT,
  windowMinutes: 60,
  isOpen: false,
  moves: 0,
}
const free: KeypadNow = { reported: 'V1.02.117', presence: 'free' }
const busy: KeypadNow = { ...free, presence: 'in-use' }
const absent: KeypadNow = { ...free, presence: 'absent' }
const done: KeypadNow = { reported: 'V1.03.001', presence: 'free' }

const open = { ...planned, isOpen: true }
const last = { ...planned, moves: AUTOMATIC_MOVES }
const stands = { ...planned, nextAt: null, moves: AUTOMATIC_MOVES }
const nothing = { kind: 'nothing' }
const tomorrow = AT + DAY

describe('a planned update', () => {
  it.each<[string, PlannedUpdate, KeypadNow, number, object]>([
    ['waits before its time', planned, busy, AT - 1, nothing],
    ['opens over a free keypad', planned, free, AT, { kind: 'opened' }],
    ['opens late, within the window', planned, free, AT + 59 * MINUTE, { kind: 'opened' }],
    [
      'is put off while a card is keyed',
      planned,
      busy,
      AT,
      { kind: 'deferred', reason: 'in-use', nextAt: tomorrow },
    ],
    [
      'is put off without a keypad',
      planned,
      absent,
      AT,
      { kind: 'deferred', reason: 'absent', nextAt: tomorrow },
    ],
    [
      'is put off when nobody watched',
      planned,
      free,
      AT + 60 * MINUTE,
      { kind: 'deferred', reason: 'absent', nextAt: tomorrow },
    ],
    [
      'skips the days on which no desk was open',
      planned,
      absent,
      AT + 2 * DAY + 1,
      { kind: 'deferred', reason: 'absent', nextAt: AT + 3 * DAY },
    ],
    ['lets the keypad go and come back within the window', open, absent, AT + 30 * MINUTE, nothing],
    ['does not judge within the window', open, free, AT + 59 * MINUTE, nothing],
    [
      'has failed with another version when it is over',
      open,
      free,
      AT + 60 * MINUTE,
      { kind: 'failed', reason: 'other-version', nextAt: tomorrow },
    ],
    [
      'has failed even while a card is keyed then',
      open,
      busy,
      AT + 60 * MINUTE,
      { kind: 'failed', reason: 'other-version', nextAt: tomorrow },
    ],
    [
      'is put off where the keypad has not come back',
      open,
      absent,
      AT + 60 * MINUTE,
      { kind: 'deferred', reason: 'absent', nextAt: tomorrow },
    ],
    [
      'stands as failed after the last move: in use',
      last,
      busy,
      AT,
      { kind: 'failed', reason: 'in-use', nextAt: null },
    ],
    [
      'stands as failed after the last move: absent',
      last,
      absent,
      AT,
      { kind: 'failed', reason: 'absent', nextAt: null },
    ],
    [
      'stands as failed after the last try',
      { ...last, isOpen: true },
      free,
      AT + DAY,
      { kind: 'failed', reason: 'other-version', nextAt: null },
    ],
    ['is left alone while it stands', stands, free, AT + 30 * DAY, nothing],
    ['succeeds before its time', planned, done, AT - DAY, { kind: 'succeeded' }],
    ['succeeds within the window', open, { ...done, presence: 'in-use' }, AT + 1, { kind: 'succeeded' }],
    [
      'succeeds though the keypad is gone again',
      planned,
      { ...done, presence: 'absent' },
      AT,
      { kind: 'succeeded' },
    ],
    ['succeeds late, when it stood as failed', stands, done, AT + 9 * DAY, { kind: 'succeeded' }],
    [
      'fails with a version that was never told',
      open,
      { ...free, reported: null },
      AT + 60 * MINUTE,
      { kind: 'failed', reason: 'other-version', nextAt: tomorrow },
    ],
  ])('%s', (_, plan, keypad, now, outcome) => {
    expect(outcomeOf(plan, keypad, now)).toEqual(outcome)
  })

  it('moves by itself three times, whatever the reasons, and then stands', () => {
    let nextAt: number | null = AT
    let moves = 0
    const told: string[] = []
    for (let now = AT; now < AT + 10 * DAY; now += MINUTE) {
      const keypad = Math.floor((now - AT) / DAY) % 2 === 0 ? busy : absent
      const outcome = outcomeOf({ ...planned, nextAt, moves }, keypad, now)
      if (outcome.kind !== 'deferred' && outcome.kind !== 'failed') continue
      told.push(outcome.kind)
      nextAt = outcome.nextAt
      moves += 1
    }
    expect(told).toEqual(['deferred', 'deferred', 'deferred', 'failed'])
    expect(nextAt).toBeNull()
  })
})

describe('after a code', () => {
  it.each<[string, PlannedUpdate, Parameters<typeof retryAfterCode>[1], number, number | null]>([
    ['it is tried again the next day', open, 'line', AT + 5 * MINUTE, tomorrow],
    ['one that was tried early keeps its time', planned, 'retry', AT - MINUTE, AT],
    ['the provider must look at the device first', open, 'device', AT + MINUTE, null],
    ['no moves are left', { ...open, moves: AUTOMATIC_MOVES }, 'server', AT + MINUTE, null],
    ['it stood as failed before', stands, 'retry', AT, null],
  ])('%s', (_, plan, cause, now, next) => {
    expect(retryAfterCode(plan, cause, now)).toBe(next)
  })
})

describe('versions', () => {
  it.each([
    ['V1.03', '1.03', true],
    ['v1.03 ', 'V 1.03', true],
    ['1.03', '1.03.001', false],
    ['V1.02b', 'v1.02B', true],
  ])('%j and %j', (one, other, same) => expect(isSameVersion(one, other)).toBe(same))

  it('the next day is after now, at the same time', () => {
    expect(nextDay(AT, AT - DAY)).toBe(AT + DAY)
    expect(nextDay(AT, AT + DAY)).toBe(AT + 2 * DAY)
    expect(nextDay(AT, AT + DAY - 1)).toBe(AT + DAY)
  })
})
