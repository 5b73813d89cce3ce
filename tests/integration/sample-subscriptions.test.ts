import { expect, test } from 'vitest'
import { fillWithSamples } from '../../src/main/composition/sample'
import { openDatabase } from '../../src/main/db/open-database'
import { keeperOf } from '../../src/main/features/subscription-insights/keeper'
import { forecast } from '../../src/main/features/subscription-insights/subscription-insights.service'
import { silentLog } from '../../src/main/platform/log'

const NOW = Date.parse('2026-11-28T10:00:00+09:00')

test('the sample shop has sixty 定期 whose turns, orders and charges hang together', async () => {
  const clock = { now: () => NOW }
  const database = await openDatabase({ kind: 'sqlite', path: ':memory:' }, { clock })
  try {
    await fillWithSamples(database, clock, 17_610, true)
    const { db } = database
    const contracts = await db.selectFrom('subscription').selectAll().execute()
    expect(contracts).toHaveLength(60)
    const count = (status: string) => contracts.filter((one) => one.status === status).length
    expect(count('cancelled')).toBe(16)
    expect(count('payment-stopped')).toBe(2)
    expect(count('paused')).toBe(2)
    expect(count('active')).toBeGreaterThan(30)
    const kinds = new Set(contracts.map(({ rule }) => /"kind":"([a-z-]+)"/.exec(rule)?.[1]))
    expect([...kinds].toSorted()).toEqual(['days', 'month-weekday', 'months', 'weeks'])
    // What a run would find: nothing of the past is left behind, something lies ahead.
    const active = contracts.filter((one) => one.status === 'active')
    expect(active.filter(({ next_generate_on: on }) => on === null || on < '2026-11-28')).toEqual([])
    const turns = await db
      .selectFrom('subscription_cycle')
      .innerJoin('sales_order', 'sales_order.id', 'subscription_cycle.order_id')
      .select(['subscription_cycle.status', 'attention', 'tries', 'amount', 'total', 'ordered_at'])
      .execute()
    expect(turns.length).toBeGreaterThan(200)
    expect(turns.filter(({ amount, total }) => amount !== total)).toEqual([])
    expect(turns.filter(({ ordered_at: at }) => at > NOW)).toEqual([])
    expect(turns.filter(({ attention }) => attention !== null && attention !== 'given-up')).toHaveLength(3)
    expect(turns.filter(({ status }) => status === 'auth-failed')).toHaveLength(6)
    // What 90 days need of the goods that are counted: some of them run short, some last.
    const deps = { database, clock, log: silentLog, closedDayWay: async () => 'earlier' as const }
    await forecast(deps)
    await keeperOf(database).settled()
    const { products } = await forecast(deps)
    const counted = products.filter(({ stock }) => stock !== null)
    const short = counted.filter(({ shortOn }) => shortOn !== null).map(({ code }) => code)
    expect(short).toEqual(['A104', 'A107', 'A108', 'C301'])
    expect(counted.length).toBeGreaterThan(short.length)
    const numbers = await db.selectFrom('sequence').selectAll().execute()
    const highest = await db
      .selectFrom('sales_order')
      .select((eb) => eb.fn.max<number>('number').as('number'))
      .executeTakeFirstOrThrow()
    expect(numbers.find(({ name }) => name === 'order')?.next).toBe(Number(highest.number) + 1)
  } finally {
    await database.close()
  }
})
