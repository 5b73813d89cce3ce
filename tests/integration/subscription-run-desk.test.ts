import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { AttentionFilter } from '../../src/contract/subscription-run-views'
import type { Database } from '../../src/main/db/database.types'
import { dryRun } from '../../src/main/features/subscription-runs/dry-run.service'
import { retryNow } from '../../src/main/features/subscription-runs/retry-now.service'
import { startDueRun } from '../../src/main/features/subscription-runs/scheduled-run.service'
import {
  attention,
  expiring,
  markCalled,
  waitingTurns,
} from '../../src/main/features/subscription-runs/attention.service'
import { subscriptionRunsRouter } from '../../src/main/features/subscription-runs/subscription-runs.router'
import { get, list, runTurns } from '../../src/main/features/subscription-runs/subscription-runs.service'
import { jobFrame, type JobFrame } from '../../src/main/jobs/job-frame'
import { subscriptionRunner } from '../../src/main/jobs/subscription-run/run-job'
import { manualClock } from '../../src/main/platform/clock'
import { silentLog } from '../../src/main/platform/log'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { sessionAs } from '../support/seeded'
import { openTurnsWorld, type TurnsWorld } from '../support/turns-world'

const TODAY = '2026-11-28'
const at = (date: string, hour = 10) => Date.parse(`${date}T${String(hour).padStart(2, '0')}:00:00+09:00`)
const FIRST_PAGE = { cursor: null, limit: 50 }
const OPEN = { filter: AttentionFilter.parse({}), sort: 'ship' as const }
const TABLES: readonly (keyof Database)[] = [
  'subscription',
  'subscription_cycle',
  'subscription_event',
  'subscription_run',
  'sales_order',
  'checkout',
  'payment',
  'payment_operation',
  'sequence',
  'product',
  'customer',
  'job',
]

forEachDatabase('the desk and the run of 定期', (openPlace) => {
  let folder: string
  let place: DatabasePlace
  let acquirer: AcquirerProcess
  let world: TurnsWorld
  let frame: JobFrame
  let clock: ReturnType<typeof manualClock>
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-run-desk-'))
    acquirer = await startAcquirer(join(folder, 'acquirer'))
  })
  afterAll(async () => {
    await acquirer.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    place = await openPlace()
    clock = manualClock(at(TODAY))
    world = await openTurnsWorld(place.config, acquirer.service(), { clock })
    const { database, events } = world.deps
    const runner = subscriptionRunner(() => world.deps)
    const runners = {
      'customer-import': runner,
      'customer-undo': runner,
      'subscription-run': runner,
      'subscription-import': runner,
      'subscription-bulk': runner,
    }
    frame = jobFrame({ database, config: place.config, clock, log: silentLog, events, owner: 'pc', runners })
  })
  afterEach(async () => {
    await acquirer.clear()
    await frame.close()
    await world.close()
    await place.drop()
  })

  const deps = () => ({ checkout: world.deps, jobs: frame })
  const all = async () => {
    const rows: unknown[] = []
    for (const table of TABLES)
      rows.push(await world.deps.database.db.selectFrom(table).selectAll().execute())
    return JSON.stringify(
      rows.map((some) => (Array.isArray(some) ? some.map((row) => JSON.stringify(row)).toSorted() : [])),
    )
  }
  /** Resolves when a run's job has come to its end. */
  const ended = () =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!frame.live().some(({ state }) => state === 'done')) return
        off()
        resolve()
      }
      const off = world.deps.events.on(look)
      look()
    })

  it('a dry run says what the run then does, and writes nothing', async () => {
    const cardId = await world.card()
    await world.contracts(7, { card_id: cardId })
    await world.contracts(1, { payment_method: 'cod' })
    await world.contracts(1, { card_id: null })
    const before = await all()
    const booked = (await acquirer.books()).payments.length
    const dry = await dryRun(world.deps, { date: null })
    expect(dry).toMatchObject({ orders: 9, authorizations: 7, retries: 0, attention: 1, more: false })
    expect(await all()).toBe(before)
    expect((await acquirer.books()).payments.length).toBe(booked)
    const { id } = await world.run(TODAY)
    const run = await get(deps(), id)
    expect(run.counts).toMatchObject({ ordered: 9, authorized: 7 })
    expect(run.tabs).toMatchObject({ made: { value: 9 }, authorized: { value: 7 }, held: { value: 1 } })
    expect((await runTurns(deps(), { ...FIRST_PAGE, id, tab: 'held' })).items).toMatchObject([
      { attention: 'no-card', held: false },
    ])
    expect(run.amounts.ordered).toBe(dry.total)
    const made = (await runTurns(deps(), { ...FIRST_PAGE, id, tab: 'made' })).items
    expect(made.reduce((sum, { order }) => sum + (order?.total ?? 0), 0)).toBe(dry.total)
    await expect(dryRun(world.deps, { date: '2026-11-27' })).rejects.toMatchObject({ code: 'BAD_DATE' })
  })

  it('要対応 shows whom to call, and another card pays from there', async () => {
    const cardId = await world.card()
    const { db } = world.deps.database
    await db.updateTable('card').set({ expiry_yymm: '2610' }).where('id', '=', cardId).execute()
    await world.contracts(1, { card_id: cardId })
    expect((await expiring(deps(), FIRST_PAGE)).items).toMatchObject([{ card: { id: cardId } }])
    await world.run(TODAY)
    const [turn] = (await attention(deps(), { ...FIRST_PAGE, ...OPEN })).items
    expect(turn).toMatchObject({ reason: 'card-expired', canRetry: true, calledAt: null })
    const { cycleId = '', version = 0 } = turn ?? {}
    expect(await waitingTurns(db)).toEqual({ count: 1, nextShipOn: turn?.shipOn })
    const called = await markCalled(deps(), { cycleId, version, called: true })
    expect(called.calledAt).toBe(clock.now())
    expect((await attention(deps(), { ...FIRST_PAGE, ...OPEN })).items).toEqual([])
    expect(await waitingTurns(db)).toEqual({ count: 0, nextShipOn: null })
    await expect(markCalled(deps(), { cycleId, version, called: true })).rejects.toMatchObject({
      code: 'STALE',
    })
    const wish = { cycleId, version: called.version }
    await expect(retryNow(deps(), { ...wish, cardId: null })).rejects.toMatchObject({ code: 'NO_CARD' })
    const again = await retryNow(deps(), { ...wish, cardId: await world.card() })
    expect(again).toEqual({ outcome: 'authorized', code: null, turn: null })
    expect(
      await db.selectFrom('sales_order').select('status').orderBy('number', 'desc').executeTakeFirst(),
    ).toEqual({
      status: 'new',
    })
  })

  it('tells the open desk when somebody is to be called, and when not any more', async () => {
    let told = 0
    world.deps.events.on(({ type }) => {
      if (type === 'attention-changed') told++
    })
    const tellsOnce = async (act: () => Promise<unknown>) => {
      told = 0
      await act()
      expect(told).toBe(1)
    }
    const { db } = world.deps.database
    await world.contracts(3, { card_id: await world.card() })
    await world.run(TODAY)
    expect(told).toBe(0)
    await world.contracts(1, { card_id: null })
    await tellsOnce(() => world.run(TODAY))
    await world.contracts(1, { card_id: await world.card() })
    await acquirer.fault('authorize', { kind: 'decline', code: '101' }, 1)
    await tellsOnce(() => world.run(TODAY))
    const refused = await db
      .selectFrom('subscription_cycle')
      .select(['id as cycleId', 'version'])
      .where('tries', '=', 1)
      .executeTakeFirstOrThrow()
    await tellsOnce(() => retryNow(deps(), { ...refused, cardId: null }))
    const [other] = (await attention(deps(), { ...FIRST_PAGE, ...OPEN })).items
    const called = { cycleId: other?.cycleId ?? '', version: other?.version ?? 0, called: true }
    await tellsOnce(() => markCalled(deps(), called))
    expect(await waitingTurns(db)).toEqual({ count: 0, nextShipOn: null })
  })

  it('begins at the hour of the shop, once a day', async () => {
    const ids = await world.contracts(3, { card_id: await world.card() })
    const at9 = { ...(await world.deps.subscriptionSettings()), runAtHour: 9 }
    const timed = { ...deps(), checkout: { ...world.deps, subscriptionSettings: async () => at9 } }
    clock.set(at(TODAY, 8))
    expect(await startDueRun(timed, 'seat')).toBe(false)
    clock.set(at(TODAY, 9))
    expect(await startDueRun(timed, 'seat')).toBe(true)
    await ended()
    expect(await startDueRun(timed, 'seat')).toBe(false)
    const [run] = (await list(deps(), FIRST_PAGE)).items
    expect(run).toMatchObject({
      startedBy: null,
      state: 'done',
      counts: { ordered: ids.length, authorized: ids.length },
    })
  })

  it('架電リスト, cards that end, what a run would do and its report are files, too; one run at a time', async () => {
    const files = new Map<string, string>()
    const { userId, userName, shopId } = world.actor
    const admin = { id: userId, name: userName, shop: { id: shopId, name: '' } }
    const desk = createRouterClient(
      subscriptionRunsRouter(deps, async (name, parts) => {
        const chunks: Uint8Array[] = []
        for await (const part of parts) chunks.push(Buffer.from(part))
        files.set(name, Buffer.concat(chunks).toString('utf8'))
        return { saved: true }
      }),
      {
        context: {
          seat: { name: '受付1番', session: sessionAs(admin, 'admin'), lastTouchedAt: clock.now() },
        },
      },
    )
    const later = {
      next_generate_on: '2027-01-05',
      next_ship_on: '2027-01-08',
      next_deliver_on: '2027-01-09',
    }
    await world.contracts(2, { card_id: await world.card() })
    await world.contracts(1, { card_id: null })
    // Good until the end of December and of January.
    const [ends, lasts] = [await world.card(), await world.card()]
    for (const [id, expiry] of [
      [ends, '2612'],
      [lasts, '2701'],
    ] as const)
      await world.deps.database.db
        .updateTable('card')
        .set({ expiry_yymm: expiry })
        .where('id', '=', id)
        .execute()
    await world.contracts(1, { ...later, card_id: ends })
    await world.contracts(1, { ...later, card_id: lasts })
    const lines = (name: string) => (files.get(`${name}.csv`) ?? '').trim().split('\r\n').slice(1)

    expect(await desk.dryRunCsv({ date: null })).toEqual({ saved: true, rows: 3, unwritable: [] })
    expect(
      lines(`定期の実行予定_${TODAY}`).filter((line) => line.endsWith('要対応,カード未登録')),
    ).toHaveLength(1)
    expect(await desk.expiringCsv({})).toMatchObject({ saved: true, rows: 1 })
    expect(lines(`期限切れ間近のカード_${TODAY}`)[0]).toMatch(/,VISA,111,2026\/12,1,2027-01-08$/)

    const { id } = await desk.start({ date: null })
    await expect(desk.start({ date: null })).rejects.toMatchObject({ code: 'RUN_GOES_ON' })
    await ended()
    expect(await desk.get({ id })).toMatchObject({
      startedBy: userName,
      state: 'done',
      counts: { due: 3, ordered: 3, authorized: 2 },
      job: { state: 'done' },
    })
    expect(await desk.reportCsv({ id, tab: 'authorized' })).toMatchObject({ saved: true, rows: 2 })
    expect(lines(`定期の実行_${TODAY}_与信済み`)[0]).toContain(',与信済み,')
    const [turn] = (await desk.attention({ filter: {} })).items
    expect(await desk.attentionCsv({ filter: {} })).toMatchObject({ saved: true, rows: 1 })
    const [call] = lines(`定期の要対応_${TODAY}`)
    expect(call).toMatch(new RegExp(`^カード未登録,${turn?.subscription.number},`))
    expect(call).toContain(`,${turn?.subscription.customer.phone},1,`)
  })
})
