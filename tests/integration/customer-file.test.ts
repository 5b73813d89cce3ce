import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { customerFileRouter } from '../../src/main/features/customer-file/customer-file.router'
import { searchCustomers } from '../../src/main/features/customers/customer-list.repository'
import { manualClock } from '../../src/main/platform/clock'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, sessionAs, type SampleAdmin } from '../support/seeded'

const ANYBODY = {
  sort: 'kana' as const,
  descending: false,
  cursor: null,
  limit: 50,
  prefecture: '',
  tag: '',
  blacklist: null,
  orderedFrom: null,
  orderedTo: null,
}
const NOW = Date.UTC(2026, 10, 23, 1)

forEachDatabase("a customer's file", (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let customerId: string
  const clock = manualClock(NOW)
  beforeEach(async () => {
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    const order = await database.db.selectFrom('sales_order').select('customer_id').executeTakeFirstOrThrow()
    customerId = order.customer_id
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  const desk = () =>
    createRouterClient(
      customerFileRouter(() => ({ database, clock })),
      { context: { seat: { name: '受付1番', session: sessionAs(admin, 'staff'), lastTouchedAt: NOW } } },
    )

  it('a file keeps phones, tags and how a consent came about; a stale save changes nothing', async () => {
    const file = desk()
    const before = await file.get({ customerId })
    const fields = {
      ...before.fields,
      company: '株式会社さくら',
      birthday: '1975-04-01',
      phones: [{ label: '勤務先', phone: '03‐1234‐5678' }],
      tags: ['贈答', '贈答'],
      dmConsent: 'no' as const,
    }
    const change = { customerId, version: before.version, fields }
    await expect(file.save({ ...change, consentHow: ' ' })).rejects.toMatchObject({ code: 'INVALID_FIELDS' })
    const saved = await file.save({ ...change, consentHow: '電話で本人から' })
    expect(saved.fields).toMatchObject({
      phones: [{ label: '勤務先', phone: '0312345678' }],
      tags: ['贈答'],
      birthday: '1975-04-01',
    })
    expect(saved.consents[0]).toMatchObject({
      channel: 'dm',
      consent: 'no',
      how: '電話で本人から',
      by: admin.name,
      at: NOW,
    })
    await expect(
      file.save({ ...change, fields: { ...fields, phones: [], tags: [] }, consentHow: 'x' }),
    ).rejects.toMatchObject({ code: 'STALE', data: { version: saved.version } })
    expect(await file.get({ customerId })).toEqual(saved)
  })

  it('whoever calls from a further phone is found by it, and by nothing that was taken away', async () => {
    const file = desk()
    const found = async (text: string) =>
      (await searchCustomers(database, { ...ANYBODY, text })).items.map(({ id }) => id)
    const before = await file.get({ customerId })
    const save = (version: number, phone: string) =>
      file.save({
        customerId,
        version,
        fields: { ...before.fields, phones: [{ label: '勤務先', phone }] },
        consentHow: '電話で本人から',
      })
    const first = await save(before.version, '0398761234')
    expect(await found('0398761234')).toEqual([customerId])
    await save(first.version, '0398764321')
    expect(await found('0398761234')).toEqual([])
    expect(await found('98764321')).toEqual([customerId])
  })

  it('an お届け先 is added, corrected over its version, taken away and brought back', async () => {
    const file = desk()
    const fields = {
      label: '実家',
      name: '佐藤 一郎',
      phone: '0612345678',
      postalCode: '530-0001',
      prefecture: '大阪府',
      city: '大阪市北区',
      address: '梅田1-1',
      building: '',
    }
    const before = (await file.get({ customerId })).addresses.length
    const added = await file.addAddress({ customerId, fields })
    const made = added.addresses.find(({ label }) => label === '実家')
    expect(made).toMatchObject({ postalCode: '5300001', version: 1 })
    const id = made?.id ?? ''
    await file.saveAddress({ id, version: 1, fields: { ...fields, building: '2階' } })
    await expect(file.saveAddress({ id, version: 1, fields })).rejects.toMatchObject({
      code: 'STALE',
      data: { version: 2 },
    })
    await expect(
      file.addAddress({ customerId, fields: { ...fields, prefecture: '大阪' } }),
    ).rejects.toMatchObject({ code: 'INVALID_FIELDS', data: { fields: [{ path: 'prefecture' }] } })
    expect((await file.removeAddress({ id, removed: true })).addresses).toHaveLength(before)
    const back = await file.removeAddress({ id, removed: false })
    expect(back.addresses.find((one) => one.id === id)).toMatchObject({ building: '2階' })
  })

  it('orders and payments of a customer come in pages, each once, and nobody else’s', async () => {
    const file = desk()
    const { db } = database
    const own = await db
      .selectFrom('sales_order')
      .select(['id'])
      .where('customer_id', '=', customerId)
      .execute()
    const orders: string[] = []
    let cursor: string | null = null
    do {
      const found: Awaited<ReturnType<typeof file.orders>> = await file.orders({
        customerId,
        cursor,
        limit: 1,
      })
      orders.push(...found.items.map(({ id }) => id))
      cursor = found.next
    } while (cursor !== null)
    expect(orders.toSorted()).toEqual(own.map(({ id }) => id).toSorted())
    const paid = await db
      .selectFrom('payment')
      .innerJoin('sales_order', 'sales_order.id', 'payment.order_id')
      .select(['payment.id', 'sales_order.customer_id'])
      .execute()
    const buyer = paid[0]?.customer_id ?? ''
    const { items } = await file.payments({ customerId: buyer, limit: 200 })
    expect(items.map(({ id }) => id).toSorted()).toEqual(
      paid
        .filter((one) => one.customer_id === buyer)
        .map(({ id }) => id)
        .toSorted(),
    )
  })
})
