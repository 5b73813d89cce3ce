/** Epoch milliseconds, UTC. */
type Instant = number

/** One row: how the shop ships. */
export interface DeliveryRuleTable {
  id: 1
  cut_off_minutes: number
  preparation_days: number
  latest_days: number
  closed_on_holidays: number
  carrier: string
  updated_at: Instant
  updated_by: string | null
  version: number
}

/** 定休日: weekday 1 Monday – 7 Sunday, which of the month 1–5. */
export interface ClosedWeekdayTable {
  weekday: number
  week: number
}

export interface SpecialDayTable {
  /** Plain date. */
  date: string
  /** 特別休業 or 特別営業 */
  kind: 'closed' | 'open'
  label: string
}

export interface LeadTimeTable {
  prefecture: string
  days: number
}

export interface RemoteAreaTable {
  /** Beginning of postal codes. */
  prefix: string
  name: string
  /** More than the prefecture's. */
  days: number
}

/** An imported postal directory; its bytes are in `postal_data_part`. */
export interface PostalDataTable {
  id: string
  file_name: string
  /** Plain date of the file. */
  source_date: string
  towns: number
  codes: number
  active: number
  imported_at: Instant
  imported_by: string
}

export interface PostalDataPartTable {
  data_id: string
  position: number
  /** base64 of a piece of the packed file */
  data: string
}
