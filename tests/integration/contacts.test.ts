import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DeskEvent } from '../../src/contract/system'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { callbacksRouter } from '../../src/main/features/callbacks/callbacks.router'
import { overdueCallbacks } from '../../src/main/features/callbacks/callbacks.service'
import { contactLogRouter } from '../../src/main/features/contact-log/contact-log.router'
import { waitingEscalations } from '../../src/main/features/contact-log/contact-log.service'
import { identityCheckRouter } from '../../src/main/features/identity-check/identity-check.router'
import { pinnedNotesRouter } from '../../src/main/features/pinned-notes/pinned-notes.router'
import { manualClock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, sessionAs, type SampleAdmin } from '../support/seeded'

const NOW = Date.UTC(2026, 10, 23, 1)
const MINUTE = 60_000
const CONTACT = {
  channel: 'phone' as const,
  direction: 'in' as const,
  topicId: null,
  resultId: null,
  status: 'open' as const,
  body: '箱が潰れていたとのこと',
  dueOn: '2026-11-22',
  orderIds: [],
}

forEachDatabase('contacts with customers', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let staffId: string
  let customerId: string
  let strangerId: string
  const told: string[] = []
  const clock = manualClock(NOW)
  beforeEach(async () => {
    clock.set(NOW)
    told.length = 0
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    const { db } = database
    for (const table of ['contact_log_order', 'contact_log', 'callback', 'pinned_note'] as const)
      await db.deleteFrom(table).execute()
    const people = await db.selectFrom('staff_user').select('id').where('role', '=', 'staff').execute()
    staffId = people[0]?.id ?? ''
    const orders = await db.selectFrom('sales_order').select('customer_id').limit(200).execute()
    customerId = orders[0]?.customer_id ?? ''
    strangerId = orders.find((one) => one.customer_id !== customerId)?.customer_id ?? ''
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  function desk(who: 'admin' | 'staff', seat = '受付1番') {
    const events = new Emitter<DeskEvent>()
    events.on(({ type }) => told.push(type))
    const deps = { database, clock, events }
    const session = { ...sessionAs(admin, who), userId: who === 'admin' ? admin.id : staffId }
    const context = { seat: { name: seat, session, lastTouchedAt: NOW } }
    return {
      log: createRouterClient(
        contactLogRouter(() => deps),
        { context },
      ),
      callbacks: createRouterClient(
        callbacksRouter(() => deps),
        { context },
      ),
      notes: createRouterClient(
        pinnedNotesRouter(() => deps),
        { context },
      ),
      identity: createRouterClient(
        identityCheckRouter(() => deps),
        { context },
      ),
    }
  }
  const list = (log: ReturnType<typeof desk>['log'], filter: object = {}) =>
    log.list({ filter: { text: '', mine: false, open: false, escalated: false, due: false, ...filter } })

  it('a contact is kept, found by its words and conditions, and a stale correction is refused', async () => {
    const { log } = desk('staff')
    const added = await log.add({ ...CONTACT, customerId })
    expect(added).toMatchObject({ isOverdue: true, operatorName: '練習 太郎', version: 1 })
    expect(told).toContain('contacts-changed')
    const bodies = async (filter: object) => (await list(log, filter)).items.map(({ body }) => body)
    expect(await bodies({ text: '箱 潰れ' })).toEqual([CONTACT.body])
    expect(await bodies({ text: '箱 返品' })).toEqual([])
    expect(await bodies({ mine: true, due: true })).toEqual([CONTACT.body])
    expect((await list(desk('admin').log, { mine: true })).items).toEqual([])
    expect((await log.list({ customerId: strangerId })).items).toEqual([])
    const saved = await log.save({ ...CONTACT, id: added.id, version: 1, status: 'done', body: '交換で手配' })
    expect(saved).toMatchObject({ version: 2, status: 'done', isOverdue: false })
    await expect(log.save({ ...CONTACT, id: added.id, version: 1 })).rejects.toMatchObject({
      code: 'STALE',
      data: { version: 2 },
    })
    expect(await bodies({ open: true })).toEqual([])
  })

  it('pages by keyset show every contact once, and hide customers that are not to be seen', async () => {
    const { log } = desk('staff')
    for (let index = 0; index < 7; index++) {
      clock.advance(index % 2)
      await log.add({ ...CONTACT, customerId, body: `記録${index}` })
    }
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const found: Awaited<ReturnType<typeof log.list>> = await log.list({ customerId, cursor, limit: 3 })
      seen.push(...found.items.map(({ body }) => body))
      cursor = found.next
    } while (cursor !== null)
    expect(seen.toSorted()).toEqual(Array.from({ length: 7 }, (_, index) => `記録${index}`))
    await database.db
      .updateTable('customer')
      .set({ status: 'anonymised' })
      .where('id', '=', customerId)
      .execute()
    expect(await list(log)).toMatchObject({ items: [], count: { value: 0 } })
  })

  it('an order of somebody else and a code of the wrong kind are refused', async () => {
    const { log } = desk('staff')
    const foreign = await database.db
      .selectFrom('sales_order')
      .select('id')
      .where('customer_id', '=', strangerId)
      .executeTakeFirstOrThrow()
    const template = (await log.masters()).find(({ kind }) => kind === 'template')
    const refused = { code: 'INVALID' }
    await expect(log.add({ ...CONTACT, customerId, orderIds: [foreign.id] })).rejects.toMatchObject(refused)
    await expect(log.add({ ...CONTACT, customerId, topicId: template?.id ?? null })).rejects.toMatchObject(
      refused,
    )
  })

  it('an escalation is raised, answered by a supervisor, told and closed, one step after the other', async () => {
    const staff = desk('staff').log
    const boss = desk('admin').log
    const { id } = await staff.add({ ...CONTACT, customerId })
    await expect(boss.answer({ id, version: 1, answer: '早い' })).rejects.toMatchObject({ code: 'MOVED' })
    await staff.escalate({ id, version: 1, reason: '責任者をご希望' })
    expect(await waitingEscalations(database.db, staffId)).toEqual({ open: 1, answered: 0 })
    await expect(staff.escalate({ id, version: 2, reason: '再度' })).rejects.toMatchObject({ code: 'MOVED' })
    const answered = await boss.answer({ id, version: 2, answer: '全額返金でご案内ください' })
    expect(answered.escalation).toMatchObject({
      state: 'answered',
      raisedBy: '練習 太郎',
      answeredBy: admin.name,
    })
    expect(await waitingEscalations(database.db, staffId)).toEqual({ open: 0, answered: 1 })
    expect((await list(staff, { escalated: true })).items).toHaveLength(1)
    await staff.closeEscalation({ id, version: 3 })
    expect((await list(staff, { escalated: true })).items).toEqual([])
    expect(await waitingEscalations(database.db, staffId)).toEqual({ open: 0, answered: 0 })
  })

  it('a callback reminds its person when its time has come, can be put off, and one of two seats ends it', async () => {
    const one = desk('staff', '受付1番').callbacks
    const two = desk('staff', '受付2番').callbacks
    const boss = desk('admin').callbacks
    const made = await boss.add({
      customerId,
      dueAt: NOW + 10 * MINUTE,
      assigneeId: staffId,
      phone: '03-1234-5678',
      reason: '在庫の確認',
    })
    expect(await one.reminders()).toEqual({ due: [], nextAt: NOW + 10 * MINUTE })
    clock.advance(10 * MINUTE)
    expect((await one.reminders()).due).toMatchObject([{ id: made.id, isOverdue: true, phone: '0312345678' }])
    expect((await boss.reminders()).due).toEqual([])
    expect((await overdueCallbacks(database.db, staffId, clock.now())).count).toBe(1)
    const later = await one.snooze({ id: made.id, version: 1, minutes: 5 })
    expect((await two.reminders()).due).toEqual([])
    expect((await overdueCallbacks(database.db, staffId, clock.now())).count).toBe(1)
    clock.advance(5 * MINUTE)
    expect((await two.reminders()).due).toHaveLength(1)
    const ended = await two.end({ id: made.id, version: later.version, as: 'done' })
    expect(ended).toMatchObject({ status: 'done', endedBy: '練習 太郎' })
    await expect(one.end({ id: made.id, version: later.version, as: 'done' })).rejects.toMatchObject({
      code: 'TAKEN',
    })
    expect((await list(desk('staff').log)).items).toMatchObject([{ direction: 'out', status: 'done' }])
    await one.reopen({ id: made.id, version: ended.version })
    expect((await one.reminders()).due).toHaveLength(1)
  })

  it('a callback to anyone reminds everybody; a phone that is none is refused', async () => {
    const { callbacks } = desk('admin')
    const wish = { customerId, dueAt: NOW, assigneeId: null, phone: '0312345678', reason: '折り返し' }
    await callbacks.add(wish)
    expect((await desk('staff').callbacks.reminders()).due).toHaveLength(1)
    await expect(callbacks.add({ ...wish, phone: '110' })).rejects.toMatchObject({ code: 'INVALID' })
  })

  it('notes stay pinned until they are taken off, and come back', async () => {
    const { notes } = desk('staff')
    const [note] = await notes.pin({ customerId, body: '次回、新茶の案内を希望' })
    expect(note).toMatchObject({ body: '次回、新茶の案内を希望', createdBy: '練習 太郎' })
    expect(await notes.set({ id: note?.id ?? '', pinned: false })).toEqual([])
    expect(await notes.ofCustomer({ customerId })).toEqual([])
    expect(await notes.set({ id: note?.id ?? '', pinned: true })).toHaveLength(1)
  })

  it('a caller is confirmed by enough matches, at this seat, for this call and not for ever', async () => {
    const { identity, log } = desk('staff')
    const before = await identity.state({ customerId })
    expect(before).toMatchObject({ enabled: true, required: 2, verifiedUntil: null, last: null })
    // The sample customer's birthday is not known: nobody can be asked for it.
    expect(before.questions.map(({ question }) => question)).toEqual(['name-kana', 'phone', 'address'])
    const kana = { question: 'name-kana' as const, matched: true }
    const failed = await identity.record({
      customerId,
      asked: [kana, kana, { question: 'phone', matched: false }],
    })
    expect(failed).toMatchObject({ verifiedUntil: null, last: { outcome: 'failed' } })
    clock.advance(1)
    const done = await identity.record({ customerId, asked: [kana, { question: 'phone', matched: true }] })
    expect(done.verifiedUntil).toBe(NOW + 1 + 30 * MINUTE)
    expect((await desk('staff', '受付2番').identity.state({ customerId })).verifiedUntil).toBeNull()
    expect((await desk('admin').identity.state({ customerId })).verifiedUntil).toBeNull()
    const { items } = await log.list({ customerId })
    expect(items.map(({ kind }) => kind)).toEqual(['identity-check', 'identity-check'])
    expect(items[0]?.body).toBe('本人確認ができました。\n一致: お名前(カナ)、電話番号')
    expect((await identity.end({ customerId })).verifiedUntil).toBeNull()
    clock.advance(1)
    await identity.record({ customerId, asked: [kana, { question: 'phone', matched: true }] })
    clock.advance(30 * MINUTE)
    expect((await identity.state({ customerId })).verifiedUntil).toBeNull()
  })

  it('what is asked follows the settings', async () => {
    const { identity } = desk('admin')
    const { version, values } = await identity.settings()
    await identity.saveSettings({
      version,
      values: { ...values, questions: ['phone', 'last-order'], required: 1 },
    })
    const state = await identity.state({ customerId })
    expect(state.questions.map(({ question }) => question)).toEqual(['phone', 'last-order'])
    const asked = [{ question: 'address' as const, matched: true }]
    await expect(identity.record({ customerId, asked })).rejects.toMatchObject({ code: 'NOT_ASKED' })
  })
})
