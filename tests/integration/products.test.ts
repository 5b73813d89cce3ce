import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ProductFields, ProductSort } from '../../src/contract/products'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { productsRouter } from '../../src/main/features/products/products.router'
import { manualClock } from '../../src/main/platform/clock'
import { openFileWith } from '../../src/main/platform/open-file'
import { saveFileWith } from '../../src/main/platform/save-file'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, sessionAs, type SampleAdmin } from '../support/seeded'

const NOW = Date.UTC(2026, 10, 23, 1)
const MATCHA: ProductFields = {
  code: 'Ｚ９０１',
  name: '宇治抹茶(40g)',
  kana: 'うじまっちゃ',
  price: 1080,
  priceKind: 'gross',
  taxClass: 'reduced',
  temperature: 'normal',
  subscribable: true,
  bundleable: true,
  stock: 12,
  saleFrom: null,
  saleTo: null,
  active: true,
}
const ALL = {
  text: '',
  state: null,
  taxClass: null,
  temperature: null,
  subscribable: false,
  stock: null,
} as const

forEachDatabase('商品マスター', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let folder: string
  let desk: ReturnType<typeof open>
  const clock = manualClock(NOW)

  function open() {
    const file = join(folder, 'products.csv')
    return createRouterClient(
      productsRouter({
        deps: () => ({ database, clock }),
        openFile: openFileWith(async () => file),
        saveFile: saveFileWith(async () => file),
        priceKind: async () => 'gross',
      }),
      { context: { seat: { name: '受付1番', session: sessionAs(admin, 'admin'), lastTouchedAt: NOW } } },
    )
  }
  beforeEach(async () => {
    place = await openPlace()
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-products-'))
    ;({ database, admin } = await openSeeded(place.config, clock))
    desk = open()
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const file = () => join(folder, 'products.csv')
  const write = (lines: readonly string[]) => writeFileSync(file(), `${lines.join('\r\n')}\r\n`)
  async function take(lines: readonly string[]) {
    write(lines)
    const chosen = await desk.chooseCsv()
    if (chosen === null) throw new Error('no file')
    return { chosen, preview: await desk.previewCsv({ fileId: chosen.fileId }) }
  }
  const everything = async (sort: ProductSort, descending: boolean) => {
    const codes: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof desk.list>> = await desk.list({
        sort,
        descending,
        cursor,
        limit: 7,
      })
      codes.push(...page.items.map(({ code }) => code))
      cursor = page.next
    } while (cursor !== null)
    return codes
  }

  it('a product is kept in the desk’s form, found by any fragment, and its code is nobody else’s', async () => {
    const made = await desk.add({ fields: MATCHA })
    expect(made).toMatchObject({ code: 'Z901', kana: 'ウジマッチャ', ratePercent: 8, state: 'on-sale' })
    for (const text of ['z90', '抹茶', 'うじま', 'まっちゃ 901']) {
      const found = await desk.search({ text })
      expect(
        found.map(({ code }) => code),
        text,
      ).toContain('Z901')
    }
    await expect(desk.add({ fields: MATCHA })).rejects.toMatchObject({
      code: 'INVALID_FIELDS',
      data: { fields: [{ path: 'code' }] },
    })
    await expect(
      desk.add({
        fields: { ...MATCHA, code: '商品 1', name: ' ', saleFrom: '2026-12-01', saleTo: '2026-11-30' },
      }),
    ).rejects.toMatchObject({ data: { fields: [{ path: 'code' }, { path: 'name' }, { path: 'saleTo' }] } })
  })

  it('a stale save changes nothing; pieces that were ordered meanwhile stay taken', async () => {
    const made = await desk.add({ fields: MATCHA })
    // What an order does.
    await database.db
      .updateTable('product')
      .set((eb) => ({ stock: eb('stock', '-', 5) }))
      .where('id', '=', made.id)
      .execute()
    const change = { id: made.id, version: made.version, seenStock: 12 }
    const saved = await desk.save({ ...change, fields: { ...MATCHA, price: 1188, stock: 32 } })
    expect(saved).toMatchObject({ price: 1188, stock: 27, version: made.version + 1 })
    await expect(desk.save({ ...change, fields: { ...MATCHA, price: 1 } })).rejects.toMatchObject({
      code: 'STALE',
      data: { version: saved.version },
    })
    expect(await desk.get({ id: made.id })).toEqual(saved)
    const uncounted = await desk.save({
      id: made.id,
      version: saved.version,
      seenStock: 27,
      fields: { ...MATCHA, stock: null },
    })
    expect(uncounted.stock).toBeNull()
  })

  it('only what is on sale today is offered to the caller, both days included', async () => {
    const dated = async (code: string, saleFrom: string | null, saleTo: string | null, active = true) =>
      desk.add({ fields: { ...MATCHA, code, name: `日付の茶 ${code}`, saleFrom, saleTo, active } })
    await dated('T-1', '2026-11-23', '2026-11-23')
    await dated('T-2', '2026-11-24', null)
    await dated('T-3', null, '2026-11-22')
    await dated('T-4', null, null, false)
    await dated('T-5', null, null)
    expect((await desk.search({ text: '日付の茶' })).map(({ code }) => code)).toEqual(['T-1', 'T-5'])
    const states = { 'on-sale': ['T-1', 'T-5'], before: ['T-2'], ended: ['T-3'], stopped: ['T-4'] } as const
    for (const state of ['on-sale', 'before', 'ended', 'stopped'] as const) {
      const { items } = await desk.list({ text: '日付の茶', state })
      expect(items.map(({ code }) => code)).toEqual(states[state])
      expect(items.every((item) => item.state === state)).toBe(true)
    }
  })

  it('the list runs through every order in pages, each product once, and knows its conditions', async () => {
    await desk.add({ fields: { ...MATCHA, stock: 0 } })
    const byCode = await everything('code', false)
    expect(byCode).toEqual(byCode.toSorted())
    for (const sort of ['code', 'kana', 'price', 'updated'] as const) {
      const up = await everything(sort, false)
      expect(up.toSorted()).toEqual(byCode)
      expect(await everything(sort, true)).toEqual(up.toReversed())
    }
    const dear = await desk.list({ sort: 'price', descending: true, limit: 1 })
    expect(dear.items[0]?.price).toBe(
      Math.max(...(await desk.list({ limit: 200 })).items.map(({ price }) => price)),
    )
    expect((await desk.list({ stock: 'out' })).items.map(({ code }) => code)).toEqual(['Z901'])
    expect((await desk.list({ text: 'z9', temperature: 'frozen' })).count.value).toBe(0)
    await expect(desk.list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_CURSOR' })
  })

  it('what is exported comes back as the same products, in both code pages', async () => {
    await desk.add({ fields: { ...MATCHA, name: '抹茶, "特選" ～新～', stock: -3, saleFrom: '2026-04-01' } })
    const before = (await desk.list({ limit: 200 })).items
    for (const encoding of ['utf-8', 'shift_jis'] as const) {
      expect(await desk.exportCsv({ filter: ALL, encoding })).toEqual({
        saved: true,
        rows: before.length,
        unwritable: [],
      })
      const chosen = await desk.chooseCsv()
      expect(chosen?.codePage).toBe(encoding === 'utf-8' ? 'utf-8' : 'cp932')
      const { counts } = await desk.importCsv({ fileId: chosen?.fileId ?? '' })
      expect(counts).toEqual({ added: 0, changed: 0, same: before.length, broken: 0 })
    }
    const some = await desk.exportCsv({ filter: { ...ALL, text: '抹茶' }, encoding: 'shift_jis' })
    expect(some.rows).toBe(1)
    expect(iconv.decode(readFileSync(file()), 'cp932')).toContain('"抹茶, ""特選"" ～新～"')
  })

  it('a file adds, changes and leaves alone; broken rows are told with line and reason and change nothing', async () => {
    const made = await desk.add({ fields: MATCHA })
    const { chosen, preview } = await take([
      '商品名,商品コード,価格,税区分,備考,販売開始日',
      '宇治抹茶(40g),Z901,"1,188",,入荷待ち,',
      '玉露(50g),Z902,￥2160,軽減,,2026年12月1日',
      '価格のない茶,Z903,,軽減,,',
      '値の違う茶,Z904,千円,重税,,2026/2/30',
      '同じ茶,Z902,100,標準,,',
      '"引用符の茶,Z905,100,標準,,',
      ',,,,,',
    ])
    expect(preview.unknown).toEqual(['備考'])
    expect(preview.counts).toEqual({ added: 1, changed: 1, same: 0, broken: 5 })
    const reasons = Object.fromEntries(preview.rows.map((row) => [row.line, row.reasons.join(' ')]))
    expect(reasons[4]).toContain('「価格」が必要')
    expect(reasons[5]).toMatch(/「価格」は.*「税区分」は.*「販売開始日」/)
    expect(reasons[6]).toContain('3行目と同じ')
    expect(reasons[7]).toContain('引用符')
    expect(reasons[8]).toContain('商品コード')
    expect(preview.rows.find(({ code }) => code === 'Z901')?.changes).toEqual([
      { column: '価格', before: '1080', after: '1188' },
    ])
    // Nothing was kept by looking.
    expect(await desk.get({ id: made.id })).toEqual(made)
    const { counts } = await desk.importCsv({ fileId: chosen.fileId })
    expect(counts).toEqual(preview.counts)
    expect(await desk.get({ id: made.id })).toMatchObject({ price: 1188, stock: 12, kana: 'ウジマッチャ' })
    const { items } = await desk.list({ text: 'Z902' })
    expect(items).toMatchObject([
      { name: '玉露(50g)', price: 2160, priceKind: 'gross', taxClass: 'reduced', saleFrom: '2026-12-01' },
    ])
    expect((await desk.list({ text: 'の茶' })).count.value).toBe(0)
    // Once more: nothing is left to do.
    expect((await desk.importCsv({ fileId: chosen.fileId })).counts).toEqual({
      added: 0,
      changed: 0,
      same: 2,
      broken: 5,
    })
    expect(await desk.saveBroken({ fileId: chosen.fileId })).toEqual({ saved: true, rows: 5 })
    const report = readFileSync(file(), 'utf8').split('\r\n')
    expect(report[0]).toBe('\ufeff行,理由,商品名,商品コード,価格,税区分,備考,販売開始日')
    expect(report[1]).toMatch(/^4,.*,価格のない茶,Z903,/)
  })

  it('a file without codes, of another kind, or chosen before another is refused with words', async () => {
    write(['名前,電話', '佐藤,03'])
    await expect(desk.chooseCsv()).rejects.toMatchObject({ code: 'NO_CODE_COLUMN' })
    writeFileSync(file(), Buffer.from([0xff, 0xfe, 0x41, 0x00]))
    await expect(desk.chooseCsv()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    const first = await take(['商品コード,商品名,価格', 'Z910,茶,100'])
    await take(['商品コード,商品名,価格', 'Z911,茶,100'])
    await expect(desk.importCsv({ fileId: first.chosen.fileId })).rejects.toMatchObject({ code: 'FILE_GONE' })
  })

  it('a file of thousands is taken whole, its stock numbers stand', async () => {
    const rows = Array.from({ length: 2500 }, (_, at) => `M${10_000 + at},茶 ${at},${100 + at},${at}`)
    const { chosen, preview } = await take(['商品コード,商品名,価格,在庫数', ...rows])
    expect(preview.counts.added).toBe(2500)
    expect((await desk.importCsv({ fileId: chosen.fileId })).counts.added).toBe(2500)
    const [last] = (await desk.list({ text: 'M12499' })).items
    expect(last).toMatchObject({ price: 2599, stock: 2499 })
    expect((await desk.list({ text: 'M1' })).count).toEqual({ value: 1000, more: true })
  })
})
