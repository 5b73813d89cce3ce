import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DeskEvent } from '../../src/contract/system'
import { customerInsert } from '../../src/main/db/customer-write'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { readCaller } from '../../src/main/domain/calls/caller'
import { callsRouter } from '../../src/main/features/calls/calls.router'
import { callDesk } from '../../src/main/features/calls/calls.service'
import { manualClock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { newId } from '../../src/main/platform/ids'
import { silentLog } from '../../src/main/platform/log'
import { addImport } from '../support/customer-rows'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, sessionAs, type SampleAdmin } from '../support/seeded'

const NOW = Date.UTC(2026, 10, 23, 1)
const MINUTE = 60_000
const DAY = 1440 * MINUTE
const ALL = { filter: { text: '', state: [] }, cursor: null, limit: 50 }

forEachDatabase('calls', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  const clock = manualClock(NOW)
  beforeEach(async () => {
    clock.set(NOW)
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    await database.db.deleteFrom('phone_call').execute()
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  function seat(name: string) {
    const events = new Emitter<DeskEvent>()
    const told: string[] = []
    events.on((event) => told.push(event.type))
    const desk = callDesk({ database, clock, log: silentLog, events, seat: () => name })
    const ways = {
      view: () => ({ clipboard: false, link: false }),
      watchClipboard: async () => undefined,
      ownCopy: () => undefined,
    }
    const calls = createRouterClient(
      callsRouter(() => ({ desk, db: database.db, ways })),
      { context: { seat: { name, session: sessionAs(admin, 'staff'), lastTouchedAt: NOW } } },
    )
    const ring = async (...texts: string[]) => {
      for (const text of texts) {
        const caller = readCaller(text)
        if (caller) desk.ring(caller, 'link')
      }
      await desk.settled()
    }
    return { desk, calls, ring, told }
  }

  async function customer(number: number, name: string, phone: string): Promise<string> {
    const id = newId()
    const [familyName = '', givenName = ''] = name.split(' ')
    const kana = { familyKana: 'カナ', givenKana: 'カナ' }
    const at = { postalCode: '1000001', prefecture: '東京都', city: '千代田区', address: '1-1', building: '' }
    const fields = { familyName, givenName, ...kana, phone, email: '', ...at }
    await database.batch(customerInsert(database, { id, number, fields, now: NOW }))
    return id
  }
  const also = (id: string, digits: string) =>
    database.db
      .insertInto('customer_other_phone')
      .values({ customer_id: id, position: 1, digits, last4: digits.slice(-4), typed: digits, label: '' })
      .execute()

  it('a call waits in the bar of its seat, with who it may be, until it is answered', async () => {
    const [one, two] = [seat('一番'), seat('二番')]
    const known = await customer(90_001, '着信 花子', '0311110001')
    await also(await customer(90_002, '別番 一郎', '0311110009'), '0311110002')
    await customer(90_003, '同居 二郎', '0311110002')
    await one.ring('03-1111-0001', '0311110002', '0311110003', '非通知')
    const { waiting } = await one.calls.bar()
    expect(waiting.map(({ phone, match }) => [phone, match])).toEqual([
      ['0311110001', { kind: 'one', customerId: known, name: '着信 花子' }],
      ['0311110002', { kind: 'several', count: 2 }],
      ['0311110003', { kind: 'unknown' }],
      ['', { kind: 'no-number' }],
    ])
    expect((await two.calls.bar()).waiting).toEqual([])
    expect(one.told).toContain('calls-changed')

    const [first, second] = waiting
    if (!first || !second) throw new Error('nothing waits')
    const answered = await one.calls.answer({ id: first.id })
    expect(answered).toMatchObject({ state: 'answered', answeredBy: admin.name, answeredAt: NOW })
    await expect(one.calls.answer({ id: first.id })).resolves.toMatchObject({ state: 'answered' })
    const names = (await one.calls.candidates({ id: second.id })).map(({ name }) => name)
    expect(names.toSorted()).toEqual(['別番 一郎', '同居 二郎'].toSorted())
    expect((await one.calls.bar()).waiting).toHaveLength(3)
  })

  it('who was merged, anonymised, or not yet imported is nobody', async () => {
    const { calls, ring } = seat('一番')
    const ids = [
      await customer(90_001, '統合 済', '0311110001'),
      await customer(90_002, '匿名 化', '0311110002'),
      await customer(90_003, '取込 中', '0311110003'),
    ]
    const set = (at: number, change: object) =>
      database.db
        .updateTable('customer')
        .set(change)
        .where('id', '=', ids[at] ?? '')
        .execute()
    await set(0, { status: 'merged' })
    await set(1, { status: 'anonymised' })
    const hidden = newId()
    await addImport(database, { id: hidden, hidden: 1, staff: admin.id })
    await set(2, { import_id: hidden })
    await ring('0311110001', '0311110002', '0311110003')
    const { waiting } = await calls.bar()
    expect(waiting.map(({ match }) => match.kind)).toEqual(['unknown', 'unknown', 'unknown'])
    for (const { id } of waiting) expect(await calls.candidates({ id })).toEqual([])
  })

  it('a call that another person took is refused to the next, at whatever seat', async () => {
    const { calls, ring, desk } = seat('一番')
    await ring('0311110001')
    const [call] = (await calls.bar()).waiting
    if (!call) throw new Error('nothing waits')
    const other = newId()
    const user = await database.db.selectFrom('staff_user').selectAll().executeTakeFirstOrThrow()
    await database.db
      .insertInto('staff_user')
      .values({ ...user, id: other, email: 'other@example.jp', name: '別の 担当' })
      .execute()
    await desk.answer(call.id, other)
    await expect(calls.answer({ id: call.id })).rejects.toMatchObject({ code: 'ANSWERED' })
    await expect(calls.answer({ id: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('what nobody answers leaves the bar after three minutes and is unanswered for 30 days', async () => {
    const { calls, ring, desk } = seat('一番')
    await ring('0311110001', '0311110002')
    const [, second] = (await calls.bar()).waiting
    await calls.pass({ id: second?.id ?? '' })
    expect(await calls.bar()).toMatchObject({ unanswered: 1 })
    expect((await calls.bar()).waiting).toHaveLength(1)
    clock.advance(3 * MINUTE)
    expect(await calls.bar()).toMatchObject({ waiting: [], unanswered: 2 })
    const [newest] = (await calls.list(ALL)).items
    expect(newest).toMatchObject({ state: 'unanswered', answeredBy: null, keptUntil: NOW + 30 * DAY })
    await calls.answer({ id: newest?.id ?? '' })
    const states = async (...state: ('answered' | 'unanswered')[]) =>
      (await calls.list({ ...ALL, filter: { text: '', state } })).count.value
    expect([await states('answered'), await states('unanswered'), await states()]).toEqual([1, 1, 2])

    clock.set(NOW + 30 * DAY - 1)
    expect(await desk.history.purge()).toBe(0)
    expect((await calls.list(ALL)).count.value).toBe(2)
    clock.set(NOW + 30 * DAY)
    expect((await calls.list(ALL)).count.value).toBe(0)
    expect(await desk.history.purge()).toBe(2)
  })

  it('a thousand links leave twenty calls and a count; a thousand of one number are one call', async () => {
    const { calls, ring, told } = seat('一番')
    await ring(...Array.from({ length: 1000 }, () => '0311110001'))
    expect((await calls.bar()).waiting).toMatchObject([{ phone: '0311110001', times: 1000 }])
    expect(told.length).toBeLessThan(5)
    await ring(...Array.from({ length: 1000 }, (_, at) => `03${22_220_000 + at}`))
    const { waiting, leftOut } = await calls.bar()
    expect(waiting).toHaveLength(20)
    expect(leftOut).toEqual({ count: 981, at: NOW })
    const rows = await database.db.selectFrom('phone_call').select('id').execute()
    expect(rows).toHaveLength(20)
    await calls.hideLeftOut()
    expect((await calls.bar()).leftOut).toBeNull()
  })

  it('calls survive the desk, and a locked screen learns no number', async () => {
    await seat('一番').ring('09012345678', '公衆電話')
    const later = seat('一番')
    expect((await later.calls.bar()).waiting).toHaveLength(2)
    expect(await later.calls.behindLock()).toEqual([
      { masked: '•••••••••78', rangAt: NOW },
      { masked: '', rangAt: NOW },
    ])
  })

  it('the history comes page by page, by the end of a number, and by customer with all the phones', async () => {
    const { calls, ring } = seat('一番')
    const id = await customer(90_001, '着信 花子', '0311110001')
    await also(id, '09011110001')
    for (let at = 0; at < 7; at++) {
      await ring(at % 2 === 0 ? '0311110001' : '09011110001', `03333300${String(at).padStart(2, '0')}`)
      clock.advance(4 * MINUTE)
    }
    const pages = async (
      read: (cursor: string | null) => Promise<{ items: { id: string }[]; next: string | null }>,
    ) => {
      const ids: string[] = []
      for (let cursor: string | null = null; ;) {
        const page = await read(cursor)
        ids.push(...page.items.map((row) => row.id))
        if (page.next === null) return ids
        cursor = page.next
      }
    }
    expect(new Set(await pages((cursor) => calls.list({ ...ALL, cursor, limit: 3 }))).size).toBe(14)
    expect(
      new Set(await pages((cursor) => calls.ofCustomer({ customerId: id, cursor, limit: 3 }))).size,
    ).toBe(7)
    const found = await calls.list({ ...ALL, filter: { text: '０００１', state: [] } })
    expect(found.count.value).toBe(8)
    expect((await calls.list({ ...ALL, filter: { text: '佐藤', state: [] } })).count.value).toBe(0)
    await expect(calls.list({ ...ALL, cursor: 'x' })).rejects.toMatchObject({ code: 'BAD_CURSOR' })
    expect((await calls.ofCustomer({ customerId: newId(), cursor: null, limit: 3 })).items).toEqual([])
  })
})
