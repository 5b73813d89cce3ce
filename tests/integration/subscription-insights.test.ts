import { afterEach, beforeEach, expect, it } from 'vitest'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openInsights, type InsightsWorld } from '../support/insights-world'
import { drawMany, TODAY, UNTIL, walk, type Drawn } from '../support/subscription-draws'
import { dateOf } from '../support/subscription-rows'

const RUNNING = '2026-11'

const monthEnd = (month: string): string =>
  dateOf(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0) / 86_400_000)
const lived = ({ row }: Drawn) => row.status !== 'pending'
const endOf = ({ row }: Drawn): string | null =>
  row.status === 'cancelled' || row.status === 'finished'
    ? dateOf(Math.floor((row.updated_at + 9 * 3_600_000) / 86_400_000))
    : null

forEachDatabase('subscription insights', (openPlace) => {
  let place: DatabasePlace
  let world: InsightsWorld
  beforeEach(async () => {
    place = await openPlace()
    world = await openInsights(place.config)
  })
  afterEach(async () => {
    await world.close()
    await place.drop()
  })

  it('parcels and goods by day are what walking the calendar of each contract gives', async () => {
    const drawn = await drawMany(world, 20_261_128, 600)
    const leads = new Map(
      (await world.database.db.selectFrom('lead_time').selectAll().execute()).map((row) => [
        row.prefecture,
        row.days,
      ]),
    )
    const ship = new Map<string, number>()
    const deliver = new Map<string, number>()
    const goods = new Map<string, number>()
    for (const one of drawn) {
      for (const { shipOn, deliverOn, items } of walk(one, leads.get(one.row.ship_prefecture) ?? 1)) {
        ship.set(shipOn, (ship.get(shipOn) ?? 0) + 1)
        deliver.set(deliverOn, (deliver.get(deliverOn) ?? 0) + 1)
        for (const { productId, quantity } of items) {
          const key = `${shipOn} ${productId}`
          goods.set(key, (goods.get(key) ?? 0) + quantity)
        }
      }
    }
    await world.reckoned()
    let compared = 0
    for (const month of ['2026-12', '2027-01', '2027-02']) {
      const { days, state } = await world.ask.calendar({ month })
      expect(state).toMatchObject({ running: false, failed: false, reckonedAt: world.clock.now() })
      for (const day of days.filter(({ date }) => date <= UNTIL)) {
        expect({ date: day.date, ...day.parcels }).toEqual({
          date: day.date,
          ship: ship.get(day.date) ?? 0,
          deliver: deliver.get(day.date) ?? 0,
        })
        const mine = [...goods].filter(([key]) => key.startsWith(day.date))
        expect(
          new Map(day.goods.map(({ productId, quantity }) => [`${day.date} ${productId}`, quantity])),
        ).toEqual(new Map(mine))
        compared += day.parcels?.ship ?? 0
      }
    }
    expect(compared).toBeGreaterThan(500)
    const forecast = await world.ask.forecast()
    const whole = [...goods].reduce((sum, [, quantity]) => sum + quantity, 0)
    expect(forecast).toMatchObject({ from: TODAY, until: UNTIL })
    expect(forecast.products.reduce((sum, { in90 }) => sum + in90, 0)).toBe(whole)
    expect(forecast.parcels).toBe([...ship.values()].reduce((sum, one) => sum + one, 0))
    for (const product of forecast.products) {
      const until = (date: string) =>
        [...goods].reduce(
          (sum, [key, quantity]) =>
            key.endsWith(product.productId) && key.slice(0, 10) <= date ? sum + quantity : sum,
          0,
        )
      expect([product.in30, product.in60, product.in90]).toEqual([
        until('2026-12-27'),
        until('2027-01-26'),
        until(UNTIL),
      ])
    }
    expect(await world.ask.forecastCsv()).toEqual({ saved: true, rows: goods.size })
    const lines = (world.saved.get(`定期の出荷予測_${TODAY}.csv`) ?? '').trim().split('\r\n').slice(1)
    expect(lines.reduce((sum, line) => sum + Number(line.split(',').at(-1)), 0)).toBe(whole)
  })

  it('KPIs and retention are what counting contract by contract gives', async () => {
    const drawn = (await drawMany(world, 77, 800)).filter(lived)
    await world.reckoned()
    const { kpis } = await world.ask.kpis({ months: 13 })
    expect(kpis?.months.map(({ month }) => month).at(-1)).toBe(RUNNING)
    for (const shown of kpis?.months ?? []) {
      const [first, last] = [`${shown.month}-01`, monthEnd(shown.month)]
      const within = (date: string | null) => date !== null && date >= first && date <= last
      const atStart = drawn.filter((one) => {
        const end = endOf(one)
        return one.row.started_on < first && (end === null || end >= first)
      }).length
      const cancelled = drawn.filter((one) => one.row.status === 'cancelled' && within(endOf(one)))
      const reasons = new Map<string, number>()
      for (const { row } of cancelled) {
        const reason = row.cancel_reason ?? 'none'
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      }
      expect(shown).toMatchObject({
        atStart,
        started: drawn.filter(({ row }) => within(row.started_on)).length,
        cancelled: cancelled.length,
        finished: drawn.filter((one) => one.row.status === 'finished' && within(endOf(one))).length,
        churn: atStart === 0 ? null : cancelled.length / atStart,
      })
      expect(new Map(shown.reasons.map(({ reason, count }) => [reason, count]))).toEqual(reasons)
    }
    const turns = drawn.reduce((sum, { row }) => sum + row.next_turn - 1, 0)
    expect(kpis?.turns.average).toBeCloseTo(turns / drawn.length, 10)
    expect(kpis?.now.active).toBe(drawn.filter(({ row }) => row.status === 'active').length)
    const { cohorts } = await world.ask.retention({ months: 13 })
    expect(cohorts.length).toBeGreaterThan(10)
    for (const { month, started, left } of cohorts) {
      const mine = drawn.filter(({ row }) => row.started_on.startsWith(month))
      expect(started).toBe(mine.length)
      for (const [step, still] of left.entries()) {
        const at = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + step, 1))
        const end = monthEnd(at.toISOString().slice(0, 7))
        expect(end < TODAY).toBe(true)
        expect(still).toBe(mine.filter((one) => (endOf(one) ?? '9999') > end).length)
      }
    }
    expect((await world.ask.retentionCsv({ months: 13 })).rows).toBe(cohorts.length)
    expect((await world.ask.kpisCsv({ months: 13 })).rows).toBe(13)
  })
})
