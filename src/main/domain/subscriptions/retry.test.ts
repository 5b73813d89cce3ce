import { describe, expect, it } from 'vitest'
import { afterDecline, cardIsOver, holdLasts, type DeclinedTurn } from './retry'

const DAYS = [1, 3, 5, 7]
const DAY = 86_400_000
const declined = (more: Partial<DeclinedTurn> = {}): DeclinedTurn => ({
  code: '101',
  rawCode: 'R101',
  cardExpiry: '3012',
  tries: 1,
  firstDeclinedOn: '2026-12-28',
  today: '2026-12-28',
  nextGenerateOn: null,
  ...more,
})

describe('after a refusal', () => {
  it.each([
    [1, '2026-12-28', '2026-12-29'],
    [2, '2026-12-29', '2026-12-31'],
    [3, '2026-12-31', '2027-01-02'],
    [4, '2027-01-02', '2027-01-04'],
  ])('try %i is followed by one on the shop’s day, counted from the first', (tries, today, on) => {
    expect(afterDecline(declined({ tries, today }), DAYS)).toEqual({ kind: 'retry', on })
  })

  it('makes up for missed days one after the other, never on the same day again', () => {
    const late = declined({ tries: 2, today: '2027-01-10' })
    expect(afterDecline(late, DAYS)).toEqual({ kind: 'retry', on: '2027-01-11' })
  })

  it('ends behind the last day, and before the next turn is made', () => {
    expect(afterDecline(declined({ tries: 5 }), DAYS)).toEqual({ kind: 'final' })
    expect(afterDecline(declined(), [])).toEqual({ kind: 'final' })
    const before = declined({ nextGenerateOn: '2026-12-30' })
    expect(afterDecline(before, DAYS)).toEqual({ kind: 'retry', on: '2026-12-29' })
    expect(afterDecline({ ...before, nextGenerateOn: '2026-12-29' }, DAYS)).toEqual({ kind: 'final' })
  })

  it.each([
    ['106', 'R106'],
    ['109', 'R109'],
    ['301', 'R301'],
    ['101', 'no-such-token'],
  ])('%s (%s) needs a person at once', (code, rawCode) => {
    expect(afterDecline(declined({ code, rawCode }), DAYS)).toEqual({
      kind: 'attention',
      why: 'card-refused',
    })
  })

  it('a card that is over needs a person, whatever the code says', () => {
    const over = { kind: 'attention', why: 'card-expired' }
    expect(afterDecline(declined({ cardExpiry: '2611' }), DAYS)).toEqual(over)
    expect(afterDecline(declined({ rawCode: 'expired' }), DAYS)).toEqual(over)
    expect(afterDecline(declined({ cardExpiry: '2612' }), DAYS)).toMatchObject({ kind: 'retry' })
  })
})

it('a card is good until the end of its month', () => {
  expect([cardIsOver('2612', '2026-12-31'), cardIsOver('2612', '2027-01-01')]).toEqual([false, true])
})

it('a hold lasts when it ends with the ship date or behind it', () => {
  expect([holdLasts(0, 7 * DAY, 7 * DAY), holdLasts(0, 7 * DAY, 7 * DAY + 1)]).toEqual([true, false])
})
