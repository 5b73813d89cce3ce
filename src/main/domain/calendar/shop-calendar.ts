import { holidayName } from './business-days'
import { addDays, weekdayOf, weekOfMonth } from './tokyo'

/** Days on which the shop ships, as the shop says. */
export interface ShopCalendar {
  /** 定休日: weekday (1 Monday – 7 Sunday) and which of the month (1–5). */
  readonly closedWeekdays: readonly { readonly weekday: number; readonly week: number }[]
  /** 祝日は休み */
  readonly closedOnHolidays: boolean
  /** 特別休業 and 特別営業 by date; they come before every rule. */
  readonly specialDays: ReadonlyMap<string, { readonly kind: 'closed' | 'open'; readonly label: string }>
}

/** Why nothing ships on a day. */
export type ClosedReason =
  | { readonly kind: 'weekday' }
  | { readonly kind: 'holiday'; readonly name: string }
  | { readonly kind: 'special'; readonly name: string }

/** Why the shop is closed on a date, or null when it is open. */
export function closedReason(calendar: ShopCalendar, date: string): ClosedReason | null {
  const special = calendar.specialDays.get(date)
  if (special) return special.kind === 'open' ? null : { kind: 'special', name: special.label }
  const holiday = calendar.closedOnHolidays ? holidayName(date) : null
  if (holiday !== null) return { kind: 'holiday', name: holiday }
  const weekday = weekdayOf(date)
  const week = weekOfMonth(date)
  const closed = calendar.closedWeekdays.some((rule) => rule.weekday === weekday && rule.week === week)
  return closed ? { kind: 'weekday' } : null
}

export interface ClosedDay {
  readonly date: string
  readonly reason: ClosedReason
}

/** A shop that is closed for longer does not ship at all: its calendar is wrong. */
const LONGEST_CLOSURE_DAYS = 400

/** The shop's calendar has no open day for more than a year. */
export class NoOpenDay extends Error {
  override name = 'NoOpenDay'
}

/** The first open day from a date on (`step` 1) or back (`step` -1), and the closed days before it. Throws NoOpenDay. */
export function openDayFrom(
  calendar: ShopCalendar,
  date: string,
  step: 1 | -1 = 1,
): { date: string; closed: ClosedDay[] } {
  const closed: ClosedDay[] = []
  let day = date
  for (let looked = 0; looked < LONGEST_CLOSURE_DAYS; looked++) {
    const reason = closedReason(calendar, day)
    if (reason === null) return { date: day, closed }
    closed.push({ date: day, reason })
    day = addDays(day, step)
  }
  throw new NoOpenDay(`no open day from ${date}`)
}
