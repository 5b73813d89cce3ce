import type { CycleRule } from '../../../src/contract/cycle-rule'
import type { CheckoutDeps } from '../../../src/main/checkout/deps'
import { loadShipping, nextPlanColumns } from '../../../src/main/checkout/subscription-plan'
import { readChargeSettings, saveCharges } from '../../../src/main/features/charges/charges.service'
import {
  readSubscriptionSettings,
  saveSubscriptionSettings,
} from '../../../src/main/features/subscriptions/subscription-settings.service'
import type { PaymentService } from '../../../src/main/gateways/payment-service.port'
import { newId } from '../../../src/main/platform/ids'
import { tokenFor } from '../acquirer'
import { manyCustomers } from '../many-contracts'
import type { Random } from '../random'
import {
  contractRow,
  dateOf,
  dayOf,
  insertContracts,
  insertItems,
  insertMany,
  walkRule,
  type Owners,
} from '../subscription-rows'
import { PREFECTURES, SHOP, writeCalendar } from './calendar'
import type { Planted, YearItem } from './books'

/** A good card, one that is declined every time, and one that is refused for good. */
export interface Tokens {
  readonly good: string
  readonly soft: string
  readonly hard: string
}

export async function yearTokens(service: PaymentService): Promise<Tokens> {
  return {
    good: await tokenFor(service),
    soft: await tokenFor(service, { pan: '4000000000006975' }),
    hard: await tokenFor(service, { pan: '4000000000009987' }),
  }
}

/** Calendar, charges and settings of the year; sample contracts are taken away, goods do not run out. */
export async function openShop(deps: CheckoutDeps, by: string): Promise<void> {
  const { database, clock } = deps
  const { db } = database
  for (const table of [
    'subscription_event',
    'subscription_cycle',
    'subscription_turn_change',
    'subscription_price_step',
    'subscription_item',
    'subscription',
  ] as const)
    await db.deleteFrom(table).execute()
  await writeCalendar(database)
  await db
    .updateTable('product')
    .set({
      stock: null,
      active: 1,
      sale_from: null,
      sale_to: null,
      price_kind: 'gross',
      temperature: 'normal',
    })
    .execute()
  const charges = await readChargeSettings(db)
  const byPrefecture = PREFECTURES.map((prefecture) => ({
    prefecture,
    fee: SHOP.shippingOf(prefecture),
    neverFree: false,
  }))
  await saveCharges(db, {
    values: {
      ...charges.value,
      byPrefecture,
      freeShippingFrom: SHOP.freeFrom,
      freeShippingPer: 'order',
      codFee: SHOP.codFee,
      priceKind: 'gross',
    },
    version: charges.version,
    by,
    now: clock.now(),
  })
  await settle(deps, by, {
    generateDaysBefore: SHOP.generateDaysBefore,
    changeDaysBefore: SHOP.generateDaysBefore + 2,
    retryDays: [...SHOP.retryDays],
    skipsInRow: 2,
  })
}

type Settings = Awaited<ReturnType<typeof readSubscriptionSettings>>['value']

/** Changes 設定 > 定期. */
export async function settle(deps: CheckoutDeps, by: string, change: Partial<Settings>): Promise<void> {
  const { db } = deps.database
  const { value, version } = await readSubscriptionSettings(db)
  await saveSubscriptionSettings(db, {
    settings: { ...value, ...change },
    version,
    by,
    now: deps.clock.now(),
  })
}

const drawRule = (random: Random): CycleRule => {
  switch (random.int(5)) {
    case 0:
      return { kind: 'days', every: 14 + random.int(50) }
    case 1:
      return { kind: 'weeks', every: 2 + random.int(6), weekday: 1 + random.int(7) }
    case 2:
      return {
        kind: 'month-weekday',
        every: 1 + random.int(2),
        nth: 1 + random.int(5),
        weekday: 1 + random.int(7),
        missing: random.once(2) ? 'last' : 'pass-over',
      }
    default:
      return { kind: 'months', every: 1 + random.int(2), day: random.once(5) ? 'last' : 1 + random.int(31) }
  }
}

export const drawItems = (random: Random, products: readonly { readonly id: string }[]): YearItem[] => {
  const first = random.int(products.length)
  return Array.from({ length: 1 + random.int(2) }, (_, at) => ({
    productId: products[(first + at) % products.length]?.id ?? '',
    quantity: 1 + random.int(3),
    unitPrice: 900 + random.int(20) * 100,
  }))
}

/** The first date of a rule on or after a day, by walking. */
function firstDate(rule: CycleRule, from: string): string {
  for (let day = dayOf(from); ; day++) if (walkRule(rule, dateOf(day), dateOf(day)).get(0)) return dateOf(day)
}

function draw(random: Random, products: Owners['products'], today: string): Planted {
  const rule = drawRule(random)
  const itemMode = random.pick(['fixed', 'fixed', 'alternating', 'course'] as const)
  const sets = itemMode === 'fixed' ? 1 : 2 + random.int(2)
  return {
    id: newId(),
    rule,
    anchor: firstDate(rule, dateOf(dayOf(today) + 16 + random.int(45))),
    prefecture: random.pick(PREFECTURES),
    method: random.once(8) ? 'cod' : 'card',
    itemMode,
    sets: Array.from({ length: sets }, () => drawItems(random, products)),
    step: random.once(3) ? { toTurn: 1 + random.int(3), percent: 10 * (1 + random.int(5)) } : null,
    lastTurn: random.once(10) ? 4 + random.int(6) : null,
  }
}

/** YYMM; every fifth card is over within the year. */
const drawExpiry = (random: Random): string =>
  random.once(5) ? `27${String(1 + random.int(12)).padStart(2, '0')}` : '3012'

export const cardRow = (customerId: string, service: string, token: string, expiry: string, now: number) => ({
  id: newId(),
  customer_id: customerId,
  checkout_id: null,
  service,
  token,
  brand: 'VISA',
  masked: '411111******1111',
  last3: '111',
  expiry_yymm: expiry,
  on_file: 1,
  keypad_serial: null,
  created_at: now,
  removed_at: null,
  version: 1,
})

/** Writes contracts with a customer and, where it pays, a card each. */
export async function plantYear(
  deps: CheckoutDeps,
  owner: Owners,
  wish: { readonly count: number; readonly random: Random; readonly tokens: Tokens; readonly today: string },
): Promise<readonly Planted[]> {
  const { count, random, tokens, today } = wish
  const { database, clock } = deps
  const planted = Array.from({ length: count }, () => draw(random, owner.products, today))
  const customers = await manyCustomers(database, count)
  const choice = await deps.activeService()
  if (!choice.ready) throw new Error('no service')
  const tokenOf = () => (random.once(30) ? tokens.soft : random.once(60) ? tokens.hard : tokens.good)
  const { id: service } = choice.active.service
  const cards = customers.map((id) => cardRow(id, service, tokenOf(), drawExpiry(random), clock.now()))
  await insertMany(database, 'card', cards)
  const loaded = await loadShipping(deps)
  const rows = planted.map((one, at) => {
    const row = contractRow(owner, {
      id: one.id,
      number: 800_000 + at,
      customer_id: customers[at] ?? '',
      rule: JSON.stringify(one.rule),
      anchor: one.anchor,
      item_mode: one.itemMode,
      last_turn: one.lastTurn,
      payment_method: one.method,
      card_id: one.method === 'card' ? (cards[at]?.id ?? null) : null,
      first_transaction_id: one.method === 'card' ? `txn_first_${at}` : null,
      ship_prefecture: one.prefecture,
      started_on: today,
      created_at: clock.now(),
      updated_at: clock.now(),
    })
    const plan = { last_turn: null, pause_from: null, pause_until: null, last_shipped_on: null }
    const known = { ...plan, status: 'active' as const, next_index: 0, next_turn: 1 }
    return { ...row, ...nextPlanColumns(loaded, { ...row, ...known }, [], today) }
  })
  await insertContracts(database, rows)
  await insertItems(
    database,
    planted.flatMap(({ id, sets }) =>
      sets.flatMap((set, set_no) =>
        set.map(({ productId, quantity, unitPrice }, position) => ({
          subscription_id: id,
          set_no,
          position,
          product_id: productId,
          quantity,
          unit_price: unitPrice,
        })),
      ),
    ),
  )
  const steps = planted.flatMap(({ id, step }) =>
    step === null
      ? []
      : [
          {
            subscription_id: id,
            position: 0,
            from_turn: 1,
            to_turn: step.toTurn,
            kind: 'percent-off' as const,
            value: step.percent,
            label: '初回割引',
          },
        ],
  )
  await insertMany(database, 'subscription_price_step', steps)
  return planted
}
