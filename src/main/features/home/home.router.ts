import { implement } from '@orpc/server'
import { home } from '../../../contract/home'
import { yen } from '../../../contract/values'
import type { CheckoutDeps } from '../../checkout/deps'
import { unfinishedCheckouts } from '../../checkout/unfinished'
import { addDays, businessDate } from '../../domain/calendar/tokyo'
import type { CallContext } from '../../platform/call-context'
import { salesByDay } from './home.repository'

const os = implement(home).$context<CallContext>()

/** Days of the chart on ホーム, today included. */
const DAYS = 14

export function homeRouter(deps: () => CheckoutDeps) {
  return os.router({
    summary: os.summary.handler(async () => {
      const today = businessDate(deps().clock.now())
      const [sales, unfinished] = await Promise.all([
        salesByDay(deps().database.db, addDays(today, 1 - DAYS), today),
        unfinishedCheckouts(deps()),
      ])
      const byDay = Array.from({ length: DAYS }, (_, index) => {
        const date = addDays(today, index + 1 - DAYS)
        const day = sales.get(date)
        return { date, orders: day?.orders ?? 0, total: yen(day?.total ?? 0) }
      })
      const last = byDay.at(-1) ?? { date: today, orders: 0, total: yen(0) }
      return { today: last, byDay, unfinished }
    }),
  })
}
