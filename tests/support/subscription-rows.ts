import type { Insertable } from 'kysely'
import type { CycleRule } from '../../src/contract/cycle-rule'
import { bulkInsert } from '../../src/main/db/bulk-insert'
import type { Database } from '../../src/main/db/database.types'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { newId } from '../../src/main/platform/ids'
import type { SampleAdmin } from './seeded'

export type ContractRow = Insertable<Database['subscription']>

/** Ids that rows of contracts refer to. */
export async function owners(database: DeskDatabase, admin: SampleAdmin) {
  const customer = await database.db.selectFrom('customer').select('id').limit(1).executeTakeFirstOrThrow()
  const products = await database.db
    .selectFrom('product')
    .select(['id', 'code', 'name'])
    .orderBy('code')
    .limit(5)
    .execute()
  return { customerId: customer.id, operatorId: admin.id, shopId: admin.shop.id, products }
}

export type Owners = Awaited<ReturnType<typeof owners>>

/** A contract with everything that is not given made up. */
export function contractRow(
  { customerId, operatorId, shopId }: Owners,
  contract: Partial<ContractRow> & { number: number; rule: string; anchor: string },
): ContractRow {
  return {
    id: newId(),
    status: 'active',
    shop_id: shopId,
    operator_id: operatorId,
    customer_id: customerId,
    checkout_id: null,
    item_mode: 'fixed',
    min_turns: 0,
    last_turn: null,
    payment_method: 'card',
    card_id: null,
    first_transaction_id: null,
    ship_name: '鈴木 一郎',
    ship_phone: '0312345678',
    ship_postal_code: '1000001',
    ship_prefecture: '東京都',
    ship_city: '千代田区',
    ship_address: '千代田1-1',
    ship_building: null,
    slot_code: null,
    gift: '{}',
    channel: 'phone',
    offer_code: null,
    note: null,
    read_sentences: '[]',
    read_at: null,
    read_by: null,
    consent: '{}',
    next_index: 0,
    next_turn: 1,
    last_shipped_on: null,
    next_ship_on: null,
    next_deliver_on: null,
    next_generate_on: null,
    change_until: null,
    pause_from: null,
    pause_until: null,
    started_on: contract.anchor,
    cancelled_at: null,
    cancel_reason: null,
    cancel_note: null,
    created_at: 0,
    updated_at: 0,
    version: 1,
    ...contract,
  }
}

const CHUNK = 2_000

/** Writes rows that all have the same columns, many at once: a column is a number where any of its values is one. */
export async function insertMany<T extends keyof Database & string>(
  database: DeskDatabase,
  table: T,
  rows: readonly Insertable<Database[T]>[],
): Promise<void> {
  const [first] = rows
  if (!first) return
  const plain: readonly Readonly<Record<string, unknown>>[] = rows.map((row) => ({ ...row }))
  const names = Object.keys(first)
  const columns = names.map((name) => ({
    name,
    type: plain.some((row) => typeof row[name] === 'number') ? ('bigint' as const) : ('text' as const),
  }))
  const written = columns.filter(({ name }) => plain.some((row) => row[name] !== null))
  for (let at = 0; at < rows.length; at += CHUNK) {
    const values = plain.slice(at, at + CHUNK).map((row) => written.map(({ name }) => row[name] ?? null))
    await database.batch([bulkInsert(database, table, written, JSON.stringify(values))])
  }
}

/** Writes contracts, many at once. */
export const insertContracts = (database: DeskDatabase, rows: readonly ContractRow[]): Promise<void> =>
  insertMany(database, 'subscription', rows)

export const insertItems = (
  database: DeskDatabase,
  items: readonly Insertable<Database['subscription_item']>[],
): Promise<void> => insertMany(database, 'subscription_item', items)

/** Nothing is closed: ship dates are delivery dates less the road. */
export async function openEveryDay(database: DeskDatabase): Promise<void> {
  await database.db.deleteFrom('closed_weekday').execute()
  await database.db.deleteFrom('special_day').execute()
  await database.db.updateTable('delivery_rule').set({ closed_on_holidays: 0 }).execute()
}

const DAY = 86_400_000
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

/** Dates of a rule by their index, found by walking the calendar day by day: slow, and nobody's cousin. */
export function walkRule(rule: CycleRule, anchor: string, until: string): Map<number, string> {
  const found = new Map<number, string>()
  const first = new Date(`${anchor}T00:00:00Z`)
  for (let day = dayOf(anchor); day <= dayOf(until); day++) {
    const date = new Date(day * DAY)
    const weekday = date.getUTCDay() === 0 ? 7 : date.getUTCDay()
    const ofMonth = date.getUTCDate()
    const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
    const passed = day - dayOf(anchor)
    const months =
      (date.getUTCFullYear() - first.getUTCFullYear()) * 12 + date.getUTCMonth() - first.getUTCMonth()
    if (rule.kind === 'days') {
      if (passed % rule.every === 0) found.set(passed / rule.every, dateOf(day))
    } else if (rule.kind === 'weeks') {
      if (weekday === rule.weekday && Math.floor(passed / 7) % rule.every === 0) {
        found.set(Math.floor(passed / 7) / rule.every, dateOf(day))
      }
    } else if (months % rule.every === 0) {
      const hit =
        rule.kind === 'months'
          ? ofMonth === (rule.day === 'last' ? lastDay : Math.min(rule.day, lastDay))
          : weekday === rule.weekday &&
            (Math.ceil(ofMonth / 7) === rule.nth ||
              (rule.nth === 5 &&
                rule.missing === 'last' &&
                ofMonth + 7 > lastDay &&
                Math.ceil(ofMonth / 7) === 4))
      if (hit) found.set(months / rule.every, dateOf(day))
    }
  }
  return found
}

/** A turn that was shipped. */
export const turnOf = (subscription_id: string, rule_index: number, checkout_id: string | null) => ({
  id: newId(),
  subscription_id,
  rule_index,
  turn: rule_index + 1,
  status: 'shipped' as const,
  rule_date: '2026-10-10',
  ship_on: '2026-10-09',
  deliver_on: '2026-10-10',
  order_id: null,
  checkout_id,
  amount: 1,
  tries: 0,
  next_retry_on: null,
  last_code: null,
  last_raw_code: null,
  attention: null,
  called_at: null,
  run_id: null,
  created_at: 0,
  updated_at: 0,
  version: 1,
})
