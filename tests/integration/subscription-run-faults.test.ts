import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { SubscriptionSettings } from '../../src/contract/subscription-settings'
import type { CheckoutStep } from '../../src/main/checkout/deps'
import { moveTurn, skipTurn } from '../../src/main/features/subscription-runs/turn-changes.service'
import { retryNow } from '../../src/main/features/subscription-runs/retry-now.service'
import { runSubscriptions } from '../../src/main/jobs/subscription-run/run'
import { manualClock } from '../../src/main/platform/clock'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { auditOf, openTurnsWorld, UNWATCHED, type TurnsWorld } from '../support/turns-world'

const TODAY = '2026-11-28'
const at = (date: string) => Date.parse(`${date}T10:00:00+09:00`)
const NO_JOBS = {
  start: () => Promise.reject(new Error('no job is started here')),
  cancel: async () => undefined,
  wake: async () => undefined,
  live: () => [],
  view: () => null,
}

forEachDatabase('what comes between a turn and its charge', (openPlace) => {
  let folder: string
  let place: DatabasePlace
  let acquirer: AcquirerProcess
  let world: TurnsWorld
  let clock: ReturnType<typeof manualClock>
  let before: number
  let onStep: (step: CheckoutStep) => void
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-run-faults-'))
    acquirer = await startAcquirer(join(folder, 'acquirer'))
  })
  afterAll(async () => {
    await acquirer.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    place = await openPlace()
    before = (await acquirer.books()).payments.length
    clock = manualClock(at(TODAY))
    onStep = () => undefined
    world = await openTurnsWorld(place.config, acquirer.service(), { clock, onStep: (step) => onStep(step) })
  })
  afterEach(async () => {
    await acquirer.clear()
    await world.close()
    await place.drop()
  })

  const db = () => world.deps.database.db
  const deps = () => ({ checkout: world.deps, jobs: NO_JOBS })
  const cycles = () => db().selectFrom('subscription_cycle').selectAll().orderBy('id').execute()
  const orderStatus = async () =>
    (
      await db()
        .selectFrom('sales_order')
        .innerJoin('subscription_cycle', 'subscription_cycle.order_id', 'sales_order.id')
        .select('sales_order.status')
        .execute()
    ).map(({ status }) => status)
  const runRow = (id: string) =>
    db().selectFrom('subscription_run').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const contract = (id = '') =>
    db().selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const runOn = (date: string) => {
    clock.set(at(date))
    return world.run(date)
  }
  const charges = async () => (await acquirer.books()).payments.length - before
  /** A turn whose card was refused once and is tried again on the next day. */
  const refused = async (): Promise<string> => {
    const [id = ''] = await world.contracts(1, { card_id: await world.card() })
    await acquirer.fault('authorize', { kind: 'decline', code: '102' }, 1)
    await world.run(TODAY)
    expect(await cycles()).toMatchObject([{ status: 'auth-failed', next_retry_on: '2026-11-29' }])
    return id
  }
  const change = (id: string, set: { status?: 'cancelled' | 'paused'; pause_from?: string }) =>
    db()
      .updateTable('subscription')
      .set((eb) => ({ ...set, next_generate_on: null, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
  const settings = (part: Partial<SubscriptionSettings>): void => {
    const kept = world.deps.subscriptionSettings
    Object.assign(world.deps, { subscriptionSettings: async () => ({ ...(await kept()), ...part }) })
  }

  it.each([
    ['cancelled', { status: 'cancelled' }],
    ['paused', { status: 'paused' }],
    ['paused from that day on', { pause_from: '2026-11-29' }],
  ] as const)('a refused turn of a contract that is %s is passed over, not charged', async (_, set) => {
    const id = await refused()
    await change(id, set)
    const { id: runId } = await runOn('2026-11-29')
    expect(await charges()).toBe(1)
    expect(await cycles()).toMatchObject([{ status: 'skipped', next_retry_on: null, attention: null }])
    expect(await orderStatus()).toEqual(['cancelled'])
    expect(await runRow(runId)).toMatchObject({ skipped: 1, authorized: 0 })
    const said = await db()
      .selectFrom('subscription_event')
      .select('content')
      .where('kind', '=', 'turn-passed-over')
      .execute()
    expect(said).toHaveLength(1)
    expect(said[0]?.content).toContain('注文を取り消しました')
  })

  it('a contract that is cancelled while its turn is taken up is not charged', async () => {
    const id = await refused()
    clock.set(at('2026-11-29'))
    let cancelling: Promise<unknown> | null = null
    const batch = world.deps.database.batch.bind(world.deps.database)
    onStep = (step) => {
      if (step === 'turns-prepared') cancelling ??= change(id, { status: 'cancelled' })
    }
    Object.assign(world.deps.database, {
      batch: async (...all: Parameters<typeof batch>) => {
        await cancelling
        return batch(...all)
      },
    })
    await world.run('2026-11-29')
    expect(cancelling).not.toBeNull()
    expect(await charges()).toBe(1)
    expect(await cycles()).toMatchObject([{ status: 'skipped' }])
    expect(await orderStatus()).toEqual(['cancelled'])
  })

  it('nobody charges a cancelled contract by hand either; a turn is moved, and passed over', async () => {
    const id = await refused()
    const [cycle] = await cycles()
    const wish = { cycleId: cycle?.id ?? '', version: cycle?.version ?? 0 }
    const moved = await moveTurn(deps(), { ...wish, deliverOn: '2026-12-05' }, world.actor.userId)
    expect(moved).toMatchObject({ shipOn: '2026-12-04', deliverOn: '2026-12-05', reason: null })
    await expect(
      moveTurn(
        deps(),
        { ...wish, version: moved?.version ?? 0, deliverOn: '2027-02-01' },
        world.actor.userId,
      ),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await change(id, { status: 'cancelled' })
    const now = { cycleId: wish.cycleId, version: moved?.version ?? 0 }
    await expect(retryNow(deps(), { ...now, cardId: null })).rejects.toMatchObject({ code: 'CONTRACT_ENDED' })
    await expect(skipTurn(deps(), wish, world.actor.userId)).rejects.toMatchObject({ code: 'STALE' })
    await skipTurn(deps(), now, world.actor.userId)
    expect(await cycles()).toMatchObject([{ status: 'skipped' }])
    expect(await orderStatus()).toEqual(['cancelled'])
    expect(await charges()).toBe(1)
  })

  it('429: nothing is booked, the same charge is asked for again, and the run comes to its end', async () => {
    const ids = await world.contracts(12, { card_id: await world.card() })
    await acquirer.fault('authorize', { kind: 'too-many', seconds: 0 }, 5)
    const { id } = await world.run(TODAY)
    expect(await runRow(id)).toMatchObject({ ordered: 12, authorized: 12, declined: 0, unknown: 0 })
    const due = ids.map((subscriptionId) => ({ subscriptionId, turn: 1 }))
    expect(await auditOf(world, acquirer, due, before)).toEqual([])
  })

  it('429 for longer than a run waits leaves the turns for the next run', async () => {
    const ids = await world.contracts(3, { card_id: await world.card() })
    await acquirer.fault('authorize', { kind: 'too-many', seconds: 3600 }, 8)
    const { id } = await world.run(TODAY)
    expect(JSON.parse((await runRow(id)).report)).toMatchObject({ stopped: 'service-down' })
    expect(new Set((await cycles()).map(({ status }) => status))).toEqual(new Set(['planned']))
    await acquirer.clear()
    await world.run(TODAY)
    const due = ids.map((subscriptionId) => ({ subscriptionId, turn: 1 }))
    expect(await auditOf(world, acquirer, due, before)).toEqual([])
  })

  it('再与信: a hold that would end too early is begun on a later day', async () => {
    const choice = await world.deps.activeService()
    if (!choice.ready) throw new Error('no service')
    const capabilities = { ...choice.active.capabilities, holdMs: 2 * 86_400_000 }
    const active = { ready: true as const, active: { ...choice.active, capabilities } }
    Object.assign(world.deps, { activeService: async () => active })
    const ids = await world.contracts(1, { card_id: await world.card() })
    await world.run(TODAY)
    // It ships on the 30th: two days before its end are the 29th.
    expect(await cycles()).toMatchObject([{ status: 'planned', next_retry_on: '2026-11-29', tries: 0 }])
    expect([await charges(), await orderStatus()]).toEqual([0, ['waiting-payment']])
    await runOn('2026-11-29')
    expect(await cycles()).toMatchObject([{ status: 'authorized', next_retry_on: null }])
    expect(await orderStatus()).toEqual(['new'])
    const due = ids.map((subscriptionId) => ({ subscriptionId, turn: 1 }))
    expect(await auditOf(world, acquirer, due, before)).toEqual([])
  })

  it.each([
    ['skip', { status: 'active', cancel_reason: null }],
    ['cancel', { status: 'cancelled', cancel_reason: 'payment', next_generate_on: null }],
  ] as const)(
    '最終処理 %s: the order is cancelled, the contract stands as the shop wants it',
    async (action, stands) => {
      settings({ retryDays: [], afterLastRetry: action })
      const [id] = await world.contracts(1, { card_id: await world.card() })
      await acquirer.fault('authorize', { kind: 'decline', code: '102' }, 1)
      await world.run(TODAY)
      expect(await cycles()).toMatchObject([{ status: 'failed', attention: 'given-up' }])
      expect(await orderStatus()).toEqual(['cancelled'])
      expect(await contract(id)).toMatchObject({ ...stands, next_turn: 2 })
    },
  )

  it('cancelled in the middle, a run leaves what it made; the next one makes the rest, once', async () => {
    const ids = await world.contracts(70, { card_id: await world.card() })
    let wanted = false
    onStep = (step) => {
      if (step === 'turns-stored') wanted = true
    }
    const cancelled = await world.run('2026-11-28', undefined, { ...UNWATCHED, cancelWanted: () => wanted })
    expect(cancelled.end).toBe('cancelled')
    const { ordered } = await runRow(cancelled.id)
    expect(ordered).toBeGreaterThan(0)
    expect(ordered).toBeLessThan(70)
    expect(await runSubscriptions(world.deps, cancelled.id, UNWATCHED)).toBe('cancelled')
    onStep = () => undefined
    const rest = await world.run(TODAY)
    expect((await runRow(rest.id)).ordered).toBe(70 - ordered)
    const due = ids.map((subscriptionId) => ({ subscriptionId, turn: 1 }))
    expect(await auditOf(world, acquirer, due, before)).toEqual([])
  })

  it('a run for a day ahead does not try refused turns before their day', async () => {
    await refused()
    await world.run('2026-12-03')
    expect(await charges()).toBe(1)
    expect(await cycles()).toMatchObject([{ status: 'auth-failed', next_retry_on: '2026-11-29' }])
  })

  it('the order of somebody on the blacklist waits for a check, paid as it is', async () => {
    await db().updateTable('customer').set({ blacklist: 'listed', blacklist_reason: '長期不在' }).execute()
    await world.contracts(1, { card_id: await world.card() })
    await world.run(TODAY)
    expect(await cycles()).toMatchObject([{ status: 'authorized' }])
    expect(await orderStatus()).toEqual(['waiting-check'])
    expect(await db().selectFrom('order_hold').select(['status_after', 'released_at']).execute()).toEqual([
      { status_after: 'new', released_at: null },
    ])
  })
})
