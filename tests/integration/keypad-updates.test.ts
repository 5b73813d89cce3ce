import { afterEach, beforeEach, expect, it } from 'vitest'
import { KeypadEventSubtype } from '../../src/contract/keypad-monitor'
import { UPDATE_CODES } from '../../src/contract/update-codes'
import { failedUpdates } from '../../src/main/features/keypad-monitor/keypad-monitor.service'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import {
  DAY,
  factsOf,
  MINUTE,
  NOW,
  openMonitored,
  ready,
  UNPLUGGED,
  USB,
  type Monitored,
} from '../support/monitored'

/** 23 November, 21:00 in Tokyo. */
const EVENING = NOW + 11 * 60 * MINUTE
const HOLDER = { seat: '受付1番', operator: '鈴木' }
const IN_USE = { kind: 'in-use' as const, facts: factsOf(), holder: HOLDER }

forEachDatabase('planned updates of keypads', (openPlace) => {
  let place: DatabasePlace
  let w: Monitored
  beforeEach(async () => {
    place = await openPlace()
    w = await openMonitored(place.config)
    await w.plugIn()
    await w.register()
  })
  afterEach(async () => {
    await w.close()
    await place.drop()
  })

  const plan = async (change: object = {}) => {
    const { id, updatePlan } = await w.detail()
    const version = updatePlan?.version ?? null
    const wish = { id, version, target: 'V1.03.001', nextAt: EVENING, windowMinutes: 60, note: '' }
    return w.admin.planUpdate({ ...wish, ...change })
  }
  /** The clock goes on while the desk sees the keypad, and then the desk looks at the plans. */
  const at = async (instant: number, seen = true) => {
    w.clock.advance(instant - w.clock.now())
    if (seen) await w.registry.touch(null)
    await w.watch()
  }
  const updates = () => w.eventsOf({ type: ['update'] })
  const shown = async () => {
    const { state, nextAt, movesLeft, reason } = (await w.detail()).updatePlan ?? {}
    return { state, nextAt, movesLeft, reason }
  }

  it('the planned version that is reported in the window closes the plan: 更新成功, once', async () => {
    expect((await plan()).updatePlan).toMatchObject({
      state: 'planned',
      nextAt: EVENING,
      target: 'V1.03.001',
    })
    await at(EVENING - 1)
    expect(await updates()).toEqual([])
    await at(EVENING + MINUTE)
    expect(await shown()).toMatchObject({ state: 'open' })
    // The vendor's tool restarts it: that is no reason to put the update off.
    await w.registry.noticed(UNPLUGGED, USB)
    await at(EVENING + 5 * MINUTE, false)
    expect(await shown()).toMatchObject({ state: 'open' })
    await w.registry.noticed(ready({ firmware: 'V1.03.001' }), USB)
    await w.watch()
    expect(await w.detail()).toMatchObject({ updatePlan: null, update: null, firmware: 'V1.03.001' })
    expect(await updates()).toEqual(['update-succeeded 1 V1.02.117 → V1.03.001'])
  })

  it('a version that comes without a cable of this desk is seen by the clock', async () => {
    await plan()
    await w.database.db.updateTable('keypad').set({ firmware: '1.03.001' }).execute()
    await w.watch()
    expect(await updates()).toEqual(['update-succeeded 1 V1.03.001'])
    expect((await w.detail()).updatePlan).toBeNull()
  })

  it('a keypad in use or not connected puts it off to the next evening, three times, and then it stands', async () => {
    await plan()
    await w.registry.noticed(IN_USE, USB)
    await at(EVENING)
    expect(await w.only()).toMatchObject({ update: { state: 'deferred', nextAt: EVENING + DAY } })
    expect(await shown()).toEqual({
      state: 'deferred',
      nextAt: EVENING + DAY,
      movesLeft: 2,
      reason: 'in-use',
    })
    await w.registry.noticed(UNPLUGGED, USB)
    await at(EVENING + DAY)
    await at(EVENING + 2 * DAY)
    expect(await failedUpdates(w.database.db)).toBe(0)
    await at(EVENING + 3 * DAY)
    expect(await shown()).toEqual({ state: 'failed', nextAt: null, movesLeft: 0, reason: 'absent' })
    expect(await failedUpdates(w.database.db)).toBe(1)
    await at(EVENING + 9 * DAY)
    expect(await updates()).toEqual([
      'update-failed 1 V1.03.001 理由: 未接続(現在のバージョン V1.02.117)。自動では再試行しません。',
      'update-deferred 1 V1.03.001 理由: 未接続。次の予定 2026/11/26 21:00',
      'update-deferred 1 V1.03.001 理由: 未接続。次の予定 2026/11/25 21:00',
      'update-deferred 1 V1.03.001 理由: 利用中(カードの入力または保留)。次の予定 2026/11/24 21:00',
    ])
    // A person decides again: everything begins anew.
    const later = EVENING + 12 * DAY
    expect((await plan({ nextAt: later })).updatePlan).toMatchObject({ state: 'planned', movesLeft: 3 })
    expect(await failedUpdates(w.database.db)).toBe(0)
  })

  it('another version after the window is 更新失敗 with what was found and when it is tried again', async () => {
    await plan()
    await at(EVENING)
    await at(EVENING + 60 * MINUTE)
    expect((await w.detail()).updatePlan).toMatchObject({
      state: 'failed',
      nextAt: EVENING + DAY,
      reason: 'other-version',
      found: 'V1.02.117',
    })
    expect(await updates()).toEqual([
      'update-failed 1 V1.03.001 理由: 予定の時間が過ぎても、別のバージョンのままです(現在のバージョン V1.02.117)。再試行 2026/11/24 21:00',
    ])
    await at(EVENING + DAY)
    expect(await shown()).toMatchObject({ state: 'open', movesLeft: 2 })
  })

  it('two desks settle a plan once', async () => {
    await plan()
    await w.registry.noticed(IN_USE, USB)
    w.clock.advance(EVENING - w.clock.now())
    await w.registry.touch(null)
    await Promise.all([w.watch(), w.watch(), w.watch()])
    expect(await updates()).toHaveLength(1)
    expect(await shown()).toMatchObject({ movesLeft: 2 })
  })

  it('an operator moves it to a later time, and only to a later one', async () => {
    await plan()
    const { id, updatePlan } = await w.detail()
    const version = updatePlan?.version ?? 0
    const wish = { id, version, note: '年末の受付のため' }
    const refusal = (nextAt: number) =>
      w.staff.postponeUpdate({ ...wish, nextAt }).catch((error) => error.code)
    expect(await refusal(EVENING)).toBe('NOT_LATER')
    expect(await refusal(NOW)).toBe('UPDATE_TIME')
    expect(await refusal(NOW + 400 * DAY)).toBe('UPDATE_TIME')
    const moved = await w.staff.postponeUpdate({ ...wish, nextAt: EVENING + 2 * DAY })
    expect(moved.updatePlan).toMatchObject({ state: 'deferred', reason: 'operator', movesLeft: 3 })
    expect(await updates()).toEqual([
      `update-deferred 1 V1.03.001 理由: 操作者が延期: 年末の受付のため。次の予定 2026/11/25 21:00(${w.owner.name})`,
    ])
    // What was on the screen before is not moved again.
    expect(await refusal(EVENING + 3 * DAY)).toBe('STALE')
  })

  it('each of the 28 codes is told with its words and the next try', async () => {
    const codes = Object.entries(UPDATE_CODES)
    expect(codes).toHaveLength(28)
    for (const [code, { title, action, cause }] of codes) {
      w.clock.advance(2 * MINUTE)
      const { id, updatePlan } = await plan({ nextAt: EVENING })
      const saved = await w.admin.failUpdate({ id, version: updatePlan?.version ?? 0, code })
      const isTriedAgain = cause !== 'device'
      const nextAt = isTriedAgain ? EVENING : null
      const failure = { code, title, action }
      expect(saved.updatePlan).toMatchObject({ state: 'failed', reason: 'code', nextAt, failure })
      const again = isTriedAgain ? '再試行 2026/11/23 21:00' : '自動では再試行しません。'
      const [newest] = await updates()
      expect(newest).toBe(
        `update-failed 1 V1.03.001 コード ${code} ${title}対処: ${action}${again}(${w.owner.name})`,
      )
    }
  })

  it('a code in the window is tried again the next evening; one that was not seen changes nothing', async () => {
    const { id, updatePlan } = await plan()
    await at(EVENING)
    const stale = w.admin.failUpdate({ id, version: updatePlan?.version ?? 0, code: '107' })
    await expect(stale).rejects.toMatchObject({ code: 'STALE' })
    const version = (await w.detail()).updatePlan?.version ?? 0
    await w.admin.failUpdate({ id, version, code: '107' })
    expect(await shown()).toEqual({ state: 'failed', nextAt: EVENING + DAY, movesLeft: 2, reason: 'code' })
  })

  it('refuses what cannot be: a past time, an odd version, the one that is there, a keypad out of use', async () => {
    const refusal = (change: object) => plan(change).catch((error) => error.code)
    expect(await refusal({ nextAt: NOW })).toBe('UPDATE_TIME')
    expect(await refusal({ target: '最新版' })).toBe('UPDATE_TARGET')
    expect(await refusal({ target: '1.02.117' })).toBe('UPDATE_DONE')
    expect(await refusal({ windowMinutes: 5 })).toBe('BAD_REQUEST')
    await plan()
    expect(await refusal({ version: null })).toBe('STALE')
    const { id, version } = await w.detail()
    await w.admin.stop({ id, version, reason: 'lost', note: '' })
    expect((await w.detail()).updatePlan).toBeNull()
    expect(await refusal({ version: null })).toBe('NOT_REGISTERED')
    expect((await w.eventsOf()).slice(0, 2).toSorted()).toEqual([
      `changed 1 更新予定の取消 V1.03.001(${w.owner.name})`,
      `stopped 1 理由: 紛失(${w.owner.name})`,
    ])
  })

  it('is found by its state in the list, and taken back', async () => {
    await plan()
    expect(await w.list(w.admin, { update: ['planned'] })).toHaveLength(1)
    expect(await w.list(w.admin, { update: ['deferred', 'failed'] })).toHaveLength(0)
    await w.admin.exportCsv({ filter: { text: '', state: [], shopId: [], model: [], p2pe: [], update: [] } })
    expect(w.csv()).toContain('V1.02.117,更新予定,2026-11-23 21:00:00,')
    const { id, updatePlan } = await w.detail()
    const kept = await w.admin.withdrawUpdate({ id, version: updatePlan?.version ?? 0 })
    expect(kept).toMatchObject({ update: null, updatePlan: null })
    await at(EVENING)
    expect(await updates()).toEqual([])
  })

  it('every kind of event that the contract names is raised by something that can happen', async () => {
    const raised = async () =>
      new Set((await w.admin.events({ id, limit: 200 })).items.map((row) => row.subtype))
    const { id } = await w.detail()
    await w.register('受付2番')
    await w.registry.misread('lrc')
    await w.registry.noticed(ready({ securityLevel: '1' }), USB)
    await w.registry.noticed(ready({ securityLevel: '0' }), USB)
    await w.registry.noticed(UNPLUGGED, USB)
    await plan()
    await at(EVENING, false)
    await w.registry.noticed(ready(), USB)
    await at(EVENING + DAY)
    await at(EVENING + DAY + 60 * MINUTE)
    await w.registry.noticed(ready({ firmware: 'V1.03.001' }), USB)
    await w.admin.stop({ id, version: (await w.detail()).version, reason: 'retired', note: '' })
    await w.registry.allow()
    await w.registry.touch(null)
    expect([...(await raised())].toSorted()).toEqual(KeypadEventSubtype.options.toSorted())
  })
})
