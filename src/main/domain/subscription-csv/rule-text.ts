import type { CycleRule } from '../../../contract/cycle-rule'
import { addDays } from '../calendar/tokyo'
import { anchorOf } from '../subscriptions/cycle-rule'
import { epochDay, weekdayOf } from '../subscriptions/epoch-day'

const WEEKDAYS = '月火水木金土日'
const EVERY = '(?:ごと|毎|間隔|周期|サイクル)?'

const DAYS = new RegExp(`^(\\d{1,3})日?${EVERY}$`)
const WEEKS = new RegExp(`^(?:毎週|隔週|(\\d{1,2})週間?${EVERY})(.*)$`)
const MONTHS = new RegExp(`^(?:毎月|隔月|(\\d{1,2})[かカヵヶケ箇]月${EVERY})(.*)$`)
const NTH = /^第([1-5])([月火水木金土日])曜?日?$/
const DAY = /^(\d{1,2})日$/

const weekdayNamed = (word: string): number => WEEKDAYS.indexOf(word) + 1

function everyOf(matched: string | undefined, text: string): number {
  if (matched !== undefined) return Number(matched)
  return text.startsWith('隔') ? 2 : 1
}

function weeksOf(text: string, next: string): CycleRule | null {
  const match = WEEKS.exec(text)
  if (!match) return null
  const every = everyOf(match[1], text)
  const named = /^([月火水木金土日])?(?:曜日?)?$/.exec(match[2] ?? '')
  if (!named || every < 1 || every > 52) return null
  const weekday = named[1] === undefined ? weekdayOf(epochDay(next)) : weekdayNamed(named[1])
  return { kind: 'weeks', every, weekday }
}

function monthsOf(text: string, next: string): CycleRule | null {
  const match = MONTHS.exec(text)
  if (!match) return null
  const every = everyOf(match[1], text)
  const rest = match[2] ?? ''
  if (every < 1 || every > 24) return null
  if (rest === '') return { kind: 'months', every, day: Number(next.slice(8, 10)) }
  if (rest === '末日' || rest === '月末') return { kind: 'months', every, day: 'last' }
  const nth = NTH.exec(rest)
  if (nth)
    return {
      kind: 'month-weekday',
      every,
      nth: Number(nth[1]),
      weekday: weekdayNamed(nth[2] ?? ''),
      missing: 'last',
    }
  const day = Number(DAY.exec(rest)?.[1] ?? 0)
  return day >= 1 && day <= 31 ? { kind: 'months', every, day } : null
}

/**
 * A rule as files write it: 30日ごと, 30, 2週間ごと月曜日, 毎月15日, 2か月ごとの末日, 毎月第2火曜日. What it does not say of weekday or
 * day is taken from the next delivery (plain date). Null: it cannot be read.
 */
export function ruleOfText(written: string, next: string): CycleRule | null {
  const text = written
    .normalize('NFKC')
    .replace(/[\s・]/gu, '')
    .replace(/の/gu, '')
  if (text === '毎日') return { kind: 'days', every: 1 }
  const days = DAYS.exec(text)
  // 「15日」 alone may as well mean a day of the month.
  if (days && !/^\d+日$/.test(text)) {
    const every = Number(days[1])
    return every >= 1 && every <= 366 ? { kind: 'days', every } : null
  }
  return weeksOf(text, next) ?? monthsOf(text, next)
}

/** A delivery that another system has put off by holidays lies near a date of its rule. */
const NEAR = 14

/**
 * The date of the rule that a next delivery belongs to, and the day to which that date was moved (null: it is the very
 * date). Null: no date of the rule is near.
 */
export function anchorNear(
  rule: CycleRule,
  next: string,
): { readonly anchor: string; readonly movedTo: string | null } | null {
  const isOfRule = (date: string) => anchorOf(rule, date) === date
  if (isOfRule(next)) return { anchor: next, movedTo: null }
  for (let days = 1; days <= NEAR; days++) {
    const near = [addDays(next, -days), addDays(next, days)].find(isOfRule)
    if (near !== undefined) return { anchor: near, movedTo: next }
  }
  return null
}
