import { z } from 'zod'
import { CalendarDay } from './delivery'
import { procedure } from './procedure'
import { Id, Instant, PlainDate } from './values'

/** A month of business, `YYYY-MM`, within what a shop can ever ask for. */
export const Month = z.string().regex(/^(20[0-9]\d)-(0[1-9]|1[0-2])$/)
export type Month = z.infer<typeof Month>

/** How far the figures are reckoned; they are kept until a contract, a turn or the calendar changes. */
export const InsightState = z.object({
  /** Contracts that were gone through, and all of them. */
  done: z.int().min(0),
  total: z.int().min(0),
  /** Being reckoned now; what is shown meanwhile is what stood before. */
  running: z.boolean(),
  /** The last reckoning broke off. */
  failed: z.boolean(),
  /** When the figures that are shown were reckoned; null while there are none. */
  reckonedAt: Instant.nullable(),
})
export type InsightState = z.infer<typeof InsightState>

const DayParcels = z.object({ ship: z.int().min(0), deliver: z.int().min(0) })

export const DeliveryDay = CalendarDay.extend({
  /** Parcels that leave or arrive; null: outside of the forecast. */
  parcels: DayParcels.nullable(),
  /** What leaves on this day. */
  goods: z.array(z.object({ productId: Id, code: z.string(), name: z.string(), quantity: z.int() })),
})
export type DeliveryDay = z.infer<typeof DeliveryDay>

export const ProductForecast = z.object({
  productId: Id,
  code: z.string(),
  name: z.string(),
  /** In stock as the product master says; null: not counted. */
  stock: z.int().nullable(),
  /** Needed in the first 30, 60 and 90 days, each from today on. */
  in30: z.int(),
  in60: z.int(),
  in90: z.int(),
  /** The day on which the stock is used up by the deliveries; null: it lasts. */
  shortOn: PlainDate.nullable(),
})
export type ProductForecast = z.infer<typeof ProductForecast>

/** A month of contracts. */
export const MonthKpi = z.object({
  month: Month,
  /** Going on when the month began. */
  atStart: z.int(),
  started: z.int(),
  cancelled: z.int(),
  /** Ended with their last turn. */
  finished: z.int(),
  atEnd: z.int(),
  /** Cancelled ÷ going on at the start; null when nothing went on. */
  churn: z.number().min(0).nullable(),
  /** Cancelled by reason, the most frequent first. */
  reasons: z.array(z.object({ reason: z.string(), count: z.int() })),
})
export type MonthKpi = z.infer<typeof MonthKpi>

export const Kpis = z.object({
  /** Contracts by what they do today. */
  now: z.object({ active: z.int(), paused: z.int(), paymentStopped: z.int(), ended: z.int() }),
  /** The oldest first; the last one is running. */
  months: z.array(MonthKpi),
  turns: z.object({
    /** Turns of all contracts ÷ contracts; null without contracts. */
    average: z.number().nullable(),
    /** The same of those that were cancelled. */
    cancelled: z.number().nullable(),
  }),
  ltv: z.object({
    /** Contracts paid by card. */
    contracts: z.int(),
    captured: z.int(),
    refunded: z.int(),
    /** Whole yen, rounded; null without contracts. */
    average: z.int().nullable(),
  }),
})
export type Kpis = z.infer<typeof Kpis>

/** Contracts that began in one month, and how many of them went on at the end of each month since. */
export const Cohort = z.object({ month: Month, started: z.int().min(1), left: z.array(z.int()) })
export type Cohort = z.infer<typeof Cohort>

const known = z.object({ state: InsightState })
const months = z.object({ months: z.int().min(1).max(36).default(13) })
const file = z.object({ saved: z.boolean(), rows: z.int() })
const notYet = {
  NOT_READY: { message: '集計がまだ終わっていません。終わってから、もう一度お試しください。' },
} as const

/** 定期の見通し・指標 */
export const subscriptionInsights = {
  /** Parcels and goods by day of a month. Starts the reckoning when something has changed. */
  calendar: procedure('subscription.read')
    .input(z.object({ month: Month }))
    .output(known.extend({ from: PlainDate, until: PlainDate, days: z.array(DeliveryDay) })),
  /** What the coming 90 days need, by product. */
  forecast: procedure('subscription.read').output(
    known.extend({ from: PlainDate, until: PlainDate, parcels: z.int(), products: z.array(ProductForecast) }),
  ),
  kpis: procedure('subscription.read')
    .input(months)
    .output(known.extend({ kpis: Kpis.nullable() })),
  /** Continuation by the month in which contracts began. */
  retention: procedure('subscription.read')
    .input(months)
    .output(known.extend({ cohorts: z.array(Cohort) })),
  /** By ship date and product. */
  forecastCsv: procedure('subscription.read').output(file).errors(notYet),
  kpisCsv: procedure('subscription.read').input(months).output(file).errors(notYet),
  retentionCsv: procedure('subscription.read').input(months).output(file).errors(notYet),
}
