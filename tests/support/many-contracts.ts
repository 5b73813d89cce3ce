import type { Insertable } from 'kysely'
import type { Database } from '../../src/main/db/database.types'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { newId } from '../../src/main/platform/ids'
import { randomFrom } from './random'
import {
  contractRow,
  dateOf,
  dayOf,
  insertContracts,
  insertItems,
  insertMany,
  turnOf,
  type ContractRow,
  type Owners,
} from './subscription-rows'

const REASONS = ['price', 'stock-left', 'effect', 'not-liked', 'moved', 'payment', 'other'] as const
const DAY = 86_400_000

/** One of these, by its share of a hundred. */
const STATES = [
  ['active', 82],
  ['paused', 4],
  ['payment-stopped', 2],
  ['cancelled', 11],
  ['finished', 1],
] as const

function stateAt(hundredth: number): (typeof STATES)[number][0] {
  let sum = 0
  for (const [state, share] of STATES) {
    sum += share
    if (hundredth < sum) return state
  }
  return 'active'
}

/** Customers like the first one of the shop; the answer are their ids. */
export async function manyCustomers(database: DeskDatabase, count: number): Promise<string[]> {
  const sample = await database.db.selectFrom('customer').selectAll().limit(1).executeTakeFirstOrThrow()
  const rows = Array.from({ length: count }, (_, at) => ({
    ...sample,
    id: newId(),
    number: 5_000_000 + at,
    family_name: `定期${at % 500}`,
    phone: `0901${String(at).padStart(7, '0')}`,
    email: null,
  }))
  await insertMany(database, 'customer', rows)
  return rows.map(({ id }) => id)
}

/** A shop that has grown for three years: most contracts go on, some are declined, few products are rare. */
export async function manyContracts(
  database: DeskDatabase,
  owner: Owners,
  wish: { readonly count: number; readonly today: string; readonly seed: number },
): Promise<void> {
  const { count, today } = wish
  const random = randomFrom(wish.seed)
  const customers = await manyCustomers(database, Math.max(1, Math.round(count / 2)))
  const contracts: ContractRow[] = []
  const items: Insertable<Database['subscription_item']>[] = []
  const cycles: Insertable<Database['subscription_cycle']>[] = []
  const products = owner.products.map(({ id }) => id)
  for (let at = 0; at < count; at++) {
    const status = stateAt(random.int(100))
    const started = dayOf(today) - random.int(1_095)
    const ahead = 2 + random.int(58)
    const turn = 1 + Math.floor((dayOf(today) - started) / (30 * (1 + random.int(2))))
    const goesOn = status === 'active'
    const row = contractRow(owner, {
      number: 1_000_000 + at,
      status,
      customer_id: customers[random.int(customers.length)] ?? owner.customerId,
      rule: JSON.stringify({ kind: 'days', every: 30 }),
      anchor: dateOf(dayOf(today) + ahead - 30 * (turn - 1)),
      next_index: turn - 1,
      next_turn: turn,
      next_ship_on: goesOn ? dateOf(dayOf(today) + ahead - 1) : null,
      next_deliver_on: goesOn ? dateOf(dayOf(today) + ahead) : null,
      next_generate_on: goesOn ? dateOf(dayOf(today) + ahead - 4) : null,
      change_until: goesOn ? dateOf(dayOf(today) + ahead - 6) : null,
      pause_from: goesOn && random.once(60) ? dateOf(dayOf(today) - 3) : null,
      pause_until: goesOn ? dateOf(dayOf(today) + 20) : null,
      started_on: dateOf(started),
      cancelled_at: status === 'cancelled' ? dayOf(today) * DAY - random.int(300) * DAY : null,
      cancel_reason: status === 'cancelled' ? random.pick(REASONS) : null,
      created_at: started * DAY + random.int(DAY),
      updated_at: started * DAY,
    })
    contracts.push(row)
    // Every other contract is of the first product; one in two thousand of the last.
    const rare = random.once(2_000)
    const product = products[rare ? products.length - 1 : random.once(2) ? 0 : 1 + random.int(2)] ?? ''
    items.push({
      subscription_id: row.id,
      set_no: 0,
      position: 0,
      product_id: product,
      quantity: 1 + random.int(2),
      unit_price: null,
    })
    if (!goesOn || !random.once(60)) continue
    const declined = { status: 'auth-failed' as const, tries: 1 + random.int(5) }
    cycles.push({
      ...turnOf(row.id, turn - 2, null),
      turn: turn - 1 > 0 ? turn - 1 : null,
      ...declined,
      attention: random.once(3) ? 'card-refused' : null,
    })
  }
  await insertContracts(database, contracts)
  await insertItems(database, items)
  await insertMany(database, 'subscription_cycle', cycles)
}
