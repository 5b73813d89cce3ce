import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SubscriptionForm, TurnTry } from '../../src/contract/subscription-form'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { addDays } from '../../src/main/domain/calendar/tokyo'
import { manualClock } from '../../src/main/platform/clock'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, type SampleAdmin } from '../support/seeded'
import { subscriptionDeps, subscriptionDesk } from '../support/subscription-world'

/** Tuesday 24 November 2026, 10:00 in Tokyo. */
const NOW = Date.UTC(2026, 10, 24, 1)

forEachDatabase('plans of 定期', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let productId: string
  const clock = manualClock(NOW)

  beforeEach(async () => {
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    const { db } = database
    const product = await db.selectFrom('product').select('id').orderBy('code').executeTakeFirstOrThrow()
    productId = product.id
    await db
      .updateTable('product')
      .set({ price: 1_000, price_kind: 'net', tax_class: 'standard', temperature: 'normal' })
      .where('id', '=', productId)
      .execute()
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  const desk = () => subscriptionDesk(subscriptionDeps(database, clock), admin)

  const form = (changes: Partial<SubscriptionForm> = {}): SubscriptionForm => ({
    customerId: null,
    itemMode: 'fixed',
    sets: [[{ productId, quantity: 2, unitPrice: null }]],
    priceSteps: [],
    rule: { kind: 'months', every: 1, day: 5 },
    startOn: '2026-12-01',
    minTurns: 0,
    lastTurn: null,
    shipTo: {
      kind: 'other',
      name: '',
      phone: '',
      postalCode: '100-0001',
      prefecture: '東京都',
      city: '',
      address: '',
      building: '',
    },
    slotCode: null,
    gift: { noshi: null, wrapping: false, bag: false, message: '' },
    payment: { method: 'card', cardId: null },
    channel: 'phone',
    offerCode: '',
    medium: '',
    note: '',
    consent: false,
    ...changes,
  })

  it('explains each shift off a closed day, and the days on the road', async () => {
    await database.db
      .insertInto('special_day')
      .values({ date: '2026-12-04', kind: 'closed', label: '棚卸' })
      .execute()
    const plan = await desk().simulate({ form: form() })
    expect(plan).toHaveLength(12)
    expect(plan[0]).toMatchObject({
      turn: 1,
      deliverOn: '2026-12-05',
      shipOn: '2026-12-03',
      generateOn: '2026-11-30',
      changeUntil: '2026-11-28',
      notes: [
        { kind: 'road', days: 1 },
        { kind: 'shipped-earlier', days: 1, closed: { kind: 'special', name: '棚卸' } },
      ],
    })
  })

  it('定休日 by week of the month, 祝日, 特別休業 and 特別営業: what closes the day is said, and 特別営業 opens it', async () => {
    const { db } = database
    await db.deleteFrom('closed_weekday').execute()
    await db.updateTable('delivery_rule').set({ closed_on_holidays: 1 }).execute()
    await db.insertInto('closed_weekday').values({ weekday: 2, week: 3 }).execute()
    await db.insertInto('special_day').values({ date: '2026-12-18', kind: 'closed', label: '棚卸' }).execute()
    const rule = { kind: 'days', every: 30 } as const
    /** The ship date for a first delivery on this day, and what it was moved for. */
    const ships = async (startOn: string) => {
      const [first] = await desk().simulate({ form: form({ rule, startOn }) })
      const closed = first?.notes.flatMap((note) => ('closed' in note ? [note.closed] : []))
      return [first?.shipOn, ...(closed ?? [])]
    }
    // 15 December is the third Tuesday, the 8th the second; 11 January is 成人の日.
    expect(await ships('2026-12-09')).toEqual(['2026-12-08'])
    expect(await ships('2026-12-16')).toEqual(['2026-12-14', { kind: 'weekday' }])
    expect(await ships('2026-12-19')).toEqual(['2026-12-17', { kind: 'special', name: '棚卸' }])
    expect(await ships('2027-01-12')).toEqual(['2027-01-10', { kind: 'holiday', name: '成人の日' }])
    const opened = ['2026-12-15', '2027-01-11'].map((date) => ({
      date,
      kind: 'open' as const,
      label: '特別営業',
    }))
    await db.insertInto('special_day').values(opened).execute()
    expect(await ships('2026-12-16')).toEqual(['2026-12-15'])
    expect(await ships('2027-01-12')).toEqual(['2027-01-11'])
    await db.updateTable('delivery_rule').set({ closed_on_holidays: 0 }).execute()
    expect(await ships('2027-02-12')).toEqual(['2027-02-11'])
  })

  it('moves to the later side, with other deadlines, when the settings say so', async () => {
    await database.db
      .insertInto('special_day')
      .values({ date: '2026-12-04', kind: 'closed', label: '棚卸' })
      .execute()
    const { version, settings } = await desk().settings()
    const changed = { ...settings, shipOnClosedDay: 'later' as const, changeDaysBefore: 7 }
    await desk().saveSettings({ version, settings: changed })
    const [first] = await desk().simulate({ form: form() })
    // The 5th and 6th are a weekend.
    expect(first).toMatchObject({ shipOn: '2026-12-07', deliverOn: '2026-12-08', changeUntil: '2026-11-30' })
  })

  it('prices each turn by its price steps and the tax rate of its ship date', async () => {
    const { db } = database
    await db
      .insertInto('tax_rate')
      .values({ tax_class: 'standard', rate_percent: 20, valid_from: '2027-02-01' })
      .execute()
    const priceSteps = [
      { fromTurn: 1, toTurn: 1, kind: 'goods-total' as const, value: 980, label: '初回価格' },
    ]
    const plan = await desk().simulate({ form: form({ priceSteps }) })
    const shipping = 550
    expect(plan.slice(0, 3).map(({ total }) => total)).toEqual([
      980 + shipping,
      2_200 + shipping,
      2_400 + shipping,
    ])
  })

  it('ends with its last turn, and a course stays at its last set', async () => {
    const sets = [1, 2].map((quantity) => [{ productId, quantity, unitPrice: 500 }])
    const plan = await desk().simulate({ form: form({ itemMode: 'course', sets, lastTurn: 3 }) })
    expect(plan.map(({ items }) => items[0]?.quantity)).toEqual([1, 2, 2])
    // 税抜 500 a piece, and the parcel.
    expect(plan.map(({ total }) => total)).toEqual([1_100, 1_650, 1_650])
  })

  it('takes longer to an island, and never ships before what can be ready', async () => {
    await database.db.deleteFrom('remote_area').execute()
    await database.db.insertInto('remote_area').values({ prefix: '1000001', name: '父島', days: 6 }).execute()
    const everyThird = { kind: 'days', every: 30 } as const
    const [first] = await desk().simulate({ form: form({ startOn: '2026-11-20', rule: everyThird }) })
    expect(first?.notes).toContainEqual({ kind: 'road', days: 7 })
    expect(first?.shipOn && first.shipOn >= '2026-11-24').toBe(true)
    expect(first?.ruleDate).toBe(first?.deliverOn)
  })

  it('tries changes of single turns by the rules that hold for a contract', async () => {
    const [, , third] = await desk().simulate({ form: form() })
    if (!third) throw new Error('no third turn')
    const to = addDays(third.ruleDate, 3)
    const tried = await desk().simulate({
      form: form(),
      tries: [
        { kind: 'skip', ruleIndex: 1 },
        { kind: 'move', ruleIndex: 2, to },
      ],
    })
    expect(tried.filter(({ kind }) => kind === 'delivery')).toHaveLength(12)
    expect(tried.slice(0, 3)).toMatchObject([
      { kind: 'delivery', turn: 1 },
      { kind: 'skipped', turn: null },
      { kind: 'delivery', turn: 2, ruleDate: third.ruleDate },
    ])
    expect(tried[2]?.notes).toContainEqual({ kind: 'moved', from: third.ruleDate })

    const refusal = (tries: TurnTry[]) =>
      desk()
        .simulate({ form: form(), tries })
        .catch((error: unknown) => error)
    const fault = (path: string, message: RegExp) => ({
      code: 'INVALID_FIELDS',
      data: { fields: [{ path, message: expect.stringMatching(message) }] },
    })
    const far = await refusal([{ kind: 'move', ruleIndex: 2, to: addDays(third.ruleDate, 15) }])
    expect(far).toMatchObject(fault('tries.0', /前後14日以内/))
    const { settings } = await desk().settings()
    const skips = Array.from({ length: settings.skipsInRow + 1 }, (_, at) => ({
      kind: 'skip' as const,
      ruleIndex: at + 1,
    }))
    expect(await refusal(skips)).toMatchObject(fault(`tries.${settings.skipsInRow}`, /連続してスキップ/))
    expect(await refusal([{ kind: 'skip', ruleIndex: 500 }])).toMatchObject(
      fault('tries.0', /変更できません/),
    )
  })

  it('refuses a start beyond a year, and a deadline behind the order', async () => {
    await expect(desk().simulate({ form: form({ startOn: '2027-12-01' }) })).rejects.toMatchObject({
      code: 'INVALID_FIELDS',
    })
    const { version, settings } = await desk().settings()
    for (const wrong of [{ changeDaysBefore: 2 }, { retryDays: [3, 1] }]) {
      await expect(
        desk().saveSettings({ version, settings: { ...settings, ...wrong } }),
      ).rejects.toMatchObject({ code: 'INVALID_FIELDS' })
    }
    await desk().saveSettings({ version, settings: { ...settings, skipsInRow: 2 } })
    await expect(desk().saveSettings({ version, settings })).rejects.toMatchObject({ code: 'STALE' })
    expect((await desk().settings()).settings.skipsInRow).toBe(2)
  })
})
