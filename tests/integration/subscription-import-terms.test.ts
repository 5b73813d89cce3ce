import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DeskDatabase } from '../../src/main/db/open-database'
import {
  importDetail,
  undoImport,
  writeImport,
} from '../../src/main/features/subscription-imports/subscription-imports.service'
import { manualClock } from '../../src/main/platform/clock'
import { addPerson } from '../support/customer-rows'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, type SampleAdmin } from '../support/seeded'
import { contractImports, contractLine, writeContractCsv } from '../support/subscription-import-world'
import { openEveryDay } from '../support/subscription-rows'
import { subscriptionDeps, subscriptionDesk } from '../support/subscription-world'

const NOW = Date.UTC(2026, 10, 24, 1)
const FIRST = 70_001

forEachDatabase('what a file tells of 定期 besides goods and dates', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let folder: string
  const clock = manualClock(NOW)

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-contract-terms-'))
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    await openEveryDay(database)
    const home = { postal_code: '2200001', prefecture: '神奈川県', city: '横浜市西区', address: '1-1' }
    await addPerson(database, { number: FIRST, phone: '0451234500', ...home })
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const contracts = () =>
    database.db
      .selectFrom('subscription')
      .selectAll()
      .where('external_number', 'is not', null)
      .orderBy('number')
      .execute()

  it('takes the fifth weekday of the month as 設定 > 定期 has it', async () => {
    const desk = subscriptionDesk(subscriptionDeps(database, clock), admin)
    const { version, settings } = await desk.settings()
    await desk.saveSettings({ version, settings: { ...settings, missingFifth: 'pass-over' } })
    const file = join(folder, '第5.csv')
    const fifth = { external: 'S1', customer: FIRST, rule: '毎月第5火曜日', next: '2026/12/29' }
    writeContractCsv(file, [contractLine(fifth)])
    const world = contractImports(database, place.config, { clock, admin })
    const id = await world.check(file)
    await world.halted(id)
    await writeImport(world.deps, world.session, id)
    await world.halted(id)
    const [made] = await contracts()
    const { plan } = await desk.get({ id: made?.id ?? '' })
    // January and February have four Tuesdays.
    expect(plan.slice(0, 2).map(({ deliverOn }) => deliverOn)).toEqual(['2026-12-29', '2027-03-30'])
    await world.frame.close()
  })

  it('brings sets, prices by turn, end, のし and 停止 along, and takes back what was on hold too', async () => {
    const setsAndSteps = {
      mode: '交互',
      items: 'A101×2@1980→A102',
      steps: '初回 50%引き;2回目以降 500円引き',
    }
    const rows = [
      { external: 'S1', customer: FIRST, ...setsAndSteps, noshi: ['御祝', '山田'] as const },
      { external: 'S2', customer: FIRST, mode: 'コース', items: 'A101→A102→A101', turns: 1, lastTurn: 3 },
      { external: 'S3', customer: FIRST, next: '', turns: 5, state: '停止中' },
      { external: 'S4', customer: FIRST, state: '停止中', resumeOn: '2027/01/20' },
      { external: 'S5', customer: FIRST, items: 'A101→A102' },
      { external: 'S6', customer: FIRST, steps: '500円' },
      { external: 'S7', customer: FIRST, steps: '初回 10%引き;1〜3回目 5%引き' },
      { external: 'S8', customer: FIRST, lastTurn: 2 },
      { external: 'S9', customer: FIRST, state: '解約済み' },
      { external: 'S10', customer: FIRST, next: '', rule: '毎月', state: '停止中' },
    ]
    const file = join(folder, '定期.csv')
    writeContractCsv(file, rows.map(contractLine))
    const world = contractImports(database, place.config, { clock, admin })
    const id = await world.check(file)
    await world.halted(id)
    const checked = await importDetail(world.deps, id)
    expect(checked.ready.map(({ nextDeliverOn, pause, terms }) => [nextDeliverOn, pause, terms])).toEqual([
      ['2026-12-15', '', '1回目 50%引き、2回目以降 500円引き、のし「御祝」山田'],
      ['2026-12-15', '', '3回目まで'],
      ['', '停止', ''],
      ['2027-02-15', '1月20日(水)の前日まで停止', ''],
    ])
    expect(checked.ready[0]?.items).toContain(' → ')
    expect(checked.faults.map(({ reason }) => reason)).toEqual([
      '商品が2組以上あります。商品の組み方を「交互」か「コース」にしてください。',
      expect.stringContaining('回ごとの価格「500円」を読み取れません。'),
      'ほかの価格と回が重なっています。1つの回に使える価格は1つです。',
      '終了回は、次回の4回目以降にしてください。',
      '終わった定期です(「解約済み」)。続いている定期だけを取り込みます。',
      expect.stringContaining('「毎月15日」のように日や曜日まで書いてください。'),
    ])
    await writeImport(world.deps, world.session, id)
    await world.halted(id)
    const made = await contracts()
    expect(made.map((row) => [row.status, row.item_mode, row.last_turn, row.next_deliver_on])).toEqual([
      ['active', 'alternating', null, '2026-12-15'],
      ['active', 'course', 3, '2026-12-15'],
      ['paused', 'fixed', null, null],
      ['active', 'fixed', null, '2027-02-15'],
    ])
    const first = await subscriptionDesk(subscriptionDeps(database, clock), admin).get({
      id: made[0]?.id ?? '',
    })
    expect(
      first.sets.map((set) => set.map(({ code, quantity, unitPrice }) => [code, quantity, unitPrice])),
    ).toEqual([[['A101', 2, 1980]], [['A102', 1, null]]])
    expect(first.form.priceSteps).toMatchObject([
      { fromTurn: 1, toTurn: 1, kind: 'percent-off', value: 50 },
      { fromTurn: 2, toTurn: null, kind: 'yen-off', value: 500 },
    ])
    expect(first.form.gift.noshi).toEqual({ cord: 'bow', title: '御祝', names: ['山田'], place: 'inner' })
    await undoImport(world.deps, world.session, id)
    await world.halted(id)
    expect(await importDetail(world.deps, id)).toMatchObject({ state: 'undone', kept: [] })
    expect(await contracts()).toEqual([])
    await world.frame.close()
  })
})
