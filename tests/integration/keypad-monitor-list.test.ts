import { afterEach, beforeEach, expect, it } from 'vitest'
import { KeypadState, P2peState } from '../../src/contract/keypad-monitor'
import { OrderFilter } from '../../src/contract/orders'
import { purgeOldEvents } from '../../src/main/features/keypad-monitor/keypad-monitor.service'
import { findOrders } from '../../src/main/features/orders/order-list'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { DAY, FILTER, NOW, openMonitored, SERIAL, UNPLUGGED, USB, type Monitored } from '../support/monitored'
import { addShop } from '../support/seeded'

forEachDatabase('the list of keypads', (openPlace) => {
  let place: DatabasePlace
  let w: Monitored
  beforeEach(async () => {
    place = await openPlace()
    w = await openMonitored(place.config)
  })
  afterEach(async () => {
    await w.close()
    await place.drop()
  })

  it('staff see the registered keypads of their own shop and no other', async () => {
    const sapporo = await addShop(w.database, '札幌支店', NOW)
    await w.plugIn()
    expect(await w.list(w.staff)).toEqual([])
    await w.register('予備', sapporo)
    expect(await w.list(w.staff)).toEqual([])
    const { id } = await w.only()
    await expect(w.staff.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(w.staff.events({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await w.staff.exportCsv({ filter: FILTER })
    expect(w.csv()).not.toContain(SERIAL)
    expect((await w.staff.choices()).shops).toEqual([w.owner.shop])
    await w.register('受付1番', w.owner.shop.id)
    expect(await w.list(w.staff)).toHaveLength(1)
  })

  it('events older than a year are taken away, those of 30 days are shown', async () => {
    await w.plugIn()
    w.clock.advance(40 * DAY)
    await w.registry.noticed(UNPLUGGED, USB)
    expect(await w.eventsOf()).toEqual(['disconnected 1 原因: USBケーブルが抜けました'])
    expect(await purgeOldEvents(w)).toBe(0)
    w.clock.advance(330 * DAY)
    expect(await purgeOldEvents(w)).toBe(2)
  })

  it('its last payments name their 支払区分, and lead to the orders of its shop', async () => {
    const { db } = w.database
    await w.plugIn()
    await w.register()
    const sapporo = await addShop(w.database, '札幌支店', NOW)
    const ids = (
      await db.selectFrom('payment').select('id').orderBy('created_at', 'desc').limit(4).execute()
    ).map(({ id }) => id)
    const plans = [
      { plan: 'installments' as const, installments: 3 },
      { plan: 'revolving' as const, installments: null },
      { plan: 'bonus' as const, installments: null },
      { plan: 'one-time' as const, installments: null },
    ]
    for (const [index, id] of ids.entries()) {
      const change = { keypad_serial: SERIAL, ...plans[index] }
      await db.updateTable('payment').set(change).where('id', '=', id).execute()
    }
    const { recent } = (await w.detail()).payments
    expect(recent.map(({ plan }) => plan)).toEqual([
      { kind: 'installments', count: 3 },
      { kind: 'revolving' },
      { kind: 'bonus' },
      { kind: 'one-time' },
    ])
    const ordersOf = async (shopId: string | null) => {
      const filter = OrderFilter.parse({ keypad: SERIAL, shopId })
      return (await findOrders(w.database, { filter, cursor: null, limit: 50 })).count
    }
    const all = await ordersOf(null)
    expect(all).toBeGreaterThan(1)
    expect(await ordersOf(w.owner.shop.id)).toBe(all)
    expect(await ordersOf(sapporo)).toBe(0)
    const some = db
      .selectFrom('payment')
      .select('order_id')
      .where('id', '=', ids[0] ?? '')
    await db.updateTable('sales_order').set({ shop_id: sapporo }).where('id', 'in', some).execute()
    expect([await ordersOf(w.owner.shop.id), await ordersOf(sapporo)]).toEqual([all - 1, 1])
  })

  it('the filters find just what the list shows, page by page', async () => {
    await manyKeypads()
    const everything = await w.list()
    expect(everything).toHaveLength(60)
    for (const state of KeypadState.options) {
      const found = await w.list(w.admin, { state: [state] })
      expect(found.map(({ id }) => id)).toEqual(
        everything.filter((row) => row.state === state).map(({ id }) => id),
      )
      expect(found.length, state).toBeGreaterThan(0)
    }
    for (const p2pe of P2peState.options) {
      const found = await w.list(w.admin, { p2pe: [p2pe] })
      expect(found.map(({ id }) => id)).toEqual(
        everything.filter((row) => row.p2pe === p2pe).map(({ id }) => id),
      )
      expect(found.length, p2pe).toBeGreaterThan(0)
    }
    expect(await w.list(w.admin, { text: 'tk_0' })).toEqual([])
    expect(await w.list(w.admin, { text: 'tk-004' })).toHaveLength(13)
    for (const sort of ['last-seen', 'serial', 'state', 'shop'] as const) {
      for (const descending of [true, false]) {
        const whole = await pagesOf(sort, descending, 200)
        expect(await pagesOf(sort, descending, 7)).toEqual(whole)
        expect(new Set(whole).size).toBe(60)
      }
    }
  })

  async function pagesOf(
    sort: 'last-seen' | 'serial' | 'state' | 'shop',
    descending: boolean,
    limit: number,
  ) {
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof w.admin.list>> = await w.admin.list({
        filter: FILTER,
        sort,
        descending,
        cursor,
        limit,
      })
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.next
    } while (cursor !== null)
    return ids
  }

  /** Sixty keypads of every state. */
  async function manyKeypads(): Promise<void> {
    const states = ['unregistered', 'registered', 'registered', 'registered', 'stopped', 'stopped'] as const
    const rows = Array.from({ length: 60 }, (_, index) => {
      const state = states[index % 6] ?? 'registered'
      const serial = `TK-${String(index).padStart(4, '0')}`
      return {
        id: crypto.randomUUID(),
        device_key: serial,
        serial: index % 7 === 0 ? null : serial,
        model: index % 2 === 0 ? 'SREDKey 2' : null,
        cable: 'usb' as const,
        state,
        stop_reason:
          state === 'stopped' ? (index % 12 < 6 ? ('tampered' as const) : ('lost' as const)) : null,
        shop_id: state === 'unregistered' ? null : w.owner.shop.id,
        seat: index % 11 === 0 ? 'TK-004 の隣' : null,
        online: index % 6 === 3 ? 0 : 1,
        holder: index % 6 === 2 ? '鈴木(2番席)' : null,
        firmware: null,
        security_level: [null, '3', '2', '0', '3'][index % 5] ?? null,
        key_set: null,
        uses_left: [null, 900_000, 10_000, 5, 0][Math.floor(index / 5) % 5] ?? null,
        network: '{}',
        latency_ms: null,
        registered_at: null,
        registered_by: null,
        first_seen_at: NOW,
        last_seen_at: NOW - (index % 9) * 1_000,
        updated_at: NOW,
        version: 1,
      }
    })
    await w.database.db.insertInto('keypad').values(rows).execute()
  }
})
