import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AttentionFilter } from '../../src/contract/subscription-run-views'
import { RUN_EXIT, runHeadless } from '../../src/main/composition/subscription-run-app'
import type { Database } from '../../src/main/db/database.types'
import { DEFAULT_SETTINGS, writeSetting } from '../../src/main/features/settings/settings.service'
import { dryRun } from '../../src/main/features/subscription-runs/dry-run.service'
import { retryNow } from '../../src/main/features/subscription-runs/retry-now.service'
import { startDueRun } from '../../src/main/features/subscription-runs/scheduled-run.service'
import {
  attention,
  expiring,
  markCalled,
  waitingTurns,
} from '../../src/main/features/subscription-runs/attention.service'
import { get, list, runTurns } from '../../src/main/features/subscription-runs/subscription-runs.service'
import { jobFrame, type JobFrame } from '../../src/main/jobs/job-frame'
import { subscriptionRunner } from '../../src/main/jobs/subscription-run/run-job'
import { manualClock } from '../../src/main/platform/clock'
import { silentLog } from '../../src/main/platform/log'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { deskFile, forEachDatabase, type DatabasePlace } from '../support/databases'
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
})

describe('the run without a window', () => {
  it('makes the orders of a profile, says so in a line, and has nothing left on the second start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'uketsuke-run-headless-'))
    const acquirer = await startAcquirer(join(folder, 'acquirer'))
    const clock = manualClock(at(TODAY))
    const { path } = deskFile(folder, 'training.db')
    const world = await openTurnsWorld({ kind: 'sqlite', path }, acquirer.service(), { clock })
    await world.contracts(4, { card_id: await world.card() })
    await writeSetting(world.deps.database.db, {
      key: 'important',
      value: { ...DEFAULT_SETTINGS, serviceId: 'sim-key' },
      seenVersion: 1,
      by: world.actor.userId,
      now: clock.now(),
    })
    await world.close()
    writeFileSync(join(folder, 'profile.json'), JSON.stringify({ mode: 'training' }))
    const keyStore = { isAvailable: () => false, encrypt: () => new Uint8Array(), decrypt: () => '' }
    const options = { folder, simulatorFile: acquirer.file, keyStore, clock, log: silentLog }
    try {
      const dry = await runHeadless({ ...options, args: ['--date', TODAY, '--dry-run'] })
      expect(dry).toMatchObject({ exitCode: RUN_EXIT.ok, line: { orders: 4, authorizations: 4 } })
      const first = await runHeadless({ ...options, args: [`--date=${TODAY}`] })
      expect(first).toMatchObject({
        exitCode: RUN_EXIT.ok,
        line: { ordered: 4, authorized: 4, state: 'done' },
      })
      const second = await runHeadless({ ...options, args: ['--date', TODAY] })
      expect(second).toMatchObject({ exitCode: RUN_EXIT.ok, line: { ordered: 0, authorized: 0 } })
      await expect(runHeadless({ ...options, args: ['--date', 'soon'] })).rejects.toThrow()
    } finally {
      await acquirer.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
