import holidays from '@holiday-jp/holiday_jp'
import { Temporal } from 'temporal-polyfill'
import { addDays } from './tokyo'

const SATURDAY = 6

/** True on days when offices answer: no weekend, no national holiday (国民の祝日, substitute holidays too). */
export function isBusinessDay(date: string): boolean {
  if (Temporal.PlainDate.from(date).dayOfWeek >= SATURDAY) return false
  return !Object.hasOwn(holidays.holidays, date)
}

/** The business day that comes `days` business days after `date`; the date itself does not count. */
export function addBusinessDays(date: string, days: number): string {
  let day = date
  for (let left = days; left > 0;) {
    day = addDays(day, 1)
    if (isBusinessDay(day)) left -= 1
  }
  return day
}
