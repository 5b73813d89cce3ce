import type { CycleRule } from '../../src/contract/cycle-rule'
import type { DeskDatabase } from '../../src/main/db/open-database'
import {
  contractRow,
  dateOf,
  dayOf,
  insertContracts,
  insertItems,
  walkRule,
  type ContractRow,
  type Owners,
} from './subscription-rows'

const REASONS = [
  'price',
  'stock-left',
  'price',
  'effect',
  'not-liked',
  'price',
  'moved',
  'trial-only',
] as const
const MONTHS = 13

/** The first day of a month so many months before that of a date. */
function monthBefore(date: string, months: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10)
}

/**
 * A shop whose contracts began over the last 13 months, six more each month than in the one before; in every month
 * that follows a few are cancelled, fewer as time goes by. Answers how many began in each month, the oldest first.
 */
export async function fillShop(
  database: DeskDatabase,
  owner: Owners & { readonly customerIds: readonly string[] },
  today: string,
): Promise<readonly number[]> {
  const rows: ContractRow[] = []
  const began: number[] = []
  for (let back = MONTHS - 1; back >= 0; back -= 1) {
    const month = monthBefore(today, back)
    const count = 10 + 6 * (MONTHS - 1 - back)
    began.push(count)
    for (let at = 0; at < count; at += 1) {
      // In the running month everything began on its first day, which is never ahead.
      const started = dateOf(dayOf(month) + (back === 0 ? 0 : at % 27))
      const rule: CycleRule = { kind: 'months', every: 1 + (at % 3), day: 1 + ((at * 5) % 28) }
      const anchor = [...walkRule(rule, started, dateOf(dayOf(started) + 120)).values()][0] ?? started
      const ahead = [...walkRule(rule, anchor, '2099-12-31')].find(
        ([, date]) => date > dateOf(dayOf(today) + 7),
      )
      // Every fifth is cancelled after one month, every fifth but one after three, and so on.
      const lasts = [1, 99, 3, 99, 6, 99, 99, 99, 99, 10][at % 10] ?? 99
      const isOver = lasts < back
      const endedOn = monthBefore(today, back - lasts)
      rows.push(
        contractRow(owner, {
          number: 700_001 + rows.length,
          customer_id: owner.customerIds[rows.length % owner.customerIds.length] ?? owner.customerId,
          status: isOver
            ? 'cancelled'
            : at % 17 === 16
              ? 'paused'
              : at % 29 === 28
                ? 'payment-stopped'
                : 'active',
          rule: JSON.stringify(rule),
          anchor,
          started_on: started,
          next_index: ahead?.[0] ?? 0,
          next_turn: (ahead?.[0] ?? 0) + 1,
          next_deliver_on: isOver ? null : (ahead?.[1] ?? null),
          cancelled_at: isOver ? Date.parse(`${endedOn}T12:00:00+09:00`) : null,
          cancel_reason: isOver ? (REASONS[at % REASONS.length] ?? null) : null,
          updated_at: Date.parse(`${endedOn}T12:00:00+09:00`),
        }),
      )
    }
  }
  await insertContracts(database, rows)
  await insertItems(
    database,
    rows.map((row, at) => ({
      subscription_id: row.id,
      set_no: 0,
      position: 0,
      product_id: owner.products[at % owner.products.length]?.id ?? '',
      quantity: 1 + (at % 3),
      unit_price: null,
    })),
  )
  return began
}
