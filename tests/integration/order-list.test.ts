import { afterAll, beforeAll, expect, it } from 'vitest'
import { OrderFilter } from '../../src/contract/orders'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { findOrders, type SearchSizes } from '../../src/main/features/orders/order-list'
import { listOrders } from '../../src/main/features/orders/orders.repository'
import { manualClock } from '../../src/main/platform/clock'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded } from '../support/seeded'

const clock = manualClock(Date.parse('2026-11-28T10:00:00+09:00'))
const filterOf = (filter: Partial<OrderFilter>) => OrderFilter.parse(filter)

forEachDatabase('the list of orders', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  beforeAll(async () => {
    place = await openPlace()
    ;({ database } = await openSeeded(place.config, clock))
  })
  afterAll(async () => {
    await database.close()
    await place.drop()
  })

  const orders = () =>
    database.db
      .selectFrom('sales_order')
      .innerJoin('customer', 'customer.id', 'sales_order.customer_id')
      .select(['sales_order.id', 'sales_order.number', 'sales_order.status', 'ordered_at'])
      .select(['customer.family_name', 'customer.family_kana', 'customer.phone', 'customer.prefecture'])
      .orderBy('ordered_at', 'desc')
      .orderBy('sales_order.id', 'desc')
      .execute()

  /** Every page, one after the other. */
  async function everyId(filter: OrderFilter, sizes?: SearchSizes): Promise<string[]> {
    const ids: string[] = []
    for (let cursor: string | null = null; ;) {
      const page = await listOrders(database, { filter, cursor, limit: 7 }, sizes)
      ids.push(...page.items.map((row) => row.id))
      if (page.next === null) return ids
      cursor = page.next
    }
  }

  it('finds by name, by kana in any script, by phone in groups, and by the number of the order', async () => {
    const known = await orders()
    const [one] = known
    if (!one) throw new Error('no orders')
    const ofName = known.filter((row) => row.family_name === one.family_name).map((row) => row.id)
    const ofPhone = known.filter((row) => row.phone === one.phone).map((row) => row.id)
    const found = async (text: string) => everyId(filterOf({ text }))
    expect(await found(one.family_name)).toEqual(ofName)
    const hiragana = one.family_kana.replace(/[ァ-ヶ]/g, (sign) =>
      String.fromCharCode(sign.charCodeAt(0) - 0x60),
    )
    expect(await found(hiragana)).toEqual(expect.arrayContaining(ofName))
    expect(await found(one.phone.replace(/^(\d{3})(\d{4})/, '$1-$2-'))).toEqual(ofPhone)
    expect(await found(String(one.number))).toEqual(expect.arrayContaining([one.id]))
    expect(await found('誰でもない名前')).toEqual([])
    expect(await found('-')).toEqual([])
  })

  it.each([
    { way: 'few', few: 1000, many: 1000, window: 3000 },
    { way: 'neither few nor many', few: 1, many: 1000, window: 3000 },
    { way: 'many, among the newest', few: 1, many: 1, window: 3000 },
    { way: 'many, rare among the newest', few: 1, many: 1, window: 3 },
  ])('gives the same pages and counts whichever way it goes: $way', async ({ few, many, window }) => {
    const known = await orders()
    const prefecture = '東京都'
    const shipped = known.filter((row) => row.prefecture === prefecture && row.status === 'shipped')
    expect(shipped.length).toBeGreaterThan(7)
    const filter = filterOf({ text: prefecture, status: ['shipped'] })
    expect(await everyId(filter, { few, many, window })).toEqual(shipped.map((row) => row.id))
    const { count } = await findOrders(database, { filter, cursor: null, limit: 5 }, { few, many, window })
    expect(count).toBe(shipped.length)
  })
})
