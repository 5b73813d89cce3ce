import holidays from '@holiday-jp/holiday_jp'
import { Temporal } from 'temporal-polyfill'
import { addDays } from './tokyo'

const SATURDAY = 6

/** True on days when offices answer: no weekend, no national holiday (国民の祝日, substitute holidays too). */
export function isBusinessDay(date: string): boolean {
  if (Temporal.PlainDate.from(date).dayOfWeek >= SATURDAY) return false
  return holidayName(date) === null
}

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.values(holidays.holidays).map(({ date, name }) => [date, name]),
)

/** The name of a national holiday (substitute holidays too), or null. Known from 1970 to 2050. */
export const holidayName = (date: string): string | null => NAMES.get(date) ?? null

/** The business day that comes `days` business days after `date`; the date itself does not count. */
export function addBusinessDays(date: string, days: number): string {
  let day = date
  for (let left = days; left > 0;) {
    day = addDays(day, 1)
    if (isBusinessDay(day)) left -= 1
  }
  return day
}
