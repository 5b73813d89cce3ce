import { afterEach, beforeEach, expect, it } from 'vitest'
import type { BulkWish } from '../../src/contract/subscription-bulk'
import {
  applyBulk,
  bulkDetail,
  bulkRows,
  previewBulk,
  undoBulk,
} from '../../src/main/features/subscription-bulk/subscription-bulk.service'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { bulkWorld, wishOf, withoutContracts } from '../support/bulk-world'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, type SampleAdmin } from '../support/seeded'
import { openEveryDay, owners } from '../support/subscription-rows'
import { plantContract } from '../support/subscription-world'

const NOW = Date.UTC(2026, 10, 24, 1)

forEachDatabase('一括変更 of turns with goods of their own', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  const clock = manualClock(NOW)

  beforeEach(async () => {
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    await openEveryDay(database)
    await withoutContracts(database)
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  const world = () => bulkWorld({ database, place, admin, clock, folder: '.' })
  async function previewed(wish: BulkWish, opened = world()) {
    const { id } = await previewBulk(opened.deps, opened.session, wish)
    expect(await opened.halted(id)).toBe('done')
    return { ...opened, id }
  }

  it('replaces a product in turns with goods of their own, too; a price that is agreed for one turn stays and is listed', async () => {
    const { products } = await owners(database, admin)
    const [product, other] = products
    const one = await plantContract(database, admin)
    const only = await plantContract(database, admin)
    const item = { quantity: 1, unit_price: null, set_no: 0, position: 0 }
    await database.db.deleteFrom('subscription_item').where('subscription_id', '=', only).execute()
    await database.db
      .insertInto('subscription_item')
      .values({ ...item, subscription_id: only, product_id: products[2]?.id ?? '' })
      .execute()
    const own = JSON.stringify([{ productId: product?.id, quantity: 2, unitPrice: 2800 }])
    const change = { kind: 'items' as const, move_to: null, items: own, by_person: admin.id, at: NOW }
    await database.db
      .insertInto('subscription_turn_change')
      .values([one, only].map((id) => ({ ...change, subscription_id: id, rule_index: 1 })))
      .execute()
    const raised = await previewed(
      wishOf({ kind: 'price', prices: [{ productId: product?.id ?? '', price: 3300 }] }),
    )
    const byId = async (opened: typeof raised) =>
      new Map(
        (await bulkRows(opened.deps, { id: opened.id, state: null, cursor: null, limit: 100 })).items.map(
          (row) => [row.subscriptionId, row],
        ),
      )
    const prices = await byId(raised)
    expect(prices.get(one)).toMatchObject({ state: 'ready', turn: 1 })
    expect(prices.get(one)?.notes.join()).toContain('その回だけの商品・単価が決まっているため変わりません。')
    expect(prices.get(only)).toMatchObject({
      state: 'blocked',
      reason: '対象の商品は、この回だけの商品としてお届けするため、変わりません。',
    })
    expect((await bulkDetail(raised.deps, raised.id)).counts).toMatchObject({ ready: 1, blocked: 1, own: 2 })
    const listed = await bulkRows(raised.deps, { id: raised.id, state: 'own', cursor: null, limit: 10 })
    expect(listed.items).toHaveLength(2)
    const replaced = await previewed(
      wishOf({
        kind: 'replace',
        productId: product?.id ?? '',
        byProductId: other?.id ?? '',
        perOne: 2,
        price: null,
      }),
      raised,
    )
    const goods = await byId(replaced)
    expect(goods.get(one)?.notes.join()).toContain('この回だけの商品も差し替えます。')
    expect(goods.get(only)).toMatchObject({ state: 'ready', turn: 2, deliverOn: '2027-01-10' })
    expect((await bulkDetail(replaced.deps, replaced.id)).counts).toMatchObject({ ready: 2, own: 0 })
    await applyBulk(replaced.deps, replaced.session, replaced.id)
    await replaced.halted(replaced.id)
    const owned = () =>
      database.db.selectFrom('subscription_turn_change').select('items').where('rule_index', '=', 1).execute()
    const after = JSON.stringify([{ productId: other?.id, quantity: 4, unitPrice: null }])
    expect(await owned()).toEqual([{ items: after }, { items: after }])
    await undoBulk(replaced.deps, replaced.session, replaced.id)
    await replaced.halted(replaced.id)
    expect(await owned()).toEqual([{ items: own }, { items: own }])
    await replaced.frame.close()
  })
})
