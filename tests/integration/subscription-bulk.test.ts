import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { BulkChange, BulkWish } from '../../src/contract/subscription-bulk'
import { saveLetters, letters } from '../../src/main/features/subscription-bulk/letters.service'
import {
  applyBulk,
  bulkDetail,
  bulkRows,
  previewBulk,
  undoBulk,
} from '../../src/main/features/subscription-bulk/subscription-bulk.service'
import type { DeskDatabase } from '../../src/main/db/open-database'
import type { DeskEvent } from '../../src/contract/system'
import { jobFrame } from '../../src/main/jobs/job-frame'
import type { JobRunner } from '../../src/main/jobs/job-kind'
import { subscriptionBulkRunner } from '../../src/main/jobs/subscription-bulk/bulk-job'
import { manualClock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { silentLog } from '../../src/main/platform/log'
import { saveFileWith } from '../../src/main/platform/save-file'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, sessionAs, type SampleAdmin } from '../support/seeded'
import { openEveryDay } from '../support/subscription-rows'
import { plantContract, subscriptionDeps, subscriptionDesk } from '../support/subscription-world'

const NOW = Date.UTC(2026, 10, 24, 1)

forEachDatabase('一括変更', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let folder: string
  let products: { id: string; code: string; name: string }[]
  const clock = manualClock(NOW)

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-bulk-'))
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
    products = await database.db
      .selectFrom('product')
      .select(['id', 'code', 'name'])
      .orderBy('code')
      .limit(3)
      .execute()
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A desk that does 一括変更. `stopAtBatch`: it is closed in the middle, as by an end of the program. */
  function world(stopAtBatch = 0) {
    let sent = 0
    const events = new Emitter<DeskEvent>()
    const watched: DeskDatabase = {
      ...database,
      async batch(statements) {
        const results = await database.batch(statements)
        if (++sent === stopAtBatch) void frame.close()
        return results
      },
    }
    const checkout = subscriptionDeps(watched, clock)
    const unused: JobRunner = { lane: 'read', run: async () => 'done' }
    const frame = jobFrame({
      database: watched,
      config: place.config,
      clock,
      log: silentLog,
      events,
      owner: 'this-pc',
      runners: {
        'customer-import': unused,
        'customer-undo': unused,
        'subscription-run': unused,
        'subscription-import': unused,
        'subscription-bulk': subscriptionBulkRunner(() => checkout),
      },
    })
    const deps = {
      checkout,
      jobs: frame,
      saveFile: saveFileWith(async () => join(folder, 'letters.csv')),
    }
    const halted = (id: string) =>
      new Promise<string>((resolve) => {
        const look = () => {
          const job = frame.live().findLast(({ subjectId }) => subjectId === id)
          if (!job || !['done', 'cancelled', 'failed'].includes(job.state)) return
          off()
          resolve(job.state)
        }
        const off = events.on(look)
        look()
      })
    return { deps, frame, halted, session: sessionAs(admin, 'admin') }
  }
  const desk = () => subscriptionDesk(subscriptionDeps(database, clock), admin)
  const wishOf = (change: BulkChange, more: Partial<BulkWish> = {}): BulkWish => ({
    change,
    filter: { turnFrom: null, turnTo: null, nextFrom: null, nextTo: null, currentPrice: null },
    fromDate: null,
    reason: '原材料の値上がり',
    ...more,
  })
  const price = (yen: number): BulkChange => ({
    kind: 'price',
    prices: [{ productId: products[0]?.id ?? '', price: yen }],
  })
  async function previewed(wish: BulkWish, opened = world()) {
    const { id } = await previewBulk(opened.deps, opened.session, wish)
    expect(await opened.halted(id)).toBe('done')
    return { ...opened, id }
  }
  const rowsOf = async ({ deps, id }: { deps: ReturnType<typeof world>['deps']; id: string }) =>
    (await bulkRows(deps, { id, state: null, cursor: null, limit: 100 })).items

  it('reckons each contract first, prices from a day on, keeps the turns before, and lists whom to write to', async () => {
    const one = await plantContract(database, admin)
    await plantContract(database, admin, { status: 'cancelled' })
    const ended = await plantContract(database, admin, { last_turn: 1 })
    const opened = await previewed(wishOf(price(3300), { fromDate: '2027-01-20' }))
    const rows = await rowsOf(opened)
    expect(rows.map(({ subscriptionId, state }) => [subscriptionId, state])).toEqual(
      [
        [one, 'ready'],
        [ended, 'blocked'],
      ].toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    )
    expect(rows.find(({ subscriptionId }) => subscriptionId === one)).toMatchObject({
      before: `${products[0]?.name} 3,000円`,
      after: `${products[0]?.name} 3,300円`,
      turn: 3,
      deliverOn: '2027-02-10',
    })
    expect(rows.find(({ subscriptionId }) => subscriptionId === ended)?.reason).toBe(
      '終了回までに、対象のお届けがありません。',
    )
    const untouched = await desk().get({ id: one })
    expect(untouched.version).toBe(1)
    await applyBulk(opened.deps, opened.session, opened.id)
    await opened.halted(opened.id)
    const after = await desk().get({ id: one })
    const totals = after.plan.map(({ total }) => Number(total))
    expect(totals.slice(0, 2)).toEqual(untouched.plan.slice(0, 2).map(({ total }) => Number(total)))
    expect((totals[2] ?? 0) - (totals[1] ?? 0)).toBeGreaterThan(0)
    expect(after.events[0]?.text).toContain('価格を改定しました')
    expect(after.events[0]?.text).toContain('原材料の値上がり')
    const [letter, ...others] = await letters(opened.deps, opened.id)
    expect(others).toEqual([])
    expect(letter).toMatchObject({ number: after.number, turn: 3, deliverOn: '2027-02-10' })
    expect(letter?.address).not.toBe('')
    expect(await saveLetters(opened.deps, opened.id)).toEqual({ saved: true, rows: 1 })
    expect(readFileSync(join(folder, 'letters.csv'), 'utf8')).toContain('3,300円')
    await undoBulk(opened.deps, opened.session, opened.id)
    await opened.halted(opened.id)
    const back = await desk().get({ id: one })
    expect(back.plan.map(({ total, ownItems }) => [total, ownItems])).toEqual(
      untouched.plan.map(({ total, ownItems }) => [total, ownItems]),
    )
    await opened.frame.close()
  })

  it('replaces a product from the next turn that may be changed; what somebody changed meanwhile is left alone', async () => {
    const ids = [await plantContract(database, admin), await plantContract(database, admin)]
    const [first = '', second = ''] = ids
    const change = {
      kind: 'replace' as const,
      productId: products[0]?.id ?? '',
      byProductId: products[1]?.id ?? '',
      perOne: 2,
      price: 1000,
    }
    const opened = await previewed(wishOf(change))
    await desk().skip({ id: second, version: 1, override: '', ruleIndex: 0 })
    await applyBulk(opened.deps, opened.session, opened.id)
    await opened.halted(opened.id)
    expect((await bulkDetail(opened.deps, opened.id)).counts).toMatchObject({ applied: 1, skipped: 1 })
    const changed = await desk().get({ id: first })
    expect(changed.sets[0]?.map(({ code, quantity, unitPrice }) => [code, quantity, unitPrice])).toEqual([
      [products[1]?.code, 2, 1000],
    ])
    // Changed again since: it cannot be put back.
    await desk().skip({ id: first, version: changed.version, override: '', ruleIndex: 0 })
    await undoBulk(opened.deps, opened.session, opened.id)
    await opened.halted(opened.id)
    expect(await bulkDetail(opened.deps, opened.id)).toMatchObject({
      state: 'undone',
      counts: { undone: 0, kept: 1 },
    })
    await expect(
      previewBulk(opened.deps, opened.session, wishOf({ ...change, byProductId: change.productId })),
    ).rejects.toMatchObject({ code: 'INVALID_FIELDS' })
    await opened.frame.close()
  })

  it('goes on where it was stopped, and changes every contract once', async () => {
    for (let at = 0; at < 60; at++) await plantContract(database, admin)
    const opened = await previewed(wishOf(price(3500)))
    await opened.frame.close()
    const stopped = world(3)
    await applyBulk(stopped.deps, stopped.session, opened.id)
    await stopped.frame.close()
    const versions = async () =>
      (await database.db.selectFrom('subscription').select('version').execute()).map(({ version }) => version)
    expect((await versions()).includes(1)).toBe(true)
    const again = world()
    await again.frame.resume()
    expect(await again.halted(opened.id)).toBe('done')
    expect(new Set(await versions())).toEqual(new Set([2]))
    expect((await bulkDetail(again.deps, opened.id)).counts).toMatchObject({ applied: 60, ready: 0 })
    const { count } = await database.db
      .selectFrom('subscription_event')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('kind', '=', 'bulk-price')
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(60)
    await again.frame.close()
  })
})
