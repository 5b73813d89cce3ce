import type { CalendarDay, DatedSlot, DeliverySettings } from '../../../contract/delivery'
import { readDelivery, type KeptDelivery } from '../../checkout/delivery'
import type { DeskDatabase } from '../../db/open-database'
import { holidayName } from '../../domain/calendar/business-days'
import { closedReason, type ShopCalendar } from '../../domain/calendar/shop-calendar'
import { addDays } from '../../domain/calendar/tokyo'
import { PREFECTURES, type FieldFault } from '../../domain/people/contact-fields'
import { Refusal } from '../../platform/refusal'
import { allSlots, writeRules, writeSlot } from './delivery.repository'

/** What the screen shows and saves together. */
export function settingsOf({ rules, carrier }: KeptDelivery): DeliverySettings {
  const { calendar } = rules
  return {
    cutOffMinutes: rules.cutOffMinutes,
    preparationDays: rules.preparationDays,
    latestDays: rules.latestDays,
    closedOnHolidays: calendar.closedOnHolidays,
    carrier,
    closedWeekdays: [...calendar.closedWeekdays],
    leadTimes: PREFECTURES.map((prefecture) => ({ prefecture, days: rules.leadDays.get(prefecture) ?? 1 })),
    remoteAreas: [...rules.remoteAreas],
  }
}

/** What an admin must mend before the rules can be kept. */
export function settingFaults(values: DeliverySettings): FieldFault[] {
  const faults: FieldFault[] = []
  const cells = new Set(values.closedWeekdays.map(({ weekday, week }) => `${weekday}-${week}`))
  // The fifth weekday of a month is not there every month: a shop that opens only then may wait a quarter.
  const open = [1, 2, 3, 4, 5, 6, 7].some((weekday) =>
    [1, 2, 3, 4].some((week) => !cells.has(`${weekday}-${week}`)),
  )
  if (!open) faults.push({ path: 'closedWeekdays', message: '出荷する曜日を1つ以上残してください。' })
  if (cells.size < values.closedWeekdays.length) {
    faults.push({ path: 'closedWeekdays', message: '同じ曜日・週が重なっています。' })
  }
  const prefectures = new Set(values.leadTimes.map(({ prefecture }) => prefecture))
  if (prefectures.size !== PREFECTURES.length || PREFECTURES.some((name) => !prefectures.has(name))) {
    faults.push({ path: 'leadTimes', message: '47都道府県の日数が必要です。' })
  }
  const prefixes = new Set<string>()
  for (const [at, { prefix }] of values.remoteAreas.entries()) {
    if (prefixes.has(prefix)) {
      faults.push({ path: `remoteAreas.${at}.prefix`, message: `郵便番号「${prefix}」が重なっています。` })
    }
    prefixes.add(prefix)
  }
  return faults
}

/** Keeps the rules. Refuses a stale version, and rules by which nothing would ever ship. */
export async function saveRules(
  database: DeskDatabase,
  values: DeliverySettings,
  change: { version: number; by: string; now: number },
): Promise<{ version: number; values: DeliverySettings }> {
  const faults = settingFaults(values)
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  const saved = await writeRules(database.db, values, change)
  const kept = await readDelivery(database)
  if (!saved) throw new Refusal('STALE', { version: kept.version })
  return { version: kept.version, values: settingsOf(kept) }
}

export function calendarDay(calendar: ShopCalendar, date: string): CalendarDay {
  return {
    date,
    closed: closedReason(calendar, date),
    special: calendar.specialDays.get(date) ?? null,
    holiday: holidayName(date),
  }
}

/** All days of a month (`YYYY-MM`). */
export function calendarMonth(calendar: ShopCalendar, month: string): CalendarDay[] {
  const days: CalendarDay[] = []
  for (let date = `${month}-01`; date.startsWith(month); date = addDays(date, 1)) {
    days.push(calendarDay(calendar, date))
  }
  return days
}

/** Keeps a slot; refuses one that ends before it begins or overlaps another of the same code. */
export async function saveSlot(database: DeskDatabase, slot: DatedSlot): Promise<DatedSlot[]> {
  const fields: FieldFault[] = []
  if (slot.validTo !== null && slot.validTo < slot.validFrom) {
    fields.push({ path: 'validTo', message: '終了日は開始日以降にしてください。' })
  }
  const overlaps = (await allSlots(database.db)).some(
    (other) =>
      other.carrier === slot.carrier &&
      other.code === slot.code &&
      other.validFrom !== slot.validFrom &&
      other.validFrom <= (slot.validTo ?? '9999-12-31') &&
      slot.validFrom <= (other.validTo ?? '9999-12-31'),
  )
  if (overlaps) fields.push({ path: 'validFrom', message: '同じコードの時間帯と期間が重なっています。' })
  if (fields.length > 0) throw new Refusal('INVALID_FIELDS', { fields })
  await writeSlot(database.db, slot)
  return allSlots(database.db)
}
