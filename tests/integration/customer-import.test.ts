import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  cancelImport,
  decide,
  importDetail,
  saveReport,
  undoImport,
} from '../../src/main/features/customer-imports/customer-imports.service'
import { readHead, previewRows } from '../../src/main/features/customer-imports/read-head'
import { CustomerFilter } from '../../src/contract/customers'
import { exportCustomers } from '../../src/main/features/customers/customers.csv'
import { systemClock } from '../../src/main/platform/clock'
import { saveFileWith } from '../../src/main/platform/save-file'
import { chosenFiles } from '../../src/main/platform/chosen-files'
import { newId } from '../../src/main/platform/ids'
import { customerLine, writeCustomerCsv } from '../support/customer-csv'
import { addPerson } from '../support/customer-rows'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openImportWorld, type ImportWorld } from '../support/import-world'

forEachDatabase('an import of customers', (openPlace) => {
  let place: DatabasePlace
  let world: ImportWorld
  let folder: string
  let file: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-import-'))
    file = join(folder, 'customers.csv')
    place = await openPlace()
    world = await openImportWorld(place.config, { saveTo: join(folder, 'report.csv') })
  })
  afterEach(async () => {
    await world.close()
    await place.drop()
    rmSync(folder, { recursive: true, force: true })
  })
  const { stringify } = JSON
  const detail = (id: string) => importDetail(world.deps, id)
  const customer = (number: number) =>
    world.database.db.selectFrom('customer').selectAll().where('number', '=', number).executeTakeFirst()

  it('takes all good rows, reports the broken ones by line, and shows everything by one switch', async () => {
    const broken = (at: number, line: string) =>
      at === 77 ? line.replace(/@example/, ' at example') : at === 99 ? `"${line}` : line
    writeCustomerCsv(file, { rows: 300, change: broken })
    const seenWhileHidden: number[] = []
    world.events.on((event) => {
      if (event.type === 'job' && event.job.state === 'running')
        void world.seen().then((all) => seenWhileHidden.push(all.length))
    })
    const id = await world.start(file)
    expect((await world.halted(id)).state).toBe('done')
    const { state, counts, faults } = await detail(id)
    expect({ state, counts }).toEqual({
      state: 'visible',
      counts: { read: 300, added: 298, updated: 0, skipped: 0, broken: 2, kept: 0 },
    })
    expect(faults.map(({ reason }) => reason)).toEqual([
      'メールアドレスの形式が正しくありません。',
      '引用符(")の位置が正しくありません。',
    ])
    const lines = readFileSync(file, 'utf8').split('\n')
    expect(faults.map(({ line }) => lines[line - 1]?.split(',')[0])).toEqual(['100077', '"100099'])
    expect(await world.seen()).toHaveLength(298)
    expect(seenWhileHidden.every((count) => count === 0 || count === 298)).toBe(true)
    expect(await customer(100_001)).toMatchObject({
      family_name: '大野',
      family_kana: 'オオノ',
      company: '株式会社大野商店',
      phone: '09065403487',
      phone_last4: '3487',
      postal_code: '8100001',
      prefecture: '福岡県',
      city: '福岡市中央区',
      kind: 'member',
      sex: 'male',
      birthday: '1985-11-17',
      job_code: 3,
      created_at: Date.UTC(2015, 5, 6, 1, 20, 30),
    })
    const report = await saveReport(world.deps, id)
    expect(report).toEqual({ saved: true, rows: 2 })
    expect(readFileSync(join(folder, 'report.csv'), 'utf8')).toContain('メールアドレスの形式')
  })

  it('asks about a broken row when told to, and goes on from it as the person decides', async () => {
    writeCustomerCsv(file, { rows: 120, change: (at, line) => (at % 50 === 0 ? `${line},too,many` : line) })
    const id = await world.start(file, { choices: { broken: 'ask' } })
    expect((await world.halted(id)).state).toBe('asking')
    const asked = await detail(id)
    expect(asked.question).toMatchObject({ reason: '項目数が28です(見出しは26項目)。' })
    expect(asked.counts.added).toBe(49)
    expect(await world.seen()).toEqual([])
    await decide(world.deps, id, 'skip')
    expect((await world.halted(id)).state).toBe('asking')
    await decide(world.deps, id, 'skip-all')
    expect((await world.halted(id)).state).toBe('done')
    expect((await detail(id)).counts).toMatchObject({ read: 120, added: 118, broken: 2 })
    expect(await world.seen()).toHaveLength(118)
  })

  it('leaves nothing behind when it is given up', async () => {
    writeCustomerCsv(file, { rows: 80, change: (at, line) => (at === 70 ? 'x' : line) })
    const id = await world.start(file, { choices: { broken: 'ask' } })
    await world.halted(id)
    await decide(world.deps, id, 'stop')
    expect((await world.halted(id)).state).toBe('cancelled')
    expect((await detail(id)).state).toBe('cancelled')
    expect(await customer(100_001)).toBeUndefined()
  })

  it('can be given up when its file is gone', async () => {
    writeCustomerCsv(file, { rows: 80, change: (at, line) => (at === 70 ? 'x' : line) })
    const id = await world.start(file, { choices: { broken: 'ask' } })
    await world.halted(id)
    rmSync(file)
    await decide(world.deps, id, 'skip')
    await expect(world.halted(id)).rejects.toThrow()
    await cancelImport(world.deps, id)
    expect((await world.halted(id)).state).toBe('cancelled')
    expect(await detail(id)).toMatchObject({ state: 'cancelled', counts: { added: 69 } })
    expect(await customer(100_001)).toBeUndefined()
  })

  it('can be undone: its customers vanish, but those with changes since stay', async () => {
    writeCustomerCsv(file, { rows: 150 })
    const id = await world.start(file)
    await world.halted(id)
    await world.database.db
      .updateTable('customer')
      .set({ note: '要連絡', version: 2 })
      .where('number', '=', 100_010)
      .execute()
    await undoImport(world.deps, world.session, id)
    expect((await world.halted(id)).state).toBe('done')
    expect(await world.seen()).toEqual([100_010])
    const { state, counts, kept } = await detail(id)
    expect(state).toBe('undone')
    expect(counts.kept).toBe(1)
    expect(kept).toMatchObject([{ number: 100_010, reason: 'edited' }])
    expect(await customer(100_001)).toBeUndefined()
  })

  it.each(['skip', 'update', 'add'] as const)(
    'does with known customers what was chosen: %s',
    async (duplicates) => {
      await addPerson(world.database, { number: 100_003, note: '前からのお客様', phone: '0312345678' })
      await addPerson(world.database, { number: 5, phone: '09065403487' })
      writeCustomerCsv(file, { rows: 10 })
      const id = await world.start(file, { choices: { duplicates, matchOn: ['number', 'phone'] } })
      await world.halted(id)
      const { counts } = await detail(id)
      const [known, byPhone] = [await customer(100_003), await customer(5)]
      if (duplicates === 'skip') {
        expect(counts).toMatchObject({ added: 8, skipped: 2, updated: 0 })
        expect(known).toMatchObject({ phone: '0312345678', version: 1 })
      }
      if (duplicates === 'update') {
        expect(counts).toMatchObject({ added: 8, skipped: 0, updated: 2 })
        expect(known).toMatchObject({ family_name: '池田', note: '前からのお客様', version: 2 })
        expect(byPhone).toMatchObject({ family_name: '大野', version: 2 })
        await undoImport(world.deps, world.session, id)
        await world.halted(id)
        expect(await customer(100_003)).toMatchObject({
          family_name: '鈴木',
          phone: '0312345678',
          version: 3,
        })
        expect(await world.seen()).toEqual([5, 100_003])
      }
      if (duplicates === 'add') {
        expect(counts).toMatchObject({ added: 10, skipped: 0, updated: 0 })
        expect(await world.seen()).toHaveLength(12)
      }
    },
  )

  it('takes a customer who stands in the file twice once', async () => {
    const lines = [customerLine(1), customerLine(2), customerLine(1), customerLine(3)]
    writeCustomerCsv(file, { rows: 4, change: (at) => lines[at - 1] ?? '' })
    const id = await world.start(file)
    await world.halted(id)
    expect((await detail(id)).counts).toMatchObject({ added: 3, skipped: 1 })
    expect((await detail(id)).faults[0]?.reason).toContain('同じファイルの中')
  })

  it('reads back what the export in the same columns has written', async () => {
    writeCustomerCsv(file, { rows: 40 })
    const first = await world.start(file)
    await world.halted(first)
    const kept = async () =>
      (await world.database.db.selectFrom('customer').selectAll().orderBy('number').execute()).map(
        ({ id: _id, import_id: _import, ...row }) => row,
      )
    const before = await kept()
    const out = join(folder, 'out.csv')
    const filter = CustomerFilter.parse({})
    const deps = { database: world.database, clock: systemClock, saveFile: saveFileWith(async () => out) }
    const wish = { filter, encoding: 'shift_jis', columns: 'ec-cube' } as const
    expect(await exportCustomers(deps, wish)).toEqual({ saved: true, rows: 40, unwritable: [] })
    const files = chosenFiles(async () => out)
    const head = await readHead(files, (await files.choose()) ?? '', null)
    expect(head).toMatchObject({ ecCube: true, reading: { codePage: 'cp932' } })
    await undoImport(world.deps, world.session, first)
    await world.halted(first)
    expect(await kept()).toEqual([])
    await world.halted(await world.start(out, { reading: head.reading }))
    expect(await kept()).toEqual(before)
  })

  it('reads a file of other columns, in Shift_JIS and with tabs, and gives numbers that nobody has', async () => {
    const rows = [
      'お客様コード\t氏名\tフリガナ\t住所\t電話番号\t備考',
      'A1\t髙橋　一郎\tﾀｶﾊｼ ｲﾁﾛｳ\t東京都新宿区西新宿2-8-1\t03(1234)5678\t①',
    ]
    writeFileSync(file, iconv.encode(rows.join('\r\n'), 'cp932'))
    const files = chosenFiles(async () => file)
    const fileId = (await files.choose()) ?? newId()
    const head = await readHead(files, fileId, null)
    expect(head).toMatchObject({ ecCube: false, reading: { codePage: 'cp932', delimiter: '\t' } })
    expect(head.reading.meanings).toEqual(['number', 'fullName', 'fullKana', 'fullAddress', 'phone', 'note'])
    const meanings = [null, ...head.reading.meanings.slice(1)]
    const [preview] = await previewRows(files, fileId, { ...head.reading, meanings })
    expect(preview).toMatchObject({ line: 2, reasons: [] })
    expect(stringify(preview?.fields)).toContain('高橋'.replace('高', '髙'))
    const id = await world.start(file, { reading: { ...head.reading, meanings } })
    await world.halted(id)
    expect(await customer(10_001)).toMatchObject({
      family_name: '髙橋',
      given_name: '一郎',
      family_kana: 'タカハシ',
      prefecture: '東京都',
      city: '新宿区',
      address: '西新宿2-8-1',
      phone: '0312345678',
      note: '①',
      kind: 'offline',
    })
  })
})
