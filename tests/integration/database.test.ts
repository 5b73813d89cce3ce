import { afterEach, beforeEach, expect, it } from 'vitest'
import { seedSampleData } from '../../src/main/app/sample-data/seed-sample-data'
import { ExpectationFailed, UniqueViolation } from '../../src/main/db/errors'
import { openDatabase, type DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { forEachDatabase, type DatabasePlace } from '../support/databases'

const clock = manualClock(Date.UTC(2026, 10, 23, 3))

forEachDatabase('the database', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase

  beforeEach(async () => {
    place = await openPlace()
    database = await openDatabase(place.config, { clock })
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  const setting = (key: string) =>
    database.db
      .insertInto('setting')
      .values({ key, value: '{}', version: 1, updated_at: 1, updated_by: null })
      .compile()
  const keys = async () =>
    (await database.db.selectFrom('setting').select('key').orderBy('key').execute()).map((row) => row.key)

  it('keeps all of a batch or nothing', async () => {
    await database.batch([{ query: setting('a') }, { query: setting('b'), expect: { changes: 1 } }])
    const stale = database.db.updateTable('setting').set({ version: 2 }).where('version', '=', 99).compile()
    const failed = database.batch([{ query: setting('c') }, { query: stale, expect: { changes: 1 } }])
    await expect(failed).rejects.toBeInstanceOf(ExpectationFailed)
    expect(await keys()).toEqual(['a', 'b'])
  })

  it('names a doubled key, in a batch and alone', async () => {
    await database.batch([{ query: setting('a') }])
    await expect(database.batch([{ query: setting('b') }, { query: setting('a') }])).rejects.toBeInstanceOf(
      UniqueViolation,
    )
    expect(await keys()).toEqual(['a'])
  })

  it('never mixes a batch into somebody else’s transaction', async () => {
    let finish: () => void = () => undefined
    const paused = new Promise<void>((resolve) => {
      finish = resolve
    })
    const outer = database.db.transaction().execute(async (trx) => {
      await trx
        .insertInto('setting')
        .values({ key: 'outer', value: '{}', version: 1, updated_at: 1, updated_by: null })
        .execute()
      await paused
      throw new Error('rolled back')
    })
    const inner = database.batch([{ query: setting('inner') }])
    finish()
    await expect(outer).rejects.toThrow('rolled back')
    await inner
    expect(await keys()).toEqual(['inner'])
  })

  it('sorts text by code point, as keyset pages need', async () => {
    for (const key of ['b', 'あ', 'B', 'a', 'ア']) await database.batch([{ query: setting(key) }])
    expect(await keys()).toEqual(['B', 'a', 'b', 'あ', 'ア'])
  })

  it('lets nobody change or take away the audit log', async () => {
    const row = {
      at: 1,
      seat: 's',
      actor_id: null,
      action: 'a',
      object_type: 'o',
      object_id: null,
      detail: '{}',
      prev_hash: '',
      hash: 'h',
    }
    await database.db.insertInto('audit_event').values(row).execute()
    await expect(database.db.updateTable('audit_event').set({ action: 'b' }).execute()).rejects.toThrow(
      /appended only/,
    )
    await expect(database.db.deleteFrom('audit_event').execute()).rejects.toThrow(/appended only/)
  })

  it('holds the sample shop with sums that agree', async () => {
    await seedSampleData(database, { clock, passwordHash: 'x' })
    const count = async (table: 'customer' | 'product' | 'sales_order') =>
      Number(
        (
          await database.db
            .selectFrom(table)
            .select((eb) => eb.fn.countAll().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      )
    expect([await count('customer'), await count('product'), await count('sales_order')]).toEqual([
      300, 40, 200,
    ])
    const orders = await database.db.selectFrom('sales_order').selectAll().execute()
    const lines = await database.db.selectFrom('order_line').selectAll().execute()
    const taxes = await database.db.selectFrom('order_tax').selectAll().execute()
    for (const order of orders) {
      const own = lines.filter((line) => line.order_id === order.id)
      expect(own.reduce((sum, line) => sum + line.amount, 0)).toBe(order.total)
      const taxable = taxes
        .filter((row) => row.order_id === order.id)
        .reduce((sum, row) => sum + row.taxable, 0)
      expect(taxable).toBe(order.total)
    }
    const card = orders.filter((order) => order.payment_method === 'card')
    expect(card.length).toBeGreaterThan(50)
  })
})
