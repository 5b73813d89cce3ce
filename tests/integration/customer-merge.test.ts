import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { COPIED_TABLES, MOVED_TABLES, STAYING_TABLES } from '../../src/main/features/customer-merge/moves'
import { manualClock } from '../../src/main/platform/clock'
import { newId } from '../../src/main/platform/ids'
import { addImport, addPerson } from '../support/customer-rows'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { addDraft, dump, giveThings, mergeAs, mergeDesk, type MergeDesk } from '../support/merge-world'
import { openSeeded, type SampleAdmin } from '../support/seeded'

const NOW = Date.UTC(2026, 10, 23, 1)
const DAY = 86_400_000

forEachDatabase('merging customers', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let desk: MergeDesk
  let clock: ReturnType<typeof manualClock>
  let kept: string
  let merged: string
  beforeEach(async () => {
    clock = manualClock(NOW)
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    desk = mergeDesk(database, admin, clock)
    const buyers = await database.db
      .selectFrom('customer_list as l')
      .innerJoin('customer as c', 'c.number', 'l.number')
      .select('c.id')
      .where('l.order_count', '>', 0)
      .orderBy('l.number')
      .limit(2)
      .execute()
    ;[kept = '', merged = ''] = buyers.map(({ id }) => id)
    const common = { userId: admin.id, at: NOW - DAY }
    await giveThings(database, { ...common, customerId: kept, tag: '贈答', phone: '0311110000' })
    await giveThings(database, { ...common, customerId: merged, tag: '要確認', phone: '0322220000' })
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  const ordersOf = async (id: string) =>
    (await database.db.selectFrom('sales_order').select('id').where('customer_id', '=', id).execute())
      .map((row) => row.id)
      .toSorted()
  const rowOf = (id: string) =>
    database.db.selectFrom('customer').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

  it('knows every table that names a customer', async () => {
    const tables = await database.db.introspection.getTables({ withInternalKyselyTables: false })
    const naming = tables
      .filter((table) => table.columns.some(({ name }) => name === 'customer_id'))
      .map(({ name }) => name)
    const known = [...Object.keys(MOVED_TABLES), ...Object.keys(COPIED_TABLES), ...STAYING_TABLES]
    expect(naming.toSorted()).toEqual(known.toSorted())
  })

  it('everything moves to the one who stays; number and links of the other lead there', async () => {
    const orders = [...(await ordersOf(kept)), ...(await ordersOf(merged))].toSorted()
    const before = await rowOf(merged)
    const { undoUntil } = await mergeAs(desk, kept, merged)
    expect(undoUntil).toBe(NOW + 30 * DAY)
    expect(await ordersOf(kept)).toEqual(orders)
    expect(await ordersOf(merged)).toEqual([])
    for (const table of [
      'card',
      'customer_address',
      'contact_log',
      'callback',
      'checkout',
      'subscription',
      'customer_mail',
    ] as const) {
      const left = await database.db
        .selectFrom(table)
        .select('id')
        .where('customer_id', '=', merged)
        .execute()
      expect(left, table).toEqual([])
    }
    expect(await rowOf(merged)).toMatchObject({ status: 'merged', merged_into: kept })
    expect((await desk.customers.get({ id: merged })).id).toBe(kept)
    const byNumber = await desk.customers.search({ text: String(before.number) })
    expect(byNumber.items.map(({ id }) => id)).toContain(kept)
    expect(byNumber.items.map(({ id }) => id)).not.toContain(merged)
    const byPhone = await desk.customers.search({ text: '0322220000' })
    expect(byPhone.items.map(({ id }) => id)).toEqual([kept])
    const listed = await database.db
      .selectFrom('customer_list')
      .select('order_count')
      .where('number', '=', (await rowOf(kept)).number)
      .executeTakeFirstOrThrow()
    expect(listed.order_count).toBeLessThanOrEqual(orders.length)
    const audit = await database.db.selectFrom('audit_event').select(['action', 'object_id']).execute()
    expect(audit).toEqual([{ action: 'customer.merge', object_id: kept }])
  })

  it('taken back, all rows are what they were; what came after stays with the one who was kept', async () => {
    const before = await dump(database)
    const { mergeId } = await mergeAs(desk, kept, merged, 'merged')
    expect((await rowOf(kept)).phone).toBe((await rowOf(merged)).phone)
    const { back } = await desk.merging.undoPreview({ mergeId })
    expect(back.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['orders', 'cards', 'phones', 'tags']),
    )
    await desk.merging.undo({ mergeId })
    expect(await dump(database)).toEqual(before)

    const again = await mergeAs(desk, kept, merged)
    clock.advance(1000)
    await database.db
      .insertInto('contact_log')
      .values({
        id: newId(),
        customer_id: kept,
        kind: 'contact',
        at: clock.now(),
        channel: 'phone',
        direction: 'in',
        topic_id: null,
        result_id: null,
        status: 'done',
        body: 'あとの電話',
        due_on: null,
        operator_id: admin.id,
        escalation: null,
        escalation_reason: null,
        escalated_at: null,
        escalated_by: null,
        escalation_answer: null,
        answered_at: null,
        answered_by: null,
        updated_at: clock.now(),
        version: 1,
      })
      .execute()
    const seen = await desk.merging.undoPreview({ mergeId: again.mergeId })
    expect(seen.stays).toEqual([{ kind: 'contacts', count: 1 }])
    await desk.merging.undo({ mergeId: again.mergeId })
    const after = await dump(database)
    expect(after.filter((line) => !before.includes(line))).toHaveLength(1)
    expect(before.filter((line) => !after.includes(line))).toEqual([])
    await expect(desk.merging.undo({ mergeId: again.mergeId })).rejects.toMatchObject({ code: 'UNDO_OVER' })
  })

  it('a field that was changed since the merge stays changed', async () => {
    await database.db
      .updateTable('customer')
      .set({ email: 'm@example.jp' })
      .where('id', '=', merged)
      .execute()
    const { mergeId } = await mergeAs(desk, kept, merged, 'merged')
    await database.db
      .updateTable('customer')
      .set({ email: 'new@example.jp' })
      .where('id', '=', kept)
      .execute()
    expect((await desk.merging.undoPreview({ mergeId })).changedSince).toEqual(['email'])
    const before = await rowOf(kept)
    await desk.merging.undo({ mergeId })
    const after = await rowOf(kept)
    expect(after.email).toBe('new@example.jp')
    expect(after.phone).not.toBe(before.phone)
  })

  it('merges come back from the newest on, within thirty days', async () => {
    const third = await addPerson(database, { number: 90_001 })
    const first = await mergeAs(desk, kept, merged)
    clock.advance(1000)
    const second = await mergeAs(desk, third, kept)
    await expect(desk.merging.undo({ mergeId: first.mergeId })).rejects.toMatchObject({ code: 'LATER_MERGE' })
    expect((await desk.customers.get({ id: merged })).id).toBe(third)
    await desk.merging.undo({ mergeId: second.mergeId })
    clock.advance(30 * DAY)
    await expect(desk.merging.undo({ mergeId: first.mergeId })).rejects.toMatchObject({ code: 'UNDO_OVER' })
    expect((await desk.merging.ofCustomer({ customerId: kept }))[0]).toMatchObject({ undoBlock: 'over' })
  })

  it.each(['authorizing', 'read-back'] as const)('is refused while a checkout is %s', async (status) => {
    const seen = await desk.merging.preview({ keptId: kept, mergedId: merged })
    await addDraft(database, { customerId: merged, userId: admin.id, at: NOW, status })
    const wish = {
      keptId: kept,
      mergedId: merged,
      keptVersion: seen.kept.version,
      mergedVersion: seen.merged.version,
      choices: seen.choices,
    }
    await expect(desk.merging.merge(wish)).rejects.toMatchObject({ code: 'CHECKOUT_RUNNING' })
    await expect(desk.merging.preview({ keptId: kept, mergedId: merged })).rejects.toMatchObject({
      code: 'CHECKOUT_RUNNING',
    })
    expect(await rowOf(merged)).toMatchObject({ status: 'active' })
  })

  it('is refused over an old version, for a hidden import, and for one customer alone', async () => {
    const seen = await desk.merging.preview({ keptId: kept, mergedId: merged })
    await database.db.updateTable('customer').set({ version: 9 }).where('id', '=', merged).execute()
    await expect(
      desk.merging.merge({
        keptId: kept,
        mergedId: merged,
        keptVersion: seen.kept.version,
        mergedVersion: seen.merged.version,
        choices: seen.choices,
      }),
    ).rejects.toMatchObject({ code: 'STALE', data: { version: 9 } })
    const importId = newId()
    await addImport(database, { id: importId, hidden: 1, staff: admin.id })
    const hidden = await addPerson(database, { number: 90_002, import_id: importId })
    await expect(desk.merging.preview({ keptId: kept, mergedId: hidden })).rejects.toMatchObject({
      code: 'IMPORT_HIDDEN',
    })
    await expect(desk.merging.preview({ keptId: kept, mergedId: kept })).rejects.toMatchObject({
      code: 'SAME_CUSTOMER',
    })
  })

  it('two seats merge the same two at once: one of them is told', async () => {
    const results = await Promise.allSettled([mergeAs(desk, kept, merged), mergeAs(desk, merged, kept)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const orders = [...(await ordersOf(kept)), ...(await ordersOf(merged))]
    expect(new Set(orders).size).toBe(orders.length)
  })
})
