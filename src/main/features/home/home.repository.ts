import type { Kysely } from 'kysely'
import type { Database } from '../../db/database.types'
import { addDays, businessDate, startOfBusinessDate } from '../../domain/calendar/tokyo'

export interface DaySales {
  readonly orders: number
  readonly total: number
}

/** Orders and yen of each business date from `from` to `to`, without cancelled orders. */
export async function salesByDay(
  db: Kysely<Database>,
  from: string,
  to: string,
): Promise<Map<string, DaySales>> {
  const rows = await db
    .selectFrom('sales_order')
    .select(['ordered_at', 'total'])
    .where('ordered_at', '>=', startOfBusinessDate(from))
    .where('ordered_at', '<', startOfBusinessDate(addDays(to, 1)))
    .where('status', '!=', 'cancelled')
    .execute()
  const days = new Map<string, DaySales>()
  for (const row of rows) {
    const date = businessDate(row.ordered_at)
    const day = days.get(date) ?? { orders: 0, total: 0 }
    days.set(date, { orders: day.orders + 1, total: day.total + row.total })
  }
  return days
}
