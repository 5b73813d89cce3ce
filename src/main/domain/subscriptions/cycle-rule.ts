import type { CycleRule } from '../../../contract/cycle-rule'
import {
  epochDay,
  firstOfMonth,
  lastOfMonth,
  monthOf,
  plainDate,
  weekdayOf,
  type EpochDay,
} from './epoch-day'

/** A date that a rule names, and why it is not quite what the rule says. */
export interface RuleDate {
  readonly day: EpochDay
  /** `short-month`: 31 in a month of 30; `missing-fifth`: the fourth for want of a fifth. */
  readonly bent: 'short-month' | 'missing-fifth' | null
}

const WEEK = 7

const onOrAfter = (from: EpochDay, weekday: number): EpochDay =>
  from + ((weekday - weekdayOf(from) + WEEK) % WEEK)

function dayInMonth(month: number, day: number | 'last'): RuleDate {
  const last = lastOfMonth(month)
  if (day === 'last') return { day: last, bent: null }
  const wanted = firstOfMonth(month) + day - 1
  return wanted <= last ? { day: wanted, bent: null } : { day: last, bent: 'short-month' }
}

function weekdayInMonth(month: number, rule: Extract<CycleRule, { kind: 'month-weekday' }>): RuleDate | null {
  const wanted = onOrAfter(firstOfMonth(month), rule.weekday) + (rule.nth - 1) * WEEK
  if (wanted <= lastOfMonth(month)) return { day: wanted, bent: null }
  return rule.missing === 'last' ? { day: wanted - WEEK, bent: 'missing-fifth' } : null
}

/** What the rule names in a month; null when that month has none. */
const inMonth = (
  rule: Extract<CycleRule, { kind: 'months' | 'month-weekday' }>,
  month: number,
): RuleDate | null => (rule.kind === 'months' ? dayInMonth(month, rule.day) : weekdayInMonth(month, rule))

/** Months that are looked through for a date: no rule is silent for longer. */
const MONTHS_AHEAD = 14

/** The first date on or after `from` (`YYYY-MM-DD`) on which a contract with this rule can begin: its anchor. */
export function anchorOf(rule: CycleRule, from: string): string {
  const start = epochDay(from)
  switch (rule.kind) {
    case 'days':
      return from
    case 'weeks':
      return plainDate(onOrAfter(start, rule.weekday))
    case 'months':
    case 'month-weekday': {
      const month = monthOf(start)
      for (let ahead = 0; ahead < MONTHS_AHEAD; ahead++) {
        const found = inMonth(rule, month + ahead)
        if (found && found.day >= start) return plainDate(found.day)
      }
      throw new Error('a rule without dates')
    }
  }
}

/**
 * The date with this index, counted from the anchor (0). Each date is reckoned from the anchor and never from the
 * date before, so that 31 comes back after a short month. Null: the month is passed over for want of a fifth weekday.
 */
export function ruleDate(rule: CycleRule, anchor: EpochDay, index: number): RuleDate | null {
  switch (rule.kind) {
    case 'days':
      return { day: anchor + rule.every * index, bent: null }
    case 'weeks':
      return { day: onOrAfter(anchor, rule.weekday) + rule.every * WEEK * index, bent: null }
    case 'months':
    case 'month-weekday':
      return inMonth(rule, monthOf(anchor) + rule.every * index)
  }
}

/** A month's first day stands for its month: only the month of an anchor counts for rules of months. */
const anchorInMonth = (
  rule: Extract<CycleRule, { kind: 'months' | 'month-weekday' }>,
  month: number,
): EpochDay => inMonth(rule, month)?.day ?? firstOfMonth(month)

/**
 * The anchor by which a date of this rule (`YYYY-MM-DD`) has this index: a rule that is changed goes on counting where
 * the one before it stopped, because no index of a contract is used twice.
 */
export function anchorFor(rule: CycleRule, date: string, index: number): string {
  const day = epochDay(date)
  switch (rule.kind) {
    case 'days':
      return plainDate(day - rule.every * index)
    case 'weeks':
      return plainDate(day - rule.every * WEEK * index)
    case 'months':
    case 'month-weekday':
      return plainDate(anchorInMonth(rule, monthOf(day) - rule.every * index))
  }
}
