import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SubscriptionSettings } from '../../src/contract/subscription-settings'
import type { SubscriptionDetail } from '../../src/contract/subscription-views'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, type SampleAdmin } from '../support/seeded'
import { openEveryDay } from '../support/subscription-rows'
import { plantContract, subscriptionDeps, subscriptionDesk } from '../support/subscription-world'

/** Tuesday 24 November 2026, 10:00 in Tokyo. */
const NOW = Date.UTC(2026, 10, 24, 1)

forEachDatabase('changes of a 定期', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let id: string
  const clock = manualClock(NOW)

  beforeEach(async () => {
    clock.set(NOW)
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    await openEveryDay(database)
    id = await plantContract(database, admin)
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  const desk = (role: 'admin' | 'staff' = 'admin') =>
    subscriptionDesk(subscriptionDeps(database, clock), admin, role)
  const get = () => desk().get({ id })
  const seen = async () => ({ id, version: (await get()).version })
  const dates = ({ plan }: Pick<SubscriptionDetail, 'plan'>, count = 3) =>
    plan
      .slice(0, count)
      .map(({ kind, deliverOn, ruleDate }) => (kind === 'delivery' ? deliverOn : `${kind} ${ruleDate}`))
  async function set(changes: Partial<SubscriptionSettings>) {
    const { version, settings } = await desk().settings()
    await desk().saveSettings({ version, settings: { ...settings, ...changes } })
  }

  it('a skip is planned around, kept for the lists, told in the history, and taken back', async () => {
    const before = await get()
    expect(before).toMatchObject({ number: 900_001, status: 'active', turnsDone: 0 })
    expect(dates(before)).toEqual(['2026-12-10', '2027-01-10', '2027-02-10'])
    const after = await desk('staff').skip({ ...(await seen()), ruleIndex: 0 })
    expect(dates(after)).toEqual(['skipped 2026-12-10', '2027-01-10', '2027-02-10'])
    expect(after).toMatchObject({ nextDeliverOn: '2027-01-10', nextShipOn: '2027-01-09', version: 2 })
    expect(after.events[0]).toMatchObject({ by: admin.name, text: '12月10日(木)お届け分をスキップしました' })
    const row = await database.db.selectFrom('subscription').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ next_generate_on: '2027-01-06', change_until: '2027-01-04', next_turn: 1 })
    const back = await desk().restore({ ...(await seen()), ruleIndex: 0, what: 'skip' })
    expect(dates(back)).toEqual(['2026-12-10', '2027-01-10', '2027-02-10'])
    expect(back.events).toHaveLength(2)
  })

  it('refuses a second skip of the same date, more in a row than the shop allows, and an old version', async () => {
    const skip = async (ruleIndex: number) => desk().skip({ ...(await seen()), ruleIndex })
    await skip(0)
    await expect(skip(0)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await skip(1)
    await skip(2)
    await expect(skip(3)).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
      data: { why: '連続してスキップできるのは3回までです。停止をご案内してください。' },
    })
    await expect(desk().skip({ id, version: 1, ruleIndex: 5 })).rejects.toMatchObject({
      code: 'STALE',
      data: { version: 4 },
    })
  })

  it('moves one delivery by 14 days at most, and never onto a neighbour or into the past', async () => {
    const move = async (ruleIndex: number, to: string) => desk().move({ ...(await seen()), ruleIndex, to })
    const shown = await desk().preview({ id, change: { kind: 'move', ruleIndex: 1, to: '2027-01-24' } })
    expect(shown[1]).toMatchObject({ deliverOn: '2027-01-24', ruleDate: '2027-01-10' })
    expect(dates(await move(1, '2027-01-24'))).toEqual(['2026-12-10', '2027-01-24', '2027-02-10'])
    await expect(move(1, '2027-01-25')).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await expect(move(0, '2026-11-24')).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await desk().update({
      ...(await seen()),
      fields: { ...(await get()).form, rule: { kind: 'weeks', every: 1, weekday: 4 } },
    })
    await expect(move(1, '2026-12-10')).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  })

  it('behind the deadline only with the permission, and with the reason in the history', async () => {
    // Ships on 9 December; may be changed until the 4th.
    clock.set(Date.UTC(2026, 11, 5, 1))
    await expect(desk().skip({ ...(await seen()), ruleIndex: 0 })).rejects.toMatchObject({
      code: 'PAST_DEADLINE',
    })
    const override = '配送事故のお詫び'
    await expect(desk('staff').skip({ ...(await seen()), ruleIndex: 0, override })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    // The turn behind it is still open to all.
    await desk('staff').skip({ ...(await seen()), ruleIndex: 1 })
    await database.db.updateTable('subscription').set({ change_until: '2026-12-04' }).execute()
    const done = await desk().skip({ ...(await seen()), ruleIndex: 0, override })
    expect(done.events[0]?.text).toContain('締め切り後の変更。理由: 配送事故のお詫び')
  })

  it('other goods for one turn, and for good', async () => {
    const { db } = database
    const products = await db.selectFrom('product').select('id').orderBy('code').limit(2).execute()
    const other = products[1]?.id ?? ''
    await db.updateTable('product').set({ subscribable: 1, active: 1 }).execute()
    const sets = [[{ productId: other, quantity: 2, unitPrice: 500 }]]
    const once = await desk().changeItems({ ...(await seen()), ruleIndex: 1, itemMode: 'fixed', sets })
    expect(once.plan.slice(0, 3).map(({ ownItems, items }) => [ownItems, items[0]?.quantity])).toEqual([
      [false, 1],
      [true, 2],
      [false, 1],
    ])
    const good = await desk().changeItems({ ...(await seen()), ruleIndex: null, itemMode: 'fixed', sets })
    expect(good.plan[2]?.items[0]).toMatchObject({ productId: other, quantity: 2 })
    await db.updateTable('product').set({ subscribable: 0 }).execute()
    const first = products[0]?.id ?? ''
    const wrong = [[{ productId: first, quantity: 1, unitPrice: null }]]
    await expect(
      desk().changeItems({ ...(await seen()), ruleIndex: null, itemMode: 'fixed', sets: wrong }),
    ).rejects.toMatchObject({ code: 'INVALID_FIELDS' })
  })

  it('a new rule goes on counting: no index is used twice', async () => {
    await database.db
      .updateTable('subscription')
      .set({ next_index: 4, next_turn: 4, anchor: '2026-08-10', last_shipped_on: '2026-11-09' })
      .execute()
    const { form } = await get()
    const rule = { kind: 'month-weekday' as const, every: 1, nth: 2, weekday: 2, missing: 'last' as const }
    const done = await desk().update({ ...(await seen()), fields: { ...form, rule, note: '玄関へ' } })
    expect(dates(done)).toEqual(['2026-12-08', '2027-01-12', '2027-02-09'])
    expect(done.plan[0]).toMatchObject({ ruleIndex: 4, turn: 4 })
    expect(done.events[0]?.text).toBe('お届け周期を「毎月10日」から「毎月第2火曜日」、備考を変更しました')
  })

  it('refuses fields that contradict each other', async () => {
    const { form } = await get()
    const step = { kind: 'percent-off' as const, value: 10, label: '' }
    const fields = {
      ...form,
      minTurns: 5,
      lastTurn: 3,
      priceSteps: [
        { ...step, fromTurn: 1, toTurn: 3 },
        { ...step, fromTurn: 3, toTurn: null },
      ],
      payment: { method: 'card' as const, cardId: null },
    }
    await expect(desk().update({ ...(await seen()), fields })).rejects.toMatchObject({
      code: 'INVALID_FIELDS',
      data: {
        fields: [{ path: 'payment.cardId' }, { path: 'priceSteps.1.fromTurn' }, { path: 'minTurns' }],
      },
    })
  })

  it('pauses for a while, or until it is resumed; what went by is not caught up', async () => {
    const timed = await desk().pause({ ...(await seen()), from: '2026-12-01', until: '2027-02-01' })
    expect(timed).toMatchObject({ status: 'active', nextDeliverOn: '2027-02-10' })
    expect(dates(timed)).toEqual(['paused 2026-12-10', 'paused 2027-01-10', '2027-02-10'])
    clock.set(Date.UTC(2026, 11, 2, 1))
    expect((await get()).status).toBe('paused')
    expect((await desk().list({ filter: { status: ['active'] } })).items).toHaveLength(0)
    expect((await desk().list({ filter: { status: ['paused'] } })).items).toHaveLength(1)
    const lifted = await desk().resume(await seen())
    expect(lifted).toMatchObject({ status: 'active', nextDeliverOn: '2026-12-10' })
    await desk().pause({ ...(await seen()), from: '2026-12-02', until: null })
    expect(await get()).toMatchObject({ status: 'paused', nextDeliverOn: null, plan: [] })
    clock.set(Date.UTC(2027, 2, 1, 1))
    const resumed = await desk().resume(await seen())
    expect(resumed).toMatchObject({ status: 'active', nextDeliverOn: '2027-03-10', nextTurn: 1 })
  })

  it.each([
    ['none', false, false],
    ['paused', true, false],
    ['cancelled', false, true],
    ['both', true, true],
  ] as const)('再開 as the shop sets it: %s', async (restart, fromPause, fromCancel) => {
    await set({ restart })
    await desk().pause({ ...(await seen()), from: '2026-11-24', until: null })
    expect((await get()).can).toMatchObject({ resume: fromPause, restart: false })
    const resume = async () => desk().resume(await seen())
    if (fromPause) expect(await resume()).toMatchObject({ status: 'active' })
    else await expect(resume()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    const wish = { reason: 'price' as const, note: '', offered: true, belowMinimum: false }
    await desk().cancel({ ...(await seen()), ...wish })
    expect((await get()).can).toMatchObject({ resume: false, restart: fromCancel })
    if (fromCancel) expect(await resume()).toMatchObject({ status: 'active', cancelled: null })
    else await expect(resume()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  })

  it('cancels below the minimum as the shop sets it, and keeps reason and offer', async () => {
    await database.db.updateTable('subscription').set({ min_turns: 3 }).execute()
    await set({ retentionOffer: '次回10%引き' })
    const wish = { reason: 'stock-left' as const, note: '2袋残っている', offered: true, belowMinimum: true }
    const cancel = async (more: { override?: string; belowMinimum?: boolean } = {}, role?: 'staff') =>
      desk(role).cancel({ ...(await seen()), ...wish, ...more })
    await expect(cancel()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await expect(cancel({ override: '返金対応' }, 'staff')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await set({ underMinimum: 'warn' })
    await expect(cancel({ belowMinimum: false })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    const done = await cancel()
    expect(done).toMatchObject({
      status: 'cancelled',
      nextDeliverOn: null,
      plan: [],
      cancelled: { reason: 'stock-left', note: '2袋残っている' },
    })
    const event = await database.db.selectFrom('subscription_event').selectAll().executeTakeFirstOrThrow()
    expect(JSON.parse(event.content)).toMatchObject({ offer: '次回10%引き', turnsUnderMinimum: 3 })
    await expect(cancel()).rejects.toMatchObject({ code: 'WRONG_STAGE' })
  })
})
