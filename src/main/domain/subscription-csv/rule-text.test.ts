import { describe, expect, it } from 'vitest'
import { ruleWords } from '../subscriptions/words'
import { anchorNear, ruleOfText } from './rule-text'

/** A Tuesday. */
const NEXT = '2026-12-15'

describe('a rule as files write it', () => {
  it.each([
    ['30日ごと', { kind: 'days', every: 30 }],
    ['３０', { kind: 'days', every: 30 }],
    ['28日間隔', { kind: 'days', every: 28 }],
    ['毎週', { kind: 'weeks', every: 1, weekday: 2 }],
    ['2週間ごと 金曜', { kind: 'weeks', every: 2, weekday: 5 }],
    ['隔週月曜日', { kind: 'weeks', every: 2, weekday: 1 }],
    ['毎月', { kind: 'months', every: 1, day: 15 }],
    ['1ヶ月', { kind: 'months', every: 1, day: 15 }],
    ['隔月 末日', { kind: 'months', every: 2, day: 'last' }],
    ['毎月31日', { kind: 'months', every: 1, day: 31 }],
    ['3か月毎の第2火曜日', { kind: 'month-weekday', every: 3, nth: 2, weekday: 2, missing: 'last' }],
  ])('%s', (text, rule) => {
    expect(ruleOfText(text, NEXT)).toEqual(rule)
  })

  it.each(['', '15日', '毎月32日', '0', '400', 'ときどき', '毎週土日'])('cannot read 「%s」', (text) => {
    expect(ruleOfText(text, NEXT)).toBeNull()
  })

  it('reads the words that the desk itself writes', () => {
    const rules = [
      { kind: 'days', every: 45 },
      { kind: 'weeks', every: 3, weekday: 7 },
      { kind: 'months', every: 2, day: 'last' },
      { kind: 'month-weekday', every: 1, nth: 5, weekday: 3, missing: 'last' },
    ] as const
    for (const rule of rules) expect(ruleOfText(ruleWords(rule), NEXT)).toEqual(rule)
  })
})

describe('the date of a rule that a delivery belongs to', () => {
  it('is the delivery itself, or the nearest date of the rule with the move', () => {
    const rule = { kind: 'months', every: 1, day: 15 } as const
    expect(anchorNear(rule, '2026-12-15')).toEqual({ anchor: '2026-12-15', movedTo: null })
    expect(anchorNear(rule, '2026-12-13')).toEqual({ anchor: '2026-12-15', movedTo: '2026-12-13' })
    expect(anchorNear(rule, '2026-12-30')).toBeNull()
  })
})
