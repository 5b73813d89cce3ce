import holidays from '@holiday-jp/holiday_jp'
import type { DeskDatabase } from '../../../src/main/db/open-database'
import { dateOf, dayOf } from '../subscription-rows'

/** What the shop of the year says of itself, and what the invariants reckon with by their own means. */
export interface ShopOfYear {
  readonly isOpen: (date: string) => boolean
  readonly leadOf: (prefecture: string) => number
  readonly shippingOf: (prefecture: string) => number
  readonly freeFrom: number
  readonly codFee: number
  readonly generateDaysBefore: number
  readonly retryDays: readonly number[]
}

export const PREFECTURES = ['東京都', '大阪府', '北海道', '沖縄県'] as const
const LEADS: Readonly<Record<string, number>> = { 東京都: 1, 大阪府: 1, 北海道: 2, 沖縄県: 3 }
const FEES: Readonly<Record<string, number>> = { 東京都: 550, 大阪府: 550, 北海道: 1100, 沖縄県: 1650 }

/** Closed and open against the rule: the turn of the year, an inventory, summer, and a Saturday in December. */
const CLOSED = ['12-29', '12-30', '12-31', '01-01', '01-02', '01-03', '03-31', '08-12', '08-13', '08-14']
const OPEN = ['2026-12-19', '2027-12-18']

const NAMED: ReadonlySet<string> = new Set(Object.values(holidays.holidays).map(({ date }) => date))
const sunday = (date: string): boolean => new Date(`${date}T00:00:00Z`).getUTCDay() === 0
const saturday = (date: string): boolean => new Date(`${date}T00:00:00Z`).getUTCDay() === 6

export const SHOP: ShopOfYear = {
  isOpen: (date) => {
    if (OPEN.includes(date)) return true
    return !CLOSED.includes(date.slice(5)) && !NAMED.has(date) && !sunday(date) && !saturday(date)
  },
  leadOf: (prefecture) => LEADS[prefecture] ?? 1,
  shippingOf: (prefecture) => FEES[prefecture] ?? 550,
  freeFrom: 5_000,
  codFee: 330,
  generateDaysBefore: 10,
  retryDays: [1, 3, 5, 7],
}

/** The last open day on or before a date. */
export function openOnOrBefore(shop: ShopOfYear, date: string): string {
  for (let day = dayOf(date); ; day--) if (shop.isOpen(dateOf(day))) return dateOf(day)
}

export const addDays = (date: string, days: number): string => dateOf(dayOf(date) + days)

/** Writes the calendar into 設定 > 配送. */
export async function writeCalendar({ db }: DeskDatabase): Promise<void> {
  for (const table of ['closed_weekday', 'special_day', 'lead_time', 'remote_area'] as const)
    await db.deleteFrom(table).execute()
  await db.updateTable('delivery_rule').set({ closed_on_holidays: 1 }).execute()
  const weeks = [1, 2, 3, 4, 5]
  await db
    .insertInto('closed_weekday')
    .values([6, 7].flatMap((weekday) => weeks.map((week) => ({ weekday, week }))))
    .execute()
  const years = ['2026', '2027', '2028']
  await db
    .insertInto('special_day')
    .values([
      ...years.flatMap((year) =>
        CLOSED.map((day) => ({ date: `${year}-${day}`, kind: 'closed' as const, label: '特別休業' })),
      ),
      ...OPEN.map((date) => ({ date, kind: 'open' as const, label: '特別営業' })),
    ])
    .execute()
  await db
    .insertInto('lead_time')
    .values(PREFECTURES.map((prefecture) => ({ prefecture, days: SHOP.leadOf(prefecture) })))
    .execute()
}
