import { afterEach, beforeEach, expect, it } from 'vitest'
import { auditHash } from '../../src/main/db/audit'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { addPerson } from '../support/customer-rows'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { addDraft, dump, giveThings, mergeAs, mergeDesk, type MergeDesk } from '../support/merge-world'
import { openSeeded, type SampleAdmin } from '../support/seeded'

const NOW = Date.UTC(2026, 10, 23, 1)
const SECRETS = [
  'ヒミツノ',
  'himitsu@example.jp',
  '0344440000',
  '0355550000',
  '極秘町',
  '在庫の返事',
  '電話で本人から',
]

forEachDatabase('anonymising a customer', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let desk: MergeDesk
  let customerId: string
  const clock = manualClock(NOW)
  beforeEach(async () => {
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    desk = mergeDesk(database, admin, clock)
    customerId = await addPerson(database, {
      number: 90_001,
      family_name: 'ヒミツノ',
      family_kana: 'ヒミツノ',
      email: 'himitsu@example.jp',
      phone: '0344440000',
      address: '極秘町1-1',
      mail_consent: 'yes',
    })
    await giveThings(database, { customerId, userId: admin.id, tag: '極秘町', phone: '0355550000', at: NOW })
    for (const phone of ['0344440000', '0355550000']) await addCall(phone)
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  const addCall = (phone: string) =>
    database.db
      .insertInto('phone_call')
      .values({
        id: crypto.randomUUID(),
        seat: '受付1番',
        kind: 'number',
        phone,
        source: 'link',
        state: 'passed',
        rang_at: NOW,
        last_rang_at: NOW,
        times: 1,
        answered_at: null,
        answered_by: null,
        checkout_id: null,
      })
      .execute()
  const rowOf = (id: string) =>
    database.db.selectFrom('customer').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const anonymise = async (reason = 'ご本人からの依頼') =>
    desk.anonymising.anonymise({
      customerId,
      version: (await desk.anonymising.preview({ customerId })).version,
      reason,
    })
  const giveOrder = async (status: 'shipped' | 'new') => {
    const order = await database.db.selectFrom('sales_order').select('id').limit(1).executeTakeFirstOrThrow()
    await database.db
      .updateTable('sales_order')
      .set({ customer_id: customerId, status })
      .where('id', '=', order.id)
      .execute()
    await database.db
      .updateTable('payment')
      .set({ status: 'captured' })
      .where('order_id', '=', order.id)
      .execute()
    return order.id
  }

  it('takes everything personal away, keeps the order as it was said, and is written down', async () => {
    const orderId = await giveOrder('shipped')
    const order = await database.db.selectFrom('sales_order').selectAll().where('id', '=', orderId).execute()
    const seen = await desk.anonymising.preview({ customerId })
    expect(seen).toMatchObject({ blocks: [], calls: 2, ordersKept: 1, endsUndo: 0 })
    expect(seen.goes.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['phones', 'addresses', 'tags', 'callbacks', 'notes', 'drafts', 'cards']),
    )
    await anonymise()
    const left = (await dump(database)).filter((line) => !line.startsWith('sales_order '))
    for (const secret of SECRETS) expect(left.filter((line) => line.includes(secret))).toEqual([])
    expect(await rowOf(customerId)).toMatchObject({
      family_name: '匿名化済み',
      status: 'anonymised',
      mail_consent: 'no',
    })
    expect(
      await database.db.selectFrom('sales_order').selectAll().where('id', '=', orderId).execute(),
    ).toEqual(order)
    // A mail that waited for a call calls for nobody any more.
    const mail = await database.db
      .selectFrom('customer_mail')
      .selectAll()
      .where('customer_id', '=', customerId)
      .executeTakeFirstOrThrow()
    expect(mail).toMatchObject({ state: 'cancelled', recipient: null, subject: '匿名化済み' })
    expect((await desk.customers.search({ text: 'ヒミツノ' })).items).toEqual([])
    expect(await desk.customers.get({ id: customerId })).toMatchObject({ isAnonymised: true, cards: [] })
    await expect(desk.anonymising.preview({ customerId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is refused while a 定期 goes on, and says so', async () => {
    await database.db
      .updateTable('subscription')
      .set({ status: 'paused' })
      .where('customer_id', '=', customerId)
      .execute()
    await expect(anonymise()).rejects.toMatchObject({ code: 'NOT_YET', data: { blocks: ['subscriptions'] } })
  })

  it('is refused with an order on its way, a draft in its payment, a stale version, or no reason', async () => {
    const orderId = await giveOrder('new')
    await expect(anonymise()).rejects.toMatchObject({ code: 'NOT_YET', data: { blocks: ['orders'] } })
    await database.db
      .updateTable('sales_order')
      .set({ status: 'cancelled' })
      .where('id', '=', orderId)
      .execute()
    const draft = await addDraft(database, { customerId, userId: admin.id, at: NOW, status: 'authorizing' })
    await expect(anonymise()).rejects.toMatchObject({ code: 'NOT_YET', data: { blocks: ['checkouts'] } })
    await database.db.updateTable('checkout').set({ status: 'discarded' }).where('id', '=', draft).execute()
    await expect(desk.anonymising.anonymise({ customerId, version: 99, reason: 'x' })).rejects.toMatchObject({
      code: 'STALE',
    })
    await expect(anonymise('  ')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await rowOf(customerId)).toMatchObject({ status: 'active' })
    await anonymise()
  })

  it('ends what could be taken back: both customers are emptied, and the links still lead to one', async () => {
    const other = await addPerson(database, { number: 90_002, family_name: 'ヒミツノ', phone: '0366660000' })
    const { mergeId } = await mergeAs(desk, customerId, other, 'merged')
    expect(await desk.anonymising.preview({ customerId })).toMatchObject({ endsUndo: 1 })
    await anonymise()
    await expect(desk.merging.undo({ mergeId })).rejects.toMatchObject({ code: 'UNDO_OVER' })
    expect(await rowOf(other)).toMatchObject({ family_name: '匿名化済み', status: 'anonymised' })
    expect((await desk.customers.get({ id: other })).id).toBe(customerId)
    const kept = await database.db.selectFrom('customer_merge').selectAll().executeTakeFirstOrThrow()
    expect(kept).toMatchObject({ state: 'ended', kept_before: '{}', kept_after: '{}' })
  })

  it('a number that somebody else has keeps its calls', async () => {
    await addPerson(database, { number: 90_003, phone: '0344440000' })
    await anonymise()
    const calls = await database.db
      .selectFrom('phone_call')
      .select('phone')
      .where('rang_at', '=', NOW)
      .execute()
    const phones = calls.map(({ phone }) => phone)
    expect(phones).toContain('0344440000')
    expect(phones).not.toContain('0355550000')
  })

  it('rows of 操作ログ hang on each other', async () => {
    const other = await addPerson(database, { number: 90_002 })
    await mergeAs(desk, customerId, other)
    await anonymise()
    const rows = await database.db.selectFrom('audit_event').selectAll().orderBy('seq').execute()
    expect(rows.map(({ action }) => action)).toEqual(['customer.merge', 'customer.anonymise'])
    expect(rows[1]?.prev_hash).toBe(rows[0]?.hash)
    for (const row of rows) {
      const { at, seat, action } = row
      const [actorId, objectId] = [row.actor_id ?? '', row.object_id ?? '']
      const said = { at, seat, actorId, action, objectType: row.object_type, objectId, detail: {} }
      expect(auditHash(row.prev_hash, said, row.detail)).toBe(row.hash)
    }
  })
})
