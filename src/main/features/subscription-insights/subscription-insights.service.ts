import type { Cohort, DeliveryDay, Kpis, ProductForecast } from '../../../contract/subscription-insights'
import { readDelivery } from '../../checkout/delivery'
import { closedReason } from '../../domain/calendar/shop-calendar'
import { holidayName } from '../../domain/calendar/business-days'
import { addDays, businessDate } from '../../domain/calendar/tokyo'
import { monthsUntil } from '../../domain/subscriptions/contract-lives'
import { keeperOf, type InsightsDeps } from './keeper'
import { FORECAST_DAYS, type Insights } from './reckoning'
import { productsNamed } from './subscription-insights.repository'

export const look = (deps: InsightsDeps) => keeperOf(deps.database).look(deps)

function spanOf(deps: InsightsDeps, insights: Insights | null): { from: string; until: string } {
  if (insights) return { from: insights.forecast.from, until: insights.forecast.until }
  const today = businessDate(deps.clock.now())
  return { from: today, until: addDays(today, FORECAST_DAYS - 1) }
}

async function namedProducts({ database }: InsightsDeps) {
  const rows = await productsNamed(database.db)
  return new Map(rows.map((row, order) => [row.id, { ...row, order }]))
}

/** Days of a month with what leaves and arrives on them. */
export async function calendar(deps: InsightsDeps, month: string) {
  const { state, insights } = await look(deps)
  const [{ rules }, products] = await Promise.all([readDelivery(deps.database), namedProducts(deps)])
  const days: DeliveryDay[] = []
  for (let date = `${month}-01`; date.startsWith(month); date = addDays(date, 1)) {
    const found = insights?.forecast.on(date) ?? null
    const goods = [...(found?.goods ?? [])].flatMap(([productId, quantity]) => {
      const product = products.get(productId)
      return product ? [{ productId, code: product.code, name: product.name, quantity }] : []
    })
    days.push({
      date,
      closed: closedReason(rules.calendar, date),
      special: rules.calendar.specialDays.get(date) ?? null,
      holiday: holidayName(date),
      parcels: found && { ship: found.ship, deliver: found.deliver },
      goods: goods.toSorted(
        (one, other) => other.quantity - one.quantity || (one.code < other.code ? -1 : 1),
      ),
    })
  }
  return { state, ...spanOf(deps, insights), days }
}

/** Needs of one product by ship date, in the order of the days. */
interface Needs {
  in30: number
  in60: number
  in90: number
  shortOn: string | null
}

function needsOf({ forecast }: Insights, stocks: ReadonlyMap<string, number | null>): Map<string, Needs> {
  const needs = new Map<string, Needs>()
  const [to30, to60] = [addDays(forecast.from, 29), addDays(forecast.from, 59)]
  for (const [date, { goods }] of forecast.days()) {
    for (const [productId, quantity] of goods) {
      const one = needs.get(productId) ?? { in30: 0, in60: 0, in90: 0, shortOn: null }
      if (date <= to30) one.in30 += quantity
      if (date <= to60) one.in60 += quantity
      one.in90 += quantity
      const stock = stocks.get(productId) ?? null
      if (stock !== null && one.in90 > stock) one.shortOn ??= date
      needs.set(productId, one)
    }
  }
  return needs
}

export async function forecast(deps: InsightsDeps) {
  const { state, insights } = await look(deps)
  const named = await namedProducts(deps)
  const products: ProductForecast[] = []
  let parcels = 0
  if (insights) {
    const stocks = new Map([...named].map(([id, { stock }]) => [id, stock]))
    for (const [productId, needs] of needsOf(insights, stocks)) {
      const product = named.get(productId)
      if (product) {
        products.push({ productId, code: product.code, name: product.name, stock: product.stock, ...needs })
      }
    }
    for (const [, { ship }] of insights.forecast.days()) parcels += ship
  }
  products.sort((one, other) => (one.code < other.code ? -1 : 1))
  return { state, ...spanOf(deps, insights), parcels, products }
}

const ratio = (sum: number, of: number): number | null => (of === 0 ? null : sum / of)

export function kpisOf(insights: Insights, months: number): Kpis {
  const { lives, now, turns, money } = insights
  const running = insights.today.slice(0, 7)
  const perContract = ratio(money.captured - money.refunded, money.contracts)
  return {
    now,
    months: monthsUntil(running, months).map((month) => {
      const figures = lives.month(month)
      return { ...figures, reasons: [...figures.reasons] }
    }),
    turns: {
      average: ratio(turns.all, turns.contracts),
      cancelled: ratio(turns.cancelled, turns.cancelledContracts),
    },
    ltv: { ...money, average: perContract === null ? null : Math.round(perContract) },
  }
}

export function cohortsOf({ lives, today }: Insights, months: number): Cohort[] {
  const running = today.slice(0, 7)
  return lives.cohorts(monthsUntil(running, months), running).map((one) => ({ ...one, left: [...one.left] }))
}

export async function kpis(deps: InsightsDeps, months: number) {
  const { state, insights } = await look(deps)
  return { state, kpis: insights && kpisOf(insights, months) }
}

export async function retention(deps: InsightsDeps, months: number) {
  const { state, insights } = await look(deps)
  return { state, cohorts: insights ? cohortsOf(insights, months) : [] }
}
