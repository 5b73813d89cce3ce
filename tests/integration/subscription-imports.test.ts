import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  cancelImport,
  importDetail,
  saveReport,
  undoImport,
  writeImport,
} from '../../src/main/features/subscription-imports/subscription-imports.service'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { newId } from '../../src/main/platform/ids'
import { builtChild } from '../support/built-child'
import { addPerson } from '../support/customer-rows'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, type SampleAdmin } from '../support/seeded'
import { contractImports, contractLine, writeContractCsv } from '../support/subscription-import-world'
import { openEveryDay } from '../support/subscription-rows'
import { subscriptionDeps, subscriptionDesk } from '../support/subscription-world'

const NOW = Date.UTC(2026, 10, 24, 1)
const FIRST = 70_001

forEachDatabase('an import of running 定期', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let folder: string
  let file: string
  const clock = manualClock(NOW)

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-contracts-'))
    file = join(folder, '定期.csv')
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    await openEveryDay(database)
    for (const table of [
      'subscription_event',
      'subscription_cycle',
      'subscription_turn_change',
      'subscription_price_step',
      'subscription_item',
      'subscription',
    ] as const)
      await database.db.deleteFrom(table).execute()
    for (let at = 0; at < 4; at++) {
      await addPerson(database, {
        number: FIRST + at,
        phone: `045123450${at}`,
        postal_code: '2200001',
        prefecture: '神奈川県',
        city: '横浜市西区',
        address: '1-1',
      })
    }
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const imports = () =>
    contractImports(database, place.config, { clock, admin, saveTo: join(folder, 'report.csv') })
  const desk = () => subscriptionDesk(subscriptionDeps(database, clock), admin)
  const contracts = () => database.db.selectFrom('subscription').selectAll().orderBy('number').execute()
  async function addCard(customer: number, card: { token: string; last3: string }) {
    const { id } = await database.db
      .selectFrom('customer')
      .select('id')
      .where('number', '=', customer)
      .executeTakeFirstOrThrow()
    const row = {
      id: newId(),
      customer_id: id,
      checkout_id: null,
      service: 'remise',
      brand: 'VISA',
      masked: `************0${card.last3}`,
      expiry_yymm: '3012',
      on_file: 1 as const,
      keypad_serial: null,
      created_at: 0,
      removed_at: null,
      version: 1,
      ...card,
    }
    await database.db.insertInto('card').values(row).execute()
    return row.id
  }

  it('looks at every row first, and tells of each why it is not taken; neither token nor card number is kept', async () => {
    await addCard(FIRST, { token: 'tok-secret', last3: '111' })
    writeContractCsv(file, [
      contractLine({ external: 'T1', customer: FIRST, price: 2800, product2: 'A102' }),
      contractLine({ external: 'T2', customer: FIRST, method: 'クレジットカード', token: 'tok-secret' }),
      contractLine({ external: 'T3', customer: FIRST + 1, method: 'カード', token: 'tok-unknown' }),
      contractLine({ external: 'T1', customer: FIRST + 2 }),
      contractLine({ external: 'T5', customer: 1 }),
      contractLine({ external: 'T6', customer: FIRST, product: 'NO-SUCH' }),
      contractLine({ external: 'T7', customer: FIRST, next: '2026/11/25' }),
      contractLine({ external: 'T8', customer: FIRST, rule: 'ときどき', token: 'tok-broken' }),
      contractLine({ external: 'T9', customer: FIRST, note: '4111111111111111' }),
      contractLine({ external: 'T10', customer: FIRST, rule: '毎月30日' }),
      contractLine({ external: 'T11', customer: FIRST + 3, rule: '毎月14日', next: '2026/12/13' }),
    ])
    const world = imports()
    const id = await world.check(file)
    await world.halted(id)
    const detail = await importDetail(world.deps, id)
    expect(detail).toMatchObject({
      state: 'checked',
      counts: { read: 11, good: 4, broken: 7, noCard: 1, written: 0 },
    })
    expect(
      detail.ready.map(({ line, turn, noCard, nextDeliverOn }) => [line, turn, noCard, nextDeliverOn]),
    ).toEqual([
      [2, 4, false, '2026-12-15'],
      [3, 4, false, '2026-12-15'],
      [4, 4, true, '2026-12-15'],
      [12, 4, false, '2026-12-13'],
    ])
    expect(detail.faults.map(({ line, reason }) => [line, reason])).toEqual([
      [5, '同じファイルの中に、定期番号「T1」の行がほかにもあります。'],
      [6, '顧客番号1のお客様が見つかりません。'],
      [7, '商品コード「NO-SUCH」の商品が見つかりません。'],
      [8, expect.stringContaining('に間に合いません。最短は')],
      [9, 'お届け周期「ときどき」を読み取れません。'],
      [10, expect.stringContaining('カード番号と思われる数字')],
      [11, expect.stringContaining('お届け周期「毎月30日」の日から離れています。')],
    ])
    expect(await contracts()).toEqual([])
    await saveReport(world.deps, id)
    const report = readFileSync(join(folder, 'report.csv'), 'utf8')
    expect(report).toContain('ときどき')
    const kept = await Promise.all(
      (['subscription_import_fault', 'subscription_import_row'] as const).map((table) =>
        database.db.selectFrom(table).selectAll().execute(),
      ),
    )
    expect(`${report}${JSON.stringify(kept)}`).not.toMatch(/tok-|4111111111111111/)
    await world.frame.close()
  })

  it('makes contracts of the good rows, seen all at once, and takes them back while nobody has touched them', async () => {
    const cardId = await addCard(FIRST, { token: 'tok-1', last3: '111' })
    writeContractCsv(file, [
      contractLine({ external: 'T1', customer: FIRST, price: 2800, product2: 'A102', turns: 11 }),
      contractLine({ external: 'T2', customer: FIRST, method: 'クレジット', token: 'tok-1' }),
      contractLine({
        external: 'T3',
        phone: '045-123-4500',
        method: 'カード',
        rule: '毎月14日',
        next: '2026/12/13',
        place: ['鈴木 花子', '0312345678', '1000001', '東京都千代田区千代田1-1'],
      }),
    ])
    const world = imports()
    const id = await world.check(file)
    await world.halted(id)
    await writeImport(world.deps, world.session, id)
    await world.halted(id)
    expect(await importDetail(world.deps, id)).toMatchObject({
      state: 'visible',
      counts: { good: 3, written: 3, noCard: 1 },
      ready: [],
    })
    const rows = await contracts()
    expect(rows.map((row) => [row.external_number, row.status, row.next_turn, row.next_deliver_on])).toEqual([
      ['T1', 'active', 12, '2026-12-15'],
      ['T2', 'active', 4, '2026-12-15'],
      ['T3', 'active', 4, '2026-12-13'],
    ])
    expect(rows[1]?.card_id).toBe(cardId)
    expect(rows[2]).toMatchObject({ card_id: null, ship_prefecture: '東京都', ship_city: '千代田区' })
    const shown = await desk().get({ id: rows[0]?.id ?? '' })
    expect(shown.sets[0]?.map(({ code, quantity, unitPrice }) => [code, quantity, unitPrice])).toEqual([
      ['A101', 1, 2800],
      ['A102', 1, null],
    ])
    expect(shown.events[0]?.text).toBe(
      'ほかのシステムから取り込みました(お届け済み11回、移行元の定期番号 T1)',
    )
    const waiting = await desk().list({ filter: { attention: true } })
    expect(waiting.items.map(({ number, attention }) => [number, attention])).toEqual([
      [rows[2]?.number, 'no-card'],
    ])
    // The same file again takes nothing twice.
    const again = await world.check(file)
    await world.halted(again)
    expect((await importDetail(world.deps, again)).counts).toMatchObject({ good: 0, broken: 3 })
    await cancelImport(world.deps, again)
    expect((await importDetail(world.deps, again)).state).toBe('cancelled')
    // One is changed; the others go.
    const first = rows[0]
    await desk().skip({ id: first?.id ?? '', version: 1, override: '', ruleIndex: 0 })
    await undoImport(world.deps, world.session, id)
    await world.halted(id)
    expect(await importDetail(world.deps, id)).toMatchObject({
      state: 'undone',
      counts: { kept: 1 },
      kept: [{ number: first?.number }],
    })
    expect((await contracts()).map(({ number }) => number)).toEqual([first?.number])
    await world.frame.close()
  })

  it('goes on after kills in the middle, and has every contract once', async () => {
    const ROWS = 240
    writeContractCsv(
      file,
      Array.from({ length: ROWS }, (_, at) =>
        contractLine({ external: `K${at}`, customer: at === 100 ? 1 : FIRST + (at % 4), turns: at % 20 }),
      ),
    )
    const child = builtChild(join(import.meta.dirname, '../support/subscription-import-child.ts'))
    let died = 0
    for (const killAtBatch of [3, 2, 4, 3, 0]) {
      const task = { config: place.config, admin, now: NOW, file: died === 0 ? file : null, killAtBatch }
      const running = spawn(process.execPath, [child, JSON.stringify(task)], {
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const trouble = text(running.stderr)
      const [code, signal]: unknown[] = await once(running, 'exit')
      if (signal === 'SIGKILL') {
        died++
        // Nobody sees a part of them.
        expect((await desk().list({ filter: {} })).items).toEqual([])
      } else if (code !== 0) throw new Error(await trouble)
    }
    expect(died).toBe(4)
    const rows = await contracts()
    expect(rows.map((row) => row.external_number)).toHaveLength(ROWS - 1)
    expect(new Set(rows.map((row) => row.external_number)).size).toBe(ROWS - 1)
    expect(rows.every(({ status }) => status === 'active')).toBe(true)
    const { items } = await database.db
      .selectFrom('subscription_item')
      .select((eb) => eb.fn.countAll<number>().as('items'))
      .executeTakeFirstOrThrow()
    expect(Number(items)).toBe(ROWS - 1)
    const row = await database.db.selectFrom('subscription_import').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ state: 'visible', rows_read: ROWS, rows_good: ROWS - 1, rows_broken: 1 })
    expect(row.rows_written).toBe(ROWS - 1)
  })
})
