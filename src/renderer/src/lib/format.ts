const TOKYO = 'Asia/Tokyo'
const yen = new Intl.NumberFormat('ja-JP')
const shortYen = new Intl.NumberFormat('ja-JP', { notation: 'compact', maximumFractionDigits: 1 })
const dateTime = new Intl.DateTimeFormat('ja-JP', {
  timeZone: TOKYO,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})
const date = new Intl.DateTimeFormat('ja-JP', {
  timeZone: TOKYO,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const time = new Intl.DateTimeFormat('ja-JP', { timeZone: TOKYO, hour: '2-digit', minute: '2-digit' })
const exact = new Intl.DateTimeFormat('ja-JP', {
  timeZone: TOKYO,
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const exactTime = new Intl.DateTimeFormat('ja-JP', {
  timeZone: TOKYO,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const plain = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
})

const plainOfYear = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
})

/** 1234 → ¥1,234, -500 → -¥500 */
export const formatYen = (amount: number): string =>
  amount < 0 ? `-¥${yen.format(-amount)}` : `¥${yen.format(amount)}`
/** 28400 → 2.8万, for narrow places such as bars. */
export const formatShortYen = (amount: number): string => shortYen.format(amount)
export const formatCount = (count: number): string => yen.format(count)
/** An instant in the shop's time. */
export const formatDateTime = (atMs: number): string => dateTime.format(atMs)
export const formatDate = (atMs: number): string => date.format(atMs)
export const formatTime = (atMs: number): string => time.format(atMs)
/** An instant of the last weeks to the second, in the shop's time: 11/25 14:03:07 */
export const formatExact = (atMs: number): string => exact.format(atMs)
export const formatExactTime = (atMs: number): string => exactTime.format(atMs)
/** 2026-11-25 → 11/25(水) */
export const formatPlainDate = (day: string): string => plain.format(new Date(`${day}T00:00:00Z`))
/** 2027-01-15 → 2027/1/15(金), where dates of several years stand together. */
export const formatDayOfYear = (day: string): string => plainOfYear.format(new Date(`${day}T00:00:00Z`))
/** YYMM as services give it → MM/YY as it stands on the card. */
export const formatExpiry = (yymm: string): string => `${yymm.slice(2)}/${yymm.slice(0, 2)}`
