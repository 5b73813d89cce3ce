import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../../src/main/platform/ids'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openInsights, type InsightsWorld } from '../support/insights-world'
import { NOW } from '../support/subscription-draws'
import { contractRow, insertContracts, openEveryDay, turnOf } from '../support/subscription-rows'

forEachDatabase('subscription insights of money, orders and changes', (openPlace) => {
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

  it('LTV counts what was captured and refunded by card, of turns and of the first order, once', async () => {
    const checkouts = [newId(), newId()]
    for (const id of checkouts) {
      await world.database.db
        .insertInto('checkout')
        .values({
          id,
          kind: 'order',
          status: 'completed',
          form: '',
          form_version: 1,
          order_number: null,
          operator_id: world.admin.id,
          seat: '受付1番',
          customer_id: world.owner.customerId,
          amount: 1,
          authorized_at: NOW,
          created_at: NOW,
          updated_at: NOW,
          version: 1,
        })
        .execute()
    }
    const rule = JSON.stringify({ kind: 'months', every: 1, day: 10 })
    const [first = '', second = ''] = checkouts
    const paid = contractRow(world.owner, {
      number: 1,
      rule,
      anchor: '2026-12-10',
      checkout_id: first,
      next_turn: 3,
    })
    const unpaid = contractRow(world.owner, { number: 2, rule, anchor: '2026-12-10' })
    const cash = contractRow(world.owner, { number: 3, rule, anchor: '2026-12-10', payment_method: 'cod' })
    await insertContracts(world.database, [paid, unpaid, cash])
    await world.database.db
      .insertInto('subscription_cycle')
      .values([turnOf(paid.id, 0, first), turnOf(paid.id, 1, second)])
      .execute()
    const pay = async (
      checkoutId: string,
      moves: readonly ['capture' | 'refund', number, 'succeeded' | 'failed'][],
    ) => {
      const id = newId()
      await world.database.db
        .insertInto('payment')
        .values({
          id,
          number: id.slice(-12),
          checkout_id: checkoutId,
          order_id: null,
          service: 's',
          card_id: null,
          method: 'card',
          amount: 5000,
          status: 'partially-refunded',
          brand: null,
          masked: null,
          last3: null,
          expiry_yymm: null,
          service_transaction_id: null,
          approval_code: null,
          code: null,
          raw_code: null,
          hold_until: null,
          keypad_serial: null,
          operator_id: world.admin.id,
          created_at: NOW,
          updated_at: NOW,
          version: 1,
        })
        .execute()
      for (const [kind, amount, status] of moves) {
        await world.database.db
          .insertInto('payment_operation')
          .values({
            id: newId(),
            payment_id: id,
            kind,
            idempotency_key: newId(),
            amount,
            status,
            cause: null,
            code: null,
            raw_code: null,
            approval_code: null,
            sent_at: NOW,
            started_at: NOW,
            resolved_at: NOW,
          })
          .execute()
      }
    }
    await pay(first, [['capture', 5000, 'succeeded']])
    await pay(second, [
      ['capture', 3000, 'succeeded'],
      ['refund', 1001, 'succeeded'],
      ['refund', 9999, 'failed'],
    ])
    await world.reckoned()
    const { kpis } = await world.ask.kpis({ months: 1 })
    expect(kpis?.ltv).toEqual({ contracts: 2, captured: 8000, refunded: 1001, average: 3500 })
  })

  it('a turn that is ordered leaves with what was ordered; a closed day moves the plan', async () => {
    await openEveryDay(world.database)
    await world.database.db
      .insertInto('special_day')
      .values({ date: '2026-12-09', kind: 'closed', label: '棚卸' })
      .execute()
    const rule = JSON.stringify({ kind: 'months', every: 1, day: 10 })
    const one = contractRow(world.owner, { number: 1, rule, anchor: '2026-12-10' })
    await insertContracts(world.database, [one])
    const line = await world.database.db
      .selectFrom('order_line')
      .select(['order_id'])
      .where('product_id', 'is not', null)
      .limit(1)
      .executeTakeFirstOrThrow()
    const ordered = await world.database.db
      .selectFrom('order_line')
      .select(['product_id', 'quantity'])
      .where('order_id', '=', line.order_id)
      .where('kind', '=', 'product')
      .execute()
    const turn = turnOf(one.id, 0, null)
    const coming = { ship_on: '2026-11-29', deliver_on: '2026-11-30', status: 'authorized' as const }
    await world.database.db
      .insertInto('subscription_cycle')
      .values([
        { ...turn, ...coming, rule_index: 90, turn: 90, order_id: line.order_id },
        { ...turn, ...coming, id: newId(), rule_index: 91, turn: 91, status: 'failed' },
      ])
      .execute()
    await world.reckoned()
    const november = await world.ask.calendar({ month: '2026-11' })
    expect(november.days.find(({ date }) => date === '2026-11-29')).toMatchObject({
      parcels: { ship: 1, deliver: 0 },
    })
    const leaving = november.days.find(({ date }) => date === '2026-11-29')?.goods ?? []
    expect(leaving.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(
      ordered.reduce((sum, { quantity }) => sum + quantity, 0),
    )
    expect(november.days.find(({ date }) => date === '2026-11-30')?.parcels).toEqual({ ship: 0, deliver: 1 })
    const { days } = await world.ask.calendar({ month: '2026-12' })
    const busy = days.filter(({ parcels }) => parcels && parcels.ship + parcels.deliver > 0)
    expect(busy.map(({ date, parcels }) => [date, parcels])).toEqual([
      ['2026-12-08', { ship: 1, deliver: 0 }],
      ['2026-12-10', { ship: 0, deliver: 1 }],
    ])
  })

  it('figures are kept until something changes, and the old ones are shown meanwhile', async () => {
    await openEveryDay(world.database)
    const rule = JSON.stringify({ kind: 'months', every: 1, day: 10 })
    const one = contractRow(world.owner, { number: 1, rule, anchor: '2026-12-10' })
    await insertContracts(world.database, [one])
    await expect(world.ask.forecastCsv()).rejects.toMatchObject({ code: 'NOT_READY' })
    await world.settled()
    const before = await world.ask.forecast()
    expect(before).toMatchObject({ parcels: 3, state: { running: false } })
    world.clock.advance(60_000)
    expect((await world.ask.forecast()).state).toEqual(before.state)
    await world.database.db.updateTable('subscription').set({ status: 'cancelled', version: 2 }).execute()
    world.clock.advance(60_000)
    expect(await world.ask.forecast()).toMatchObject({ parcels: 3, state: { running: true, total: 1 } })
    await world.settled()
    expect(await world.ask.forecast()).toMatchObject({ parcels: 0, state: { running: false } })
  })

  it('two questions at once, as a screen asks them, both hear that the figures are on their way', async () => {
    const rule = JSON.stringify({ kind: 'months', every: 1, day: 10 })
    await insertContracts(world.database, [
      contractRow(world.owner, { number: 1, rule, anchor: '2026-12-10' }),
    ])
    const asked = await Promise.all([world.ask.forecast(), world.ask.forecast()])
    expect(asked.map(({ state }) => state.running || state.reckonedAt !== null)).toEqual([true, true])
    await world.settled()
  })
})
