import { Emitter } from '../../src/main/platform/emitter'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Session } from '../../src/contract/auth'
import {
  PHOTO_PART_CHARS,
  type InspectionAnswers,
  type InspectionItem,
} from '../../src/contract/keypad-inspections'
import { PHOTO_MAX_BYTES } from '../../src/contract/photo'
import { ROLE_PERMISSIONS } from '../../src/contract/permissions'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { inspectionsRouter } from '../../src/main/features/inspections/inspections.router'
import { inspectionReminders } from '../../src/main/features/inspections/inspections.service'
import { manualClock } from '../../src/main/platform/clock'
import { newId } from '../../src/main/platform/ids'
import { saveFileWith } from '../../src/main/platform/save-file'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { addKeypad, openSeeded, type SampleAdmin } from '../support/seeded'

const DAY = 24 * 60 * 60_000
/** 23 November 2026, 10:00 in Tokyo. */
const NOW = Date.UTC(2026, 10, 23, 1)
const FILTER = { text: '', status: [], shopId: [], dueFrom: null, dueTo: null }

const YES = { answer: 'yes', note: '' } as const
const yes = (): InspectionAnswers => ({
  serial: YES,
  case: YES,
  cable: YES,
  label: YES,
  screen: YES,
  place: YES,
})
const finding = (item: InspectionItem, note: string): InspectionAnswers => ({
  ...yes(),
  [item]: { answer: 'no', note },
})

const png = (bytes: number): Buffer => {
  const photo = Buffer.alloc(bytes, 7)
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(photo)
  return photo
}

forEachDatabase('inspections of keypads', (openPlace) => {
  const clock = manualClock(NOW)
  let place: DatabasePlace
  let folder: string
  let database: DeskDatabase
  let owner: SampleAdmin
  let admin: Session
  let staff: Session
  let file: string | null

  beforeEach(async () => {
    clock.set(NOW)
    place = await openPlace()
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-inspect-'))
    file = join(folder, 'audit.csv')
    const seeded = await openSeeded(place.config, clock)
    database = seeded.database
    owner = seeded.admin
    admin = {
      userId: owner.id,
      name: owner.name,
      email: 'admin@example.jp',
      role: 'admin',
      permissions: [...ROLE_PERMISSIONS.admin],
      shop: owner.shop,
      locked: false,
      idleLockMinutes: 15,
    }
    staff = { ...admin, role: 'staff', permissions: [...ROLE_PERMISSIONS.staff] }
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const saveFile = saveFileWith(async () => file)
  const routers = new Map<DeskDatabase, ReturnType<typeof inspectionsRouter>>()
  const desk = (session: Session) => {
    const known =
      routers.get(database) ?? inspectionsRouter(() => ({ database, clock, saveFile, events: new Emitter() }))
    routers.set(database, known)
    return createRouterClient(known, { context: { seat: { name: 's', session, lastTouchedAt: 0 } } })
  }

  const keypad = (serial: string, daysAgo: number, more: { shopId?: string; state?: 'stopped' } = {}) =>
    addKeypad(database, owner, { serial, at: NOW - daysAgo * DAY, ...more })
  const otherShop = async () => {
    const id = newId()
    const shop = { id, code: 'S99', name: '札幌支店', postal_code: '', address: '', phone: '' }
    await database.db
      .insertInto('shop')
      .values({ ...shop, registration_number: null, created_at: NOW, version: 1 })
      .execute()
    return id
  }
  const serials = async (session: Session, filter: object = {}) =>
    (await desk(session).list({ filter: { ...FILTER, ...filter } })).items.map(({ serial }) => serial)
  const sign = (keypadId: string, answers = yes(), photoId: string | null = null) =>
    desk(staff).sign({ keypadId, answers, note: '', photoId })

  it('fall due the interval after registration, most urgent first, and again after each clean one', async () => {
    const late = await keypad('TK-LATE', 40)
    await keypad('TK-TODAY', 30)
    await keypad('TK-NEW', 0)
    await keypad('TK-STOPPED', 90, { state: 'stopped' })
    const { items, count } = await desk(admin).list({ filter: FILTER })
    expect(items.map(({ serial, dueOn, status }) => [serial, dueOn, status])).toEqual([
      ['TK-LATE', '2026-11-13', 'overdue'],
      ['TK-TODAY', '2026-11-23', 'due-soon'],
      ['TK-NEW', '2026-12-23', 'scheduled'],
    ])
    expect(count).toEqual({ value: 3, more: false })
    expect(await sign(late)).toMatchObject({ result: 'pass', dueOn: '2026-11-13', signer: staff.name })
    const after = await desk(admin).keypad({ keypadId: late })
    expect(after.due).toEqual({ dueOn: '2026-12-23', status: 'scheduled' })
    await desk(admin).saveSettings({ version: 1, intervalDays: 7 })
    expect((await desk(admin).keypad({ keypadId: late })).due?.dueOn).toBe('2026-11-30')
    await expect(desk(admin).saveSettings({ version: 1, intervalDays: 9 })).rejects.toMatchObject({
      code: 'STALE',
    })
  })

  it('are found by status, text, shop and day, page by page', async () => {
    const shopId = await otherShop()
    for (const [index, daysAgo] of [40, 35, 30, 25, 10].entries()) await keypad(`TK-${index}`, daysAgo)
    await keypad('SP-1', 33, { shopId })
    expect(await serials(admin, { status: ['overdue'] })).toEqual(['TK-0', 'TK-1', 'SP-1'])
    expect(await serials(admin, { status: ['due-soon'] })).toEqual(['TK-2', 'TK-3'])
    expect(await serials(admin, { text: '札幌' })).toEqual(['SP-1'])
    expect(await serials(admin, { text: '100%' })).toEqual([])
    expect(await serials(admin, { shopId: [shopId] })).toEqual(['SP-1'])
    expect(await serials(admin, { dueFrom: '2026-11-23', dueTo: '2026-11-23' })).toEqual(['TK-2'])
    const first = await desk(admin).list({ filter: FILTER, limit: 4 })
    const second = await desk(admin).list({ filter: FILTER, limit: 4, cursor: first.next })
    expect([...first.items, ...second.items].map(({ serial }) => serial)).toEqual([
      'TK-0',
      'TK-1',
      'SP-1',
      'TK-2',
      'TK-3',
      'TK-4',
    ])
    expect(second.next).toBeNull()
  })

  it('show staff the keypads of their own shop only, wherever they ask', async () => {
    const shopId = await otherShop()
    const foreign = await keypad('SP-1', 40, { shopId })
    await keypad('TK-1', 40)
    expect(await serials(staff)).toEqual(['TK-1'])
    await expect(desk(staff).keypad({ keypadId: foreign })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(desk(staff).history({ keypadId: foreign })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(sign(foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await inspectionReminders({ database, clock }, staff)).toMatchObject({ overdue: 1 })
    expect(await inspectionReminders({ database, clock }, admin)).toMatchObject({ overdue: 2 })
    expect((await desk(staff).month({ month: '2026-11' })).days).toMatchObject([{ overdue: 1 }])
  })

  it('with a finding stay on ホーム until a clean one or 使用停止, which ends what is due', async () => {
    const id = await keypad('TK-1', 20)
    const failed = await sign(id, finding('label', '背面に知らないシール'))
    expect(failed.result).toBe('fail')
    expect((await desk(admin).keypad({ keypadId: id })).due?.status).toBe('failed')
    expect(await inspectionReminders({ database, clock }, admin)).toEqual({
      overdue: 0,
      oldestDueOn: null,
      failed: 1,
    })
    clock.advance(DAY)
    await sign(id)
    expect((await inspectionReminders({ database, clock }, admin)).failed).toBe(0)
    clock.advance(DAY)
    const again = await sign(id, finding('case', '開封跡'))
    const stopped = await desk(admin).stop({ inspectionId: again.id, reason: 'tampered', note: '' })
    expect(stopped).toMatchObject({ state: 'stopped', stopReason: 'tampered', due: null })
    expect(await serials(admin)).toEqual([])
    await expect(sign(id)).rejects.toMatchObject({ code: 'NOT_REGISTERED' })
    const events = await database.db.selectFrom('keypad_event').selectAll().execute()
    expect(events).toMatchObject([{ keypad_id: id, type: 'settings', subtype: 'stopped' }])
    const { items } = await desk(admin).history({ keypadId: id })
    expect(items.map(({ result }) => result)).toEqual(['fail', 'pass', 'fail'])
  })

  it('take an いいえ only with a note', async () => {
    const id = await keypad('TK-1', 20)
    await expect(sign(id, finding('case', ' '))).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect((await desk(admin).history({ keypadId: id })).items).toEqual([])
  })

  it('keep a photo byte for byte, and none that is too large or no picture', async () => {
    const id = await keypad('TK-1', 20)
    const send = async (photo: Buffer) => {
      const photoId = newId()
      const data = photo.toString('base64')
      for (let at = 0; at * PHOTO_PART_CHARS < data.length; at += 1) {
        const part = data.slice(at * PHOTO_PART_CHARS, (at + 1) * PHOTO_PART_CHARS)
        await desk(staff).photoPart({ photoId, position: at, data: part })
      }
      return photoId
    }
    const photo = png(PHOTO_MAX_BYTES)
    const signed = await sign(id, yes(), await send(photo))
    const kept = await desk(admin).photo({ inspectionId: signed.id })
    expect(kept.type).toBe('image/png')
    expect(Buffer.from(kept.data, 'base64').equals(photo)).toBe(true)
    const tooLarge = send(png(PHOTO_MAX_BYTES + 1)).then((photoId) => sign(id, yes(), photoId))
    await expect(tooLarge).rejects.toMatchObject({ code: 'BAD_PHOTO' })
    const page = await send(Buffer.from('<svg onload=alert(1)>'))
    await expect(sign(id, yes(), page)).rejects.toMatchObject({ code: 'BAD_PHOTO' })
    await expect(sign(id, yes(), newId())).rejects.toMatchObject({ code: 'PHOTO_LOST' })
    expect((await desk(admin).history({ keypadId: id })).items).toHaveLength(1)
  })

  it('stand in the month on the day they are due and on the day they were done', async () => {
    const id = await keypad('TK-1', 25)
    await keypad('TK-2', 24)
    await keypad('TK-3', 40)
    await sign(id, finding('screen', '表示が欠ける'))
    const { days, today } = await desk(admin).month({ month: '2026-11' })
    expect(today).toBe('2026-11-23')
    expect(days).toEqual([
      { date: '2026-11-13', due: 0, overdue: 1, passed: 0, failed: 0 },
      { date: '2026-11-23', due: 0, overdue: 0, passed: 0, failed: 1 },
      { date: '2026-11-28', due: 1, overdue: 0, passed: 0, failed: 0 },
      { date: '2026-11-29', due: 1, overdue: 0, passed: 0, failed: 0 },
    ])
    expect((await desk(admin).month({ month: '2026-02' })).days).toEqual([])
  })

  it('go to the auditor as CSV with every field, safe in a spreadsheet', async () => {
    const id = await keypad('=cmd|calc', 20)
    await sign(id, finding('cable', '異物, "黒い粒"'))
    for (let more = 0; more < 3; more += 1) {
      clock.advance(DAY)
      await sign(id)
    }
    const everything = { from: null, to: null, keypadId: null }
    expect(await desk(admin).exportCsv(everything)).toEqual({ saved: true, rows: 4 })
    const text = readFileSync(join(folder, 'audit.csv'), 'utf8')
    expect(text.startsWith('\ufeff点検ID,点検日時,期限日,判定,署名者')).toBe(true)
    const lines = text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(5)
    expect(lines[1]).toContain(',2026-11-23 10:00:00,2026-12-03,異常あり,')
    expect(lines[1]).toContain(`'=cmd|calc`)
    expect(lines[1]).toContain('いいえ,"異物, ""黒い粒"""')
    expect(await desk(admin).exportCsv({ ...everything, from: '2026-11-24', to: '2026-11-25' })).toEqual({
      saved: true,
      rows: 2,
    })
    file = null
    expect(await desk(admin).exportCsv(everything)).toEqual({ saved: false, rows: 0 })
  })

  it('a file that cannot be written leaves the one before and no half', async () => {
    await keypad('TK-1', 20)
    writeFileSync(join(folder, 'audit.csv'), 'before')
    const broken = saveFileWith(async () => join(folder, 'audit.csv'))
    async function* fails(): AsyncGenerator<string> {
      yield 'half'
      throw new Error('the database went away')
    }
    await expect(broken('x.csv', fails())).rejects.toThrow('went away')
    await expect(saveFileWith(async () => join(folder, 'no', 'such.csv'))('x', fails())).rejects.toThrow()
    expect(readFileSync(join(folder, 'audit.csv'), 'utf8')).toBe('before')
    expect(readdirSync(folder)).toEqual(['audit.csv'])
  })
})
