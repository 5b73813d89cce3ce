import { addDays, businessDate, tokyoHour } from './tokyo'

/** Orders after this hour ship a day later. */
const CUT_OFF_HOUR = 15
/** Days on the road: the far prefectures take a day longer. */
const FAR = new Set([
  '北海道',
  '沖縄県',
  '鹿児島県',
  '宮崎県',
  '長崎県',
  '佐賀県',
  '福岡県',
  '熊本県',
  '大分県',
])
const PREPARATION_DAYS = 1
const LATEST_DAYS = 30

/** The delivery dates that may be promised to a prefecture for an order taken at this instant. */
export function deliveryWindow(atMs: number, prefecture: string): { earliest: string; latest: string } {
  const today = businessDate(atMs)
  const lateOrder = tokyoHour(atMs) >= CUT_OFF_HOUR ? 1 : 0
  const road = FAR.has(prefecture) ? 2 : 1
  return {
    earliest: addDays(today, PREPARATION_DAYS + lateOrder + road),
    latest: addDays(today, LATEST_DAYS),
  }
}
