/** A plain date as the number of days since 1970-01-01: what long runs of dates are reckoned in. */
export type EpochDay = number

const DAY_MS = 86_400_000

/** From `YYYY-MM-DD`. */
export function epochDay(date: string): EpochDay {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return Date.UTC(year, month - 1, day) / DAY_MS
}

export const plainDate = (day: EpochDay): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** 1 Monday … 7 Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: EpochDay): number => ((((day + 3) % 7) + 7) % 7) + 1

/** Months since year 0, so that months can be added. */
export function monthOf(day: EpochDay): number {
  const date = new Date(day * DAY_MS)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

export const firstOfMonth = (month: number): EpochDay =>
  Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS

export const lastOfMonth = (month: number): EpochDay => firstOfMonth(month + 1) - 1
