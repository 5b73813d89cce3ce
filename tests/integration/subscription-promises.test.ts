import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SubscriptionDetail } from '../../src/contract/subscription-views'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, type SampleAdmin } from '../support/seeded'
import { openEveryDay, turnOf } from '../support/subscription-rows'
import {
  plantContract,
  subscriptionDeps,
  subscriptionDesk,
  type SubscriptionDesk,
} from '../support/subscription-world'

/** Tuesday 24 November 2026, 10:00 in Tokyo. */
const NOW = Date.UTC(2026, 10, 24, 1)
/** The next turn ships on 9 December, and may be changed until the 4th: the day behind it. */
const LATE = Date.UTC(2026, 11, 5, 1)

interface Wish {
  readonly id: string
  readonly version: number
  readonly override?: string
}
type Change = (desk: SubscriptionDesk, wish: Wish, seen: SubscriptionDetail) => Promise<SubscriptionDetail>

const setsOf = ({ form }: SubscriptionDetail) =>
  form.sets.map((set) => set.map((item) => ({ ...item, quantity: item.quantity + 1 })))

/** Every kind of change that shows in the next turn, and what the history says of it. */
const CHANGES: readonly (readonly [name: string, words: string, change: Change])[] = [
  ['skip', 'スキップしました', (desk, wish) => desk.skip({ ...wish, ruleIndex: 0 })],
  ['move', 'お届け日を', (desk, wish) => desk.move({ ...wish, ruleIndex: 0, to: '2026-12-14' })],
  [
    'goods of the turn',
    'お届け分の商品を変更しました',
    (desk, wish, seen) => desk.changeItems({ ...wish, ruleIndex: 0, itemMode: 'fixed', sets: setsOf(seen) }),
  ],
  [
    'goods for good',
    '次回以降の商品を変更しました',
    (desk, wish, seen) =>
      desk.changeItems({ ...wish, ruleIndex: null, itemMode: 'fixed', sets: setsOf(seen) }),
  ],
  [
    'rule',
    'お届け周期を',
    (desk, wish, { form }) =>
      desk.update({ ...wish, fields: { ...form, rule: { kind: 'days', every: 30 } } }),
  ],
  [
    'のし',
    'のし・ギフトを変更しました',
    (desk, wish, { form }) =>
      desk.update({ ...wish, fields: { ...form, gift: { ...form.gift, bag: true } } }),
  ],
  [
    'end',
    '終了回を変更しました',
    (desk, wish, { form }) => desk.update({ ...wish, fields: { ...form, lastTurn: 6 } }),
  ],
  ['pause', 'から停止しました', (desk, wish) => desk.pause({ ...wish, from: '2026-12-05', until: null })],
  [
    'cancel',
    '解約しました',
    (desk, wish) => desk.cancel({ ...wish, reason: 'price', note: '', offered: false, belowMinimum: false }),
  ],
]

forEachDatabase('what a 定期 promises', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  const clock = manualClock(NOW)

  beforeEach(async () => {
    clock.set(NOW)
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    await openEveryDay(database)
    await database.db.updateTable('product').set({ subscribable: 1, active: 1 }).execute()
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  const desk = (role: 'admin' | 'staff' = 'admin') =>
    subscriptionDesk(subscriptionDeps(database, clock), admin, role)

  it('the deadline holds for every kind of change; each leaves one line with who, what and why', async () => {
    clock.set(LATE)
    for (const [name, words, change] of CHANGES) {
      const id = await plantContract(database, admin, { change_until: '2026-12-04' })
      const seen = await desk().get({ id })
      const wish = { id, version: seen.version }
      const override = 'お詫びのため'
      await expect(change(desk(), wish, seen), name).rejects.toMatchObject({ code: 'PAST_DEADLINE' })
      await expect(change(desk('staff'), { ...wish, override }, seen), name).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
      const done = await change(desk(), { ...wish, override }, seen)
      expect(done.events, name).toMatchObject([
        { by: admin.name, at: LATE, text: expect.stringContaining('締め切り後の変更。理由: お詫びのため') },
      ])
      expect(done.events[0]?.text, name).toContain(words)
      expect(done.version, name).toBe(seen.version + 1)
    }
  })

  it('what does not show in the next turn has no deadline', async () => {
    clock.set(LATE)
    const id = await plantContract(database, admin, { change_until: '2026-12-04' })
    const { form, version } = await desk('staff').get({ id })
    const noted = await desk('staff').update({ id, version, fields: { ...form, note: '犬がいます' } })
    expect(noted.events).toMatchObject([{ text: '備考を変更しました' }])
    const skipped = await desk('staff').skip({ id, version: noted.version, ruleIndex: 1 })
    expect(skipped.plan.map(({ kind }) => kind).slice(0, 2)).toEqual(['delivery', 'skipped'])
  })

  it('what the payment has stopped is resumed whatever the shop says of 停止', async () => {
    const { version, settings } = await desk().settings()
    await desk().saveSettings({ version, settings: { ...settings, restart: 'none' } })
    const id = await plantContract(database, admin, { status: 'payment-stopped' })
    const seen = await desk('staff').get({ id })
    expect(seen).toMatchObject({ status: 'payment-stopped', plan: [], can: { resume: true } })
    const resumed = await desk('staff').resume({ id, version: seen.version })
    expect(resumed).toMatchObject({
      status: 'active',
      nextDeliverOn: '2026-12-10',
      events: [{ by: admin.name, text: '定期を再開しました' }],
    })
    const paused = await plantContract(database, admin, { status: 'paused', pause_from: '2026-11-01' })
    expect((await desk().get({ id: paused })).can).toMatchObject({ resume: false, restart: false })
  })

  it('turns that nobody has paid do not count for the minimum', async () => {
    const id = await plantContract(database, admin, {
      min_turns: 3,
      anchor: '2026-08-10',
      next_index: 4,
      next_turn: 4,
    })
    await database.db
      .insertInto('subscription_cycle')
      .values([
        turnOf(id, 0, null),
        { ...turnOf(id, 1, null), status: 'failed' },
        // A date that the customer has skipped has no number.
        { ...turnOf(id, 2, null), status: 'skipped', turn: null },
        { ...turnOf(id, 3, null), status: 'skipped', turn: 3 },
      ])
      .execute()
    const seen = await desk().get({ id })
    expect(seen).toMatchObject({ turnsDone: 1, nextTurn: 4, can: { turnsUnderMinimum: 2 } })
    const wish = { reason: 'price' as const, note: '', offered: false, belowMinimum: false }
    await expect(desk().cancel({ id, version: seen.version, ...wish })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
      data: { why: '最低継続回数まであと2回あるため、解約できません。' },
    })
  })
})
