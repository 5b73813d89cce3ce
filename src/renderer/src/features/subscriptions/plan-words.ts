import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { CycleRule } from '../../../../contract/cycle-rule'
import type { ClosedReason } from '../../../../contract/delivery'
import type { PlannedTurn, PriceStep } from '../../../../contract/subscription-form'
import { formatCount, formatPlainDate, formatYen } from '../../lib/format'
import { daysAfter } from './days-after'

type Words = ReturnType<typeof useTranslation<'subscriptions'>>['t']

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** The sign of a weekday (1 Monday … 7 Sunday), such as 火. */
export function weekdayWord(t: Words, weekday: number): string {
  const known = WEEKDAYS[weekday - 1]
  return known === undefined ? '' : t(`rule.weekdays.${known}`)
}

/** A rule in words: 毎月15日, 2週ごと 火曜, 毎月第2金曜, 毎月末日, 45日ごと. */
export function ruleWords(t: Words, rule: CycleRule): string {
  const { every } = rule
  switch (rule.kind) {
    case 'days':
      return t('rule.words.days', { every })
    case 'weeks':
      return t(every === 1 ? 'rule.words.everyWeek' : 'rule.words.weeks', {
        every,
        day: weekdayWord(t, rule.weekday),
      })
    case 'months':
      return t(every === 1 ? 'rule.words.everyMonth' : 'rule.words.months', {
        every,
        date: rule.day === 'last' ? t('rule.lastDay') : t('rule.dayName', { day: rule.day }),
      })
    case 'month-weekday':
      return t(every === 1 ? 'rule.words.everyMonthNth' : 'rule.words.monthsNth', {
        every,
        nth: rule.nth,
        day: weekdayWord(t, rule.weekday),
      })
  }
}

/** A step of the price in words: 1〜3回目 10%引き, 4回目以降 商品合計 ¥3,000. */
export function stepWords(t: Words, { fromTurn, toTurn, kind, value }: PriceStep): string {
  const turns =
    toTurn === null
      ? t('steps.words.fromTurn', { from: fromTurn })
      : toTurn === fromTurn
        ? t('steps.words.oneTurn', { from: fromTurn })
        : t('steps.words.turns', { from: fromTurn, to: toTurn })
  const amount = kind === 'percent-off' ? formatCount(value) : formatYen(value)
  return `${turns} ${t(`steps.words.${kind}`, { value: amount })}`
}

function closedWords(t: Words, closed: ClosedReason): string {
  switch (closed.kind) {
    case 'weekday':
      return t('plan.closed.weekday')
    case 'holiday':
      return t('plan.closed.holiday', { name: closed.name })
    case 'special':
      return closed.name === ''
        ? t('plan.closed.special')
        : t('plan.closed.specialNamed', { name: closed.name })
  }
}

function shiftWords(t: Words, shift: { days: number; closed: ClosedReason | null }, shipOn: string): string {
  const { closed } = shift
  const days = Math.abs(shift.days)
  const isEarlier = shift.days < 0
  if (closed === null) return t(isEarlier ? 'plan.notes.earlierFree' : 'plan.notes.laterFree', { days })
  return t(isEarlier ? 'plan.notes.earlier' : 'plan.notes.later', {
    days,
    date: formatPlainDate(daysAfter(shipOn, -shift.days)),
    closed: closedWords(t, closed),
  })
}

/** Why a turn is not delivered or shipped on the day that its rule would give: a sentence a shift. */
export function noteWords(t: Words, turn: PlannedTurn, rule: CycleRule): string[] {
  const { shipOn } = turn
  const sentences = turn.notes.flatMap((note) => {
    switch (note.kind) {
      case 'bent':
        return note.why === 'short-month'
          ? t('plan.notes.shortMonth', {
              day: rule.kind === 'months' ? rule.day : '',
              date: formatPlainDate(turn.ruleDate),
            })
          : t('plan.notes.noFifth', {
              day: rule.kind === 'month-weekday' ? weekdayWord(t, rule.weekday) : '',
            })
      case 'moved':
        return t('plan.notes.moved', { from: formatPlainDate(note.from) })
      case 'shipped-earlier':
        return shipOn === null ? [] : shiftWords(t, { days: -note.days, closed: note.closed }, shipOn)
      case 'shipped-later':
        return shipOn === null ? [] : shiftWords(t, { days: note.days, closed: note.closed }, shipOn)
      // The same for every turn: it stands above the table.
      case 'road':
        return []
    }
  })
  return turn.ownItems ? [...sentences, t('plan.ownItems')] : sentences
}

/** Days from the ship date to the delivery, as the plan says; null when no turn tells. */
export function roadDays(plan: readonly PlannedTurn[]): number | null {
  for (const { notes } of plan) {
    for (const note of notes) if (note.kind === 'road') return note.days
  }
  return null
}

export function useRuleWords(): (rule: CycleRule) => string {
  const { t } = useTranslation('subscriptions')
  return useCallback((rule: CycleRule) => ruleWords(t, rule), [t])
}
