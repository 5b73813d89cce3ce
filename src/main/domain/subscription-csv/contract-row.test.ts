import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ContractCsvRow, contractRowReader } from './contract-row'
import { guessContractColumns } from './fields'

/** Reads one row of a file with this head line; its columns as they are guessed. */
function read(cells: Readonly<Record<string, string>>) {
  const all = { 顧客番号: '10001', 商品一覧: 'A101', お届け周期: '30日ごと', 支払方法: '代引', ...cells }
  const head = Object.keys(all)
  return contractRowReader(guessContractColumns(head), () => false)(Object.values(all))
}

const row = (cells: Readonly<Record<string, string>>) => {
  const outcome = read({ 次回お届け日: '2026/12/15', ...cells })
  return outcome.ok ? outcome.row : outcome.reasons
}

describe('goods', () => {
  it('come with prices and in sets; a slash inside a code parts nothing', () => {
    expect(row({ 商品一覧: 'A/101×2@1,980円;B102 → C-1', 商品の組み方: '交互' })).toMatchObject({
      itemMode: 'alternating',
      items: [
        { code: 'A/101', quantity: 2, price: 1980, set: 0 },
        { code: 'B102', quantity: 1, price: null, set: 0 },
        { code: 'C-1', quantity: 1, price: null, set: 1 },
      ],
    })
  })

  it.each([
    ['→A101', 'コース', '商品一覧に、商品のない組があります。'],
    ['A101', '交互', '交互の商品は、商品一覧に「A101→A102」のように2組以上書いてください。'],
    ['A101', 'おまかせ', '商品の組み方「おまかせ」は「毎回同じ」「交互」「コース」のどれかにしてください。'],
  ])('%s as %s is refused', (items, mode, reason) => {
    expect(row({ 商品一覧: items, 商品の組み方: mode })).toEqual([reason])
  })
})

describe('のし', () => {
  it('has cord, 表書き and names', () => {
    expect(
      row({ のし表書き: '御霊前', 水引: '黒白', のし名入れ: '山田、鈴木', 内のし外のし: '外のし' }),
    ).toMatchObject({
      gift: { noshi: { cord: 'mourning', title: '御霊前', names: ['山田', '鈴木'], place: 'outer' } },
    })
  })

  it('is none where the file says so, and needs its 表書き', () => {
    expect(row({ のし表書き: 'なし', 包装: 'あり', 手提げ袋: '不要' })).toMatchObject({
      gift: { noshi: null, wrapping: true, bag: false },
    })
    expect(row({ のし名入れ: '山田' })).toEqual(['のしの表書きがありません。'])
  })
})

describe('停止', () => {
  it.each([
    [{ 契約の状態: '停止中' }, { from: null, until: null }],
    [
      { 停止開始日: '2026/10/01', 再開日: '2027/01/15' },
      { from: '2026-10-01', until: '2027-01-15' },
    ],
    [{ 契約の状態: '継続中', 停止開始日: '2025/10/01' }, null],
    [{ 契約の状態: '継続中' }, null],
  ])('%o', (cells, pause) => {
    expect(row(cells)).toMatchObject({ pause })
  })

  it('needs no date, but then a rule that says its day itself', () => {
    const paused = { 契約の状態: '休止' }
    expect(read({ ...paused, お届け周期: '毎月15日' })).toMatchObject({ ok: true })
    expect(read({ ...paused, お届け周期: '毎月' })).toMatchObject({ ok: false })
    expect(read({ ...paused, お届け周期: '毎月', 再開日: '2027/01/20' })).toMatchObject({
      row: { rule: { kind: 'months', every: 1, day: 20 } },
    })
    expect(read({})).toMatchObject({ reasons: ['次回お届け日がありません。'] })
  })
})

it('reads the sample of the manual, every column of it', () => {
  const path = join(import.meta.dirname, '../../../../docs/manual/subscription-import-sample.csv')
  const [head = [], ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
  const columns = guessContractColumns(head)
  expect(head.filter((_, at) => columns[at] === null)).toEqual([])
  const reader = contractRowReader(columns, () => false)
  expect(rows.map(reader)).toMatchObject(rows.map(() => ({ ok: true })))
})

it('reads a row that an earlier program has kept', () => {
  const kept = {
    externalNumber: 'T1',
    customerNumber: 1,
    phone: '',
    email: '',
    items: [{ code: 'A101', quantity: 1, price: null }],
    rule: { kind: 'days', every: 30 },
    nextDeliverOn: '2026-12-15',
    turnsDone: 3,
    startedOn: null,
    minTurns: 0,
    shipTo: null,
    slot: '',
    method: 'cod',
    cardToken: '',
    cardLast3: '',
    note: '',
  }
  expect(ContractCsvRow.parse(kept)).toMatchObject({
    itemMode: 'fixed',
    items: [{ set: 0 }],
    priceSteps: [],
    lastTurn: null,
    pause: null,
    gift: { noshi: null },
  })
})
