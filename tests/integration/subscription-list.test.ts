import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SubscriptionFilter } from '../../src/contract/subscription-views'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { newId } from '../../src/main/platform/ids'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, type SampleAdmin } from '../support/seeded'
import { manyContracts } from '../support/many-contracts'
import { owners, turnOf } from '../support/subscription-rows'
import { plantContract, subscriptionDeps, subscriptionDesk } from '../support/subscription-world'

const NOW = Date.UTC(2026, 10, 24, 1)

forEachDatabase('定期一覧', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  const clock = manualClock(NOW)

  beforeEach(async () => {
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    for (const table of [
      'subscription_event',
      'subscription_cycle',
      'subscription_turn_change',
      'subscription_price_step',
      'subscription_item',
      'subscription',
    ] as const)
      await database.db.deleteFrom(table).execute()
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  const desk = () => subscriptionDesk(subscriptionDeps(database, clock), admin)
  const numbers = async (filter: Partial<SubscriptionFilter>) =>
    (await desk().list({ filter })).items.map(({ number }) => number)

  it('pages by the next delivery and by the newest, each contract once', async () => {
    for (let at = 0; at < 25; at++) {
      const day = at % 4
      await plantContract(database, admin, {
        // Several on one day, and some without a next delivery.
        next_deliver_on: day === 3 ? null : `2026-12-1${day}`,
        created_at: Math.floor(at / 3),
      })
    }
    for (const sort of ['next', 'newest'] as const) {
      const found: string[] = []
      for (let cursor: string | null = null; ;) {
        const page: Awaited<ReturnType<ReturnType<typeof desk>['list']>> = await desk().list({
          filter: {},
          sort,
          cursor,
          limit: 4,
        })
        expect(page.count).toEqual({ value: 25, more: false })
        found.push(...page.items.map(({ id }) => id))
        if (page.next === null) break
        cursor = page.next
      }
      const { db } = database
      const rows = await db.selectFrom('subscription').selectAll().execute()
      const expected = rows
        .toSorted((a, b) =>
          sort === 'newest'
            ? b.created_at - a.created_at || (a.id < b.id ? 1 : -1)
            : (a.next_deliver_on ?? '9') < (b.next_deliver_on ?? '9') ||
                (a.next_deliver_on === b.next_deliver_on && a.id < b.id)
              ? -1
              : 1,
        )
        .map(({ id }) => id)
      expect(found).toEqual(expected)
    }
    await expect(desk().list({ filter: {}, cursor: 'x' })).rejects.toMatchObject({ code: 'BAD_CURSOR' })
  })

  it('finds by state, date, product, turn, trouble, card and reason', async () => {
    const { db } = database
    const card = {
      id: newId(),
      customer_id: null,
      checkout_id: null,
      service: 'sim-key',
      token: 't',
      brand: 'VISA',
      masked: '4***********123',
      last3: '123',
      expiry_yymm: '2612',
      on_file: 1,
      keypad_serial: null,
      created_at: 0,
      removed_at: null,
      version: 1,
    } as const
    await db.insertInto('card').values(card).execute()
    await plantContract(database, admin, { next_deliver_on: '2026-12-10', ship_name: '山田 花子' })
    const declined = await plantContract(database, admin, { next_deliver_on: '2026-12-20', next_turn: 7 })
    await plantContract(database, admin, {
      status: 'cancelled',
      cancel_reason: 'price',
      ship_phone: '09011112222',
    })
    await plantContract(database, admin, {
      payment_method: 'card',
      card_id: card.id,
      next_ship_on: '2027-01-09',
      next_deliver_on: '2027-01-10',
    })
    await db
      .insertInto('subscription_cycle')
      .values({ ...turnOf(declined, 5, null), status: 'auth-failed', tries: 2, attention: 'card-refused' })
      .execute()
    expect(await numbers({})).toEqual([900_001, 900_002, 900_004, 900_003])
    expect(await numbers({ status: ['cancelled'] })).toEqual([900_003])
    expect(await numbers({ status: ['active'] })).toEqual([900_001, 900_002, 900_004])
    expect(await numbers({ nextFrom: '2026-12-11', nextTo: '2026-12-31' })).toEqual([900_002])
    expect(await numbers({ turnFrom: 2, turnTo: 7 })).toEqual([900_002])
    expect(await numbers({ failedTries: 2 })).toEqual([900_002])
    expect(await numbers({ failedTries: 3 })).toEqual([])
    expect(await numbers({ attention: true })).toEqual([900_002])
    expect(await numbers({ cardExpires: true })).toEqual([900_004])
    expect(await numbers({ cancelReason: 'price' })).toEqual([900_003])
    expect(await numbers({ text: '山田' })).toEqual([900_001])
    expect(await numbers({ text: '090-1111-2222' })).toEqual([900_003])
    expect(await numbers({ text: '900004' })).toEqual([900_004])
    const [row] = (await desk().list({ filter: { text: '900002' } })).items
    expect(row).toMatchObject({ failedTries: 2, attention: 'card-refused', nextTurn: 7 })
    const { customer_id: customerId } = await db
      .selectFrom('subscription')
      .select('customer_id')
      .executeTakeFirstOrThrow()
    expect(await numbers({ customerId })).toHaveLength(4)
    expect(await numbers({ customerId: newId() })).toEqual([])
    const item = await db.selectFrom('subscription_item').select('product_id').executeTakeFirstOrThrow()
    expect(await numbers({ productId: item.product_id })).toHaveLength(4)
    expect(await numbers({ productId: newId() })).toEqual([])
  })

  it('tells 有効 from 停止 as of today, whatever is kept of the pause', async () => {
    const day = (next_deliver_on: string) => ({ next_deliver_on })
    await plantContract(database, admin, day('2026-12-01'))
    await plantContract(database, admin, {
      ...day('2026-12-02'),
      pause_from: '2026-11-24',
      pause_until: '2026-11-25',
    })
    await plantContract(database, admin, {
      ...day('2026-12-03'),
      pause_from: '2026-11-01',
      pause_until: '2026-11-24',
    })
    await plantContract(database, admin, { ...day('2026-12-04'), pause_from: '2026-11-25' })
    await plantContract(database, admin, { ...day('2026-12-05'), pause_from: '2026-11-20' })
    await plantContract(database, admin, { status: 'paused', pause_from: '2026-11-20' })
    expect(await numbers({ status: ['active'] })).toEqual([900_001, 900_003, 900_004])
    expect(await numbers({ status: ['paused'] })).toEqual([900_002, 900_005, 900_006])
    expect(await numbers({ status: ['paused', 'active'] })).toHaveLength(6)
    expect(await numbers({ nextFrom: '2026-12-04' })).toEqual([900_004, 900_005])
    expect(await numbers({ nextTo: '2026-12-02' })).toEqual([900_001, 900_002])
  })

  it('finds the contracts of a product, few or many', async () => {
    const { product_id: productId } = await plantContract(database, admin).then(() =>
      database.db.selectFrom('subscription_item').select('product_id').executeTakeFirstOrThrow(),
    )
    expect(await numbers({ productId })).toEqual([900_001])
    await manyContracts(database, await owners(database, admin), {
      count: 6_000,
      today: '2026-11-24',
      seed: 1,
    })
    const { items, count } = await desk().list({ filter: { productId }, limit: 20 })
    expect(count).toEqual({ value: 1000, more: true })
    const held = await database.db
      .selectFrom('subscription_item')
      .select('subscription_id')
      .where('product_id', '=', productId)
      .execute()
    const holders = new Set(held.map((row) => row.subscription_id))
    expect(items.every(({ id }) => holders.has(id))).toBe(true)
    const days = items.map(({ nextDeliverOn }) => nextDeliverOn ?? '9')
    expect(days).toEqual(days.toSorted())
  })

  it('writes what it shows to a file', async () => {
    await plantContract(database, admin, { status: 'cancelled', cancel_reason: 'effect' })
    const chunks: Uint8Array[] = []
    const saving = subscriptionDesk(
      subscriptionDeps(database, clock),
      admin,
      'admin',
      async (name, parts) => {
        expect(name).toBe('定期一覧_2026-11-24.csv')
        for await (const part of parts) chunks.push(Buffer.from(part))
        return { saved: true }
      },
    )
    const done = await saving.exportCsv({ filter: {}, encoding: 'utf-8' })
    expect(done).toEqual({ saved: true, rows: 1, unwritable: [] })
    const [head, line] = Buffer.concat(chunks).toString('utf8').split('\r\n')
    expect(head).toContain('定期番号,状態,顧客番号')
    expect(line).toMatch(/^900001,解約,/)
    expect(line).toContain('毎月10日')
    expect(line).toContain('効果を感じない')
  })
})
