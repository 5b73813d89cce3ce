import { Temporal } from 'temporal-polyfill'

const TOKYO = 'Asia/Tokyo'

/** Japan has kept UTC+9 without summer time since September 1951 (the law of 1948 was repealed in 1952). */
const OFFSET_MS = 9 * 3_600_000
const FIXED_SINCE_MS = Date.UTC(1952, 0, 1)
const FOUR_DIGIT_YEARS_MS = Date.UTC(9999, 0, 1)

/**
 * The business date at an instant (epoch ms), as `YYYY-MM-DD` in Asia/Tokyo. Reckoned without the time zone's rules where
 * these say nothing else: it stands in every answer of the desk, and the rules cost a hundred times as much.
 */
export function businessDate(atMs: number): string {
  if (atMs >= FIXED_SINCE_MS && atMs < FOUR_DIGIT_YEARS_MS) {
    return new Date(atMs + OFFSET_MS).toISOString().slice(0, 10)
  }
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(TOKYO).toPlainDate().toString()
}

/** First instant (epoch ms) of a business date in Asia/Tokyo. */
export function startOfBusinessDate(date: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(TOKYO).epochMilliseconds
}

/** A date some days later or, with a negative number, earlier. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

const WEEKDAYS = ['月', '火', '水', '木', '金', '土', '日'] as const

/** The same day so many years later; 29 February becomes the 28th. */
export const addYears = (date: string, years: number): string =>
  Temporal.PlainDate.from(date).add({ years }).toString()

/** A date as it is read aloud: 12月3日(木). */
export function spokenDate(date: string): string {
  const plain = Temporal.PlainDate.from(date)
  return `${plain.month}月${plain.day}日(${WEEKDAYS[plain.dayOfWeek - 1] ?? ''})`
}

/** The time of day in Tokyo, hour 0–23. */
export function tokyoHour(atMs: number): number {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(TOKYO).hour
}

/** Minutes since midnight in Tokyo, 0–1439. */
export function tokyoMinutes(atMs: number): number {
  const time = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(TOKYO)
  return time.hour * 60 + time.minute
}

/** The weekday of a date: 1 Monday – 7 Sunday. */
export const weekdayOf = (date: string): number => Temporal.PlainDate.from(date).dayOfWeek

/** Which such weekday of its month a date is: 第1 – 第5. */
export const weekOfMonth = (date: string): number => Math.ceil(Temporal.PlainDate.from(date).day / 7)
