import type { CycleRule } from '../../../contract/cycle-rule'
import { spokenDate } from '../calendar/tokyo'

const WEEKDAYS = ['月', '火', '水', '木', '金', '土', '日'] as const

/** A rule as it is said on the phone: 毎月10日, 2か月ごとの第2火曜日, 30日ごと. */
export function ruleWords(rule: CycleRule): string {
  switch (rule.kind) {
    case 'days':
      return rule.every === 1 ? '毎日' : `${rule.every}日ごと`
    case 'weeks': {
      const weekday = `${WEEKDAYS[rule.weekday - 1] ?? ''}曜日`
      return rule.every === 1 ? `毎週${weekday}` : `${rule.every}週間ごとの${weekday}`
    }
    case 'months': {
      const day = rule.day === 'last' ? '末日' : `${rule.day}日`
      return rule.every === 1 ? `毎月${day}` : `${rule.every}か月ごとの${day}`
    }
    case 'month-weekday': {
      const day = `第${rule.nth}${WEEKDAYS[rule.weekday - 1] ?? ''}曜日`
      return rule.every === 1 ? `毎月${day}` : `${rule.every}か月ごとの${day}`
    }
  }
}

/** A date of the current or the next year in words; a later one with its year. */
export const dateWords = (date: string, today: string): string =>
  Number(date.slice(0, 4)) > Number(today.slice(0, 4)) + 1
    ? `${date.slice(0, 4)}年${spokenDate(date)}`
    : spokenDate(date)
