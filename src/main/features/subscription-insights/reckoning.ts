import { setImmediate as nextTurnOfLoop } from 'node:timers/promises'
import type { DeskDatabase } from '../../db/open-database'
import { readDelivery } from '../../checkout/delivery'
import { statusOn } from '../../checkout/subscription-plan'
import { remoteAreaOf, type DeliveryRules } from '../../domain/calendar/delivery'
import { closedReason } from '../../domain/calendar/shop-calendar'
import { addDays } from '../../domain/calendar/tokyo'
import { ContractLives } from '../../domain/subscriptions/contract-lives'
import { comingDeliveries } from '../../domain/subscriptions/contract-turns'
import type { Shipping } from '../../domain/subscriptions/cycle-plan'
import { DeliveryForecast, type ForecastItem } from '../../domain/subscriptions/delivery-forecast'
import { byContract, delivers, forecastOf, hasBegun, lifeOf } from './contract-rows'
import * as rows from './subscription-insights.repository'

/** The forecast reaches so many days ahead, today included. */
export const FORECAST_DAYS = 90
/** Contracts read at once: their rows are taken in within a few milliseconds. */
const PAGE = 100
/** After so many milliseconds other calls get their turn. */
const SLICE_MS = 4

/** Everything that the screens show, reckoned in one pass over the contracts. */
export interface Insights {
  readonly today: string
  readonly forecast: DeliveryForecast
  readonly lives: ContractLives
  readonly now: { active: number; paused: number; paymentStopped: number; ended: number }
  readonly turns: { all: number; contracts: number; cancelled: number; cancelledContracts: number }
  readonly money: { contracts: number; captured: number; refunded: number }
}

/** Where a ship date goes that falls on a closed day, as 設定 > 定期 says. */
export type ClosedDayWay = Shipping['prefer']

export interface ReckoningDeps {
  readonly database: DeskDatabase
  readonly today: string
  readonly prefer: ClosedDayWay
  /** Milliseconds that pass: how long a slice took. */
  readonly ticks: () => number
  readonly progress: (done: number) => void
}

/** Days on the road when the prefecture is not one of the table. */
const USUAL_ROAD_DAYS = 1

/** How the shop ships to an address; what the calendar says of a day is looked up once. */
function shippingTable(delivery: DeliveryRules, prefer: ClosedDayWay) {
  const open = new Map<string, boolean>()
  const isOpen = (date: string): boolean => {
    const known = open.get(date)
    if (known !== undefined) return known
    const found = closedReason(delivery.calendar, date) === null
    open.set(date, found)
    return found
  }
  return (prefecture: string, postalCode: string): Shipping => ({
    isOpen,
    prefer,
    leadDays:
      (delivery.leadDays.get(prefecture) ?? USUAL_ROAD_DAYS) +
      (remoteAreaOf(delivery.remoteAreas, postalCode.replace(/\D/g, ''))?.days ?? 0),
    // A forecast asks for no deadlines.
    generateDaysBefore: 0,
    changeDaysBefore: 0,
  })
}

function emptyInsights(today: string): Insights {
  return {
    today,
    forecast: new DeliveryForecast(today, addDays(today, FORECAST_DAYS - 1)),
    lives: new ContractLives(),
    now: { active: 0, paused: 0, paymentStopped: 0, ended: 0 },
    turns: { all: 0, contracts: 0, cancelled: 0, cancelledContracts: 0 },
    money: { contracts: 0, captured: 0, refunded: 0 },
  }
}

const STANDS = {
  active: 'active',
  paused: 'paused',
  'payment-stopped': 'paymentStopped',
  cancelled: 'ended',
  finished: 'ended',
} as const

function count(insights: Insights, row: rows.ContractRow): void {
  // As the list says it: a pause that lasts is 停止, whatever ends it.
  const status = statusOn(row, insights.today)
  if (status === 'pending') return
  insights.now[STANDS[status]] += 1
  insights.lives.add(lifeOf(row))
  const turns = row.next_turn - 1
  insights.turns.all += turns
  insights.turns.contracts += 1
  if (row.status === 'cancelled') {
    insights.turns.cancelled += turns
    insights.turns.cancelledContracts += 1
  }
  if (row.payment_method === 'card') insights.money.contracts += 1
}

/** Parcels that are ordered already: what was ordered leaves, whatever the contract says since. */
function addOrdered({ forecast }: Insights, lines: Awaited<ReturnType<typeof rows.orderedTurns>>): void {
  let items: ForecastItem[] = []
  for (const [at, line] of lines.entries()) {
    if (line.product_id !== null && line.quantity !== null) {
      items.push({ productId: line.product_id, quantity: line.quantity })
    }
    if (lines[at + 1]?.id === line.id) continue
    forecast.add({ shipOn: line.ship_on, deliverOn: line.deliver_on, items })
    items = []
  }
}

/** Goes through all contracts, a page and a slice at a time. Throws NoOpenDay when the shop never ships. */
export async function reckon(deps: ReckoningDeps): Promise<Insights> {
  const { database, today, ticks, progress } = deps
  const { db } = database
  const { rules } = await readDelivery(database)
  const shippingTo = shippingTable(rules, deps.prefer)
  const insights = emptyInsights(today)
  const { until } = insights.forecast
  let done = 0
  for (let after = ''; ;) {
    const page = await rows.contractPage(db, after, PAGE)
    const last = page.at(-1)?.id
    if (last === undefined) return insights
    const range = { after, last }
    const [items, changes, ordered, money] = [
      byContract(await rows.itemsOf(db, range)),
      byContract(await rows.changesOf(db, range)),
      await rows.orderedTurns(db, range, today),
      await rows.moneyOf(db, range),
    ]
    insights.money.captured += money.captured
    insights.money.refunded += money.refunded
    addOrdered(insights, ordered)
    let began = ticks()
    for (const row of page) {
      if (hasBegun(row)) count(insights, row)
      if (delivers(row)) {
        const contract = forecastOf(row, items.get(row.id) ?? [], changes.get(row.id) ?? [])
        const shipping = shippingTo(row.ship_prefecture, row.ship_postal_code)
        for (const one of comingDeliveries(contract, shipping, { today, until })) insights.forecast.add(one)
      }
      if (ticks() - began < SLICE_MS) continue
      await nextTurnOfLoop()
      began = ticks()
    }
    done += page.length
    progress(done)
    after = last
    await nextTurnOfLoop()
  }
}
