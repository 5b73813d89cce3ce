import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { BulkChange, BulkWish } from '../../src/contract/subscription-bulk'
import { letters } from '../../src/main/features/subscription-bulk/letters.service'
import { saveLetters, saveRows } from '../../src/main/features/subscription-bulk/subscription-bulk.csv'
import {
  applyBulk,
  bulkDetail,
  bulkRows,
  cancelBulk,
  previewBulk,
  undoBulk,
} from '../../src/main/features/subscription-bulk/subscription-bulk.service'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { ANY, bulkWorld, wishOf, withoutContracts, type BulkDesk } from '../support/bulk-world'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, type SampleAdmin } from '../support/seeded'
import { openEveryDay } from '../support/subscription-rows'
import { plantContract, subscriptionDeps, subscriptionDesk } from '../support/subscription-world'

const NOW = Date.UTC(2026, 10, 24, 1)

forEachDatabase('一括変更', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let folder: string
  let products: { id: string; code: string; name: string }[]
  const clock = manualClock(NOW)

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-bulk-'))
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    await openEveryDay(database)
    await withoutContracts(database)
    products = await database.db
      .selectFrom('product')
      .select(['id', 'code', 'name'])
      .orderBy('code')
      .limit(3)
      .execute()
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const world = (stopAtBatch = 0) => bulkWorld({ database, place, admin, clock, folder }, stopAtBatch)
  const desk = () => subscriptionDesk(subscriptionDeps(database, clock), admin)
  const price = (yen: number): BulkChange => ({
    kind: 'price',
    prices: [{ productId: products[0]?.id ?? '', price: yen }],
  })
  async function previewed(wish: BulkWish, opened = world()) {
    const { id } = await previewBulk(opened.deps, opened.session, wish)
    expect(await opened.halted(id)).toBe('done')
    return { ...opened, id }
  }
  const rowsOf = async ({ deps, id }: { deps: BulkDesk['deps']; id: string }) =>
    (await bulkRows(deps, { id, state: null, cursor: null, limit: 100 })).items

  it('reckons each contract first, prices from a day on, keeps the turns before, and lists whom to write to', async () => {
    const one = await plantContract(database, admin)
    await plantContract(database, admin, { status: 'cancelled' })
    const ended = await plantContract(database, admin, { last_turn: 1 })
    const opened = await previewed(wishOf(price(3300), { fromDate: '2027-01-20' }))
    const rows = await rowsOf(opened)
    expect(rows.map(({ subscriptionId, state }) => [subscriptionId, state])).toEqual(
      [
        [one, 'ready'],
        [ended, 'blocked'],
      ].toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    )
    expect(rows.find(({ subscriptionId }) => subscriptionId === one)).toMatchObject({
      before: `${products[0]?.name} 3,000円`,
      after: `${products[0]?.name} 3,300円`,
      turn: 3,
      deliverOn: '2027-02-10',
    })
    expect(rows.find(({ subscriptionId }) => subscriptionId === ended)?.reason).toBe(
      '終了回までに、変更できるお届けがありません。',
    )
    const untouched = await desk().get({ id: one })
    expect(untouched.version).toBe(1)
    const { totals } = await bulkDetail(opened.deps, opened.id)
    const shown = rows.find(({ state }) => state === 'ready')
    expect(totals).toEqual({ before: shown?.oldTotal, after: shown?.newTotal })
    expect(totals.after).toBeGreaterThan(totals.before)
    await applyBulk(opened.deps, opened.session, opened.id)
    await opened.halted(opened.id)
    const after = await desk().get({ id: one })
    const costs = after.plan.map(({ total }) => Number(total))
    expect(costs.slice(0, 2)).toEqual(untouched.plan.slice(0, 2).map(({ total }) => Number(total)))
    expect((costs[2] ?? 0) - (costs[1] ?? 0)).toBeGreaterThan(0)
    expect(after.events[0]?.text).toContain('価格を改定しました')
    expect(after.events[0]?.text).toContain('原材料の値上がり')
    const [letter, ...others] = await letters(opened.deps, opened.id)
    expect(others).toEqual([])
    expect(letter).toMatchObject({ number: after.number, turn: 3, deliverOn: '2027-02-10' })
    expect(letter?.address).not.toBe('')
    const file = { id: opened.id, encoding: 'utf-8' } as const
    expect(await saveLetters(opened.deps, file)).toEqual({ saved: true, rows: 1, unwritable: [] })
    expect(readFileSync(join(folder, 'saved.csv'), 'utf8')).toContain('3,300円')
    expect(await saveRows(opened.deps, { ...file, state: null })).toMatchObject({ rows: 2 })
    expect(readFileSync(join(folder, 'saved.csv'), 'utf8')).toContain('見送り')
    await undoBulk(opened.deps, opened.session, opened.id)
    await opened.halted(opened.id)
    const back = await desk().get({ id: one })
    expect(back.plan.map(({ total, ownItems }) => [total, ownItems])).toEqual(
      untouched.plan.map(({ total, ownItems }) => [total, ownItems]),
    )
    await opened.frame.close()
  })

  it('replaces a product from the next turn that may be changed; what somebody changed meanwhile is left alone', async () => {
    const ids = [await plantContract(database, admin), await plantContract(database, admin)]
    const [first = '', second = ''] = ids
    const change = {
      kind: 'replace' as const,
      productId: products[0]?.id ?? '',
      byProductId: products[1]?.id ?? '',
      perOne: 2,
      price: 1000,
    }
    const opened = await previewed(wishOf(change))
    await desk().skip({ id: second, version: 1, override: '', ruleIndex: 0 })
    await applyBulk(opened.deps, opened.session, opened.id)
    await opened.halted(opened.id)
    expect((await bulkDetail(opened.deps, opened.id)).counts).toMatchObject({ applied: 1, skipped: 1 })
    const changed = await desk().get({ id: first })
    expect(changed.sets[0]?.map(({ code, quantity, unitPrice }) => [code, quantity, unitPrice])).toEqual([
      [products[1]?.code, 2, 1000],
    ])
    // Changed again since: it cannot be put back.
    await desk().skip({ id: first, version: changed.version, override: '', ruleIndex: 0 })
    await undoBulk(opened.deps, opened.session, opened.id)
    await opened.halted(opened.id)
    expect(await bulkDetail(opened.deps, opened.id)).toMatchObject({
      state: 'undone',
      counts: { undone: 0, kept: 1 },
    })
    await expect(
      previewBulk(opened.deps, opened.session, wishOf({ ...change, byProductId: change.productId })),
    ).rejects.toMatchObject({ code: 'INVALID_FIELDS' })
    await opened.frame.close()
  })

  it('keeps what was promised for 最低継続回数, and says so of those who only have such turns', async () => {
    const one = await plantContract(database, admin, { min_turns: 3 })
    const bound = await plantContract(database, admin, { min_turns: 3, last_turn: 3 })
    const paused = await plantContract(database, admin, {
      min_turns: 3,
      status: 'paused',
      pause_from: '2026-11-01',
    })
    const opened = await previewed(wishOf(price(3300)))
    const rows = new Map((await rowsOf(opened)).map((row) => [row.subscriptionId, row]))
    expect(rows.get(one)).toMatchObject({ state: 'ready', turn: 4, deliverOn: '2027-03-10' })
    expect(rows.get(one)?.notes).toEqual(['最低継続回数の3回目までは、約束した内容のままです。'])
    expect(rows.get(bound)).toMatchObject({
      state: 'blocked',
      reason: '最低継続回数までの回だけが残っているため、変更できません。',
      before: `${products[0]?.name} 3,000円`,
    })
    expect(rows.get(paused)?.reason).toBe('停止中で、最低継続回数の途中のため変更できません。')
    const before = await desk().get({ id: one })
    await applyBulk(opened.deps, opened.session, opened.id)
    await opened.halted(opened.id)
    const after = await desk().get({ id: one })
    const same = (turn: number) => after.plan[turn]?.total === before.plan[turn]?.total
    expect([0, 1, 2, 3].map(same)).toEqual([true, true, true, false])
    const all = await previewed(wishOf(price(3600), { keepsMinimum: false }), opened)
    const again = await rowsOf(all)
    expect(again.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready'])
    // Its first three turns were set apart by the change before; they stay, and it is said.
    expect(again.find(({ subscriptionId }) => subscriptionId === one)?.notes).toHaveLength(3)
    await opened.frame.close()
  })

  it('tells from which turn the total changes, and counts the turns that have another set', async () => {
    const stepped = await plantContract(database, admin)
    const step = {
      position: 0,
      from_turn: 1,
      to_turn: 2,
      kind: 'goods-total' as const,
      value: 1980,
      label: '',
    }
    await database.db
      .insertInto('subscription_price_step')
      .values({ ...step, subscription_id: stepped })
      .execute()
    const turns = await plantContract(database, admin, { item_mode: 'alternating' })
    const other = { product_id: products[1]?.id ?? '', quantity: 2, unit_price: null }
    await database.db
      .insertInto('subscription_item')
      .values({ ...other, subscription_id: turns, set_no: 1, position: 0 })
      .execute()
    const opened = await previewed(wishOf(price(3300)))
    const rows = new Map((await rowsOf(opened)).map((row) => [row.subscriptionId, row]))
    expect(rows.get(stepped)).toMatchObject({
      turn: 1,
      oldTotal: rows.get(stepped)?.newTotal,
      notes: ['合計が変わるのは3回目(2月10日(水)お届け分)からです。'],
    })
    expect(rows.get(turns)).toMatchObject({ turn: 1, notes: [] })
    const second = { kind: 'price' as const, prices: [{ productId: other.product_id, price: 9000 }] }
    const [row] = await rowsOf(await previewed(wishOf(second), opened))
    expect(row).toMatchObject({ turn: 2, deliverOn: '2027-01-10' })
    expect(row?.before).toContain('(その日の価格)')
    await opened.frame.close()
  })

  it('takes the states and the lines that are meant; a pause counts as 停止', async () => {
    const [product] = products
    const active = await plantContract(database, admin)
    const pausing = await plantContract(database, admin, {
      pause_from: '2026-11-01',
      pause_until: '2027-03-01',
    })
    await plantContract(database, admin, { status: 'payment-stopped' })
    const find = async (filter: Partial<BulkWish['filter']>) => {
      const opened = await previewed(wishOf(price(3300), { filter: { ...ANY, ...filter } }))
      const rows = await rowsOf(opened)
      await opened.frame.close()
      return rows
    }
    const idsOf = async (filter: Partial<BulkWish['filter']>) =>
      (await find(filter)).map(({ subscriptionId }) => subscriptionId)
    expect(await idsOf({ states: ['active'] })).toEqual([active])
    expect(await idsOf({ states: ['paused'] })).toEqual([pausing])
    expect((await find({ states: ['paused'] }))[0]).toMatchObject({ turn: 1, deliverOn: '2027-03-10' })
    await database.db
      .insertInto('subscription_item')
      .values({
        subscription_id: active,
        set_no: 0,
        position: 1,
        product_id: product?.id ?? '',
        quantity: 1,
        unit_price: 2500,
      })
      .execute()
    const [meant, ...others] = await find({ currentPrice: 2500 })
    expect(others).toEqual([])
    expect(meant).toMatchObject({ before: `${product?.name} 2,500円`, after: `${product?.name} 3,300円` })
  })

  it('is applied by one of two seats, and cannot be given up then', async () => {
    const id = await plantContract(database, admin)
    const first = await previewed(wishOf(price(3300)))
    const second = world()
    const answers = await Promise.allSettled([
      applyBulk(first.deps, first.session, first.id),
      applyBulk(second.deps, second.session, first.id),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const [winner, loser] = answers[0]?.status === 'fulfilled' ? [first, second] : [second, first]
    await winner.halted(first.id)
    expect((await desk().get({ id })).version).toBe(2)
    await expect(cancelBulk(loser.deps, first.id)).rejects.toMatchObject({ code: 'NOT_NOW' })
    await Promise.all([first.frame.close(), second.frame.close()])
  })

  it('goes on where it was stopped, and changes every contract once', async () => {
    for (let at = 0; at < 60; at++) await plantContract(database, admin)
    const opened = await previewed(wishOf(price(3500)))
    await opened.frame.close()
    const stopped = world(3)
    await applyBulk(stopped.deps, stopped.session, opened.id)
    await stopped.frame.close()
    const versions = async () =>
      (await database.db.selectFrom('subscription').select('version').execute()).map(({ version }) => version)
    expect((await versions()).includes(1)).toBe(true)
    const again = world()
    await again.frame.resume()
    expect(await again.halted(opened.id)).toBe('done')
    expect(new Set(await versions())).toEqual(new Set([2]))
    expect((await bulkDetail(again.deps, opened.id)).counts).toMatchObject({ applied: 60, ready: 0 })
    const { count } = await database.db
      .selectFrom('subscription_event')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('kind', '=', 'bulk-price')
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(60)
    await again.frame.close()
  })
})
