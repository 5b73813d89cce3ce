import { afterAll, beforeAll, expect, it } from 'vitest'
import { MAX_TABS } from '../../src/contract/order-tabs'
import type { DeskEvent } from '../../src/contract/system'
import { discard, openCheckout, saveCheckout } from '../../src/main/checkout/checkout.service'
import { EMPTY_FORM, type Actor, type CheckoutDeps } from '../../src/main/checkout/deps'
import { beginOrder, closeTab, listTabs, openTab } from '../../src/main/checkout/tabs'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { readCharges } from '../../src/main/features/charges/charges.service'
import { readBlacklistRules } from '../../src/main/features/blacklist/blacklist.service'
import { readSubscriptionSettings } from '../../src/main/features/subscriptions/subscription-settings.service'
import { manualClock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { newId } from '../../src/main/platform/ids'
import { silentLog } from '../../src/main/platform/log'
import type { SecretBox } from '../../src/main/platform/secrets'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded } from '../support/seeded'

/** A box of one PC: it opens what it has sealed itself. */
const boxOf = (pc: string): SecretBox => ({
  protection: 'key-file',
  seal: (plain) => pc + plain,
  open: (sealed) => {
    if (!sealed.startsWith(pc)) throw new Error('sealed elsewhere')
    return sealed.slice(pc.length)
  },
})

forEachDatabase('tabs', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let shop: string
  let user: string
  const clock = manualClock(Date.UTC(2026, 10, 23, 1))
  beforeAll(async () => {
    place = await openPlace()
    const seeded = await openSeeded(place.config, clock)
    database = seeded.database
    shop = seeded.admin.shop.id
    user = seeded.admin.id
  })
  afterAll(async () => {
    await database.close()
    await place.drop()
  })

  const depsOf = (pc: string): CheckoutDeps => ({
    database,
    clock,
    box: boxOf(pc),
    log: silentLog,
    events: new Emitter<DeskEvent>(),
    activeService: async () => ({ ready: false, cause: 'service-not-set-up' }),
    charges: () => readCharges(database.db),
    blacklistRules: () => readBlacklistRules(database.db),
    subscriptionSettings: async () => (await readSubscriptionSettings(database.db)).value,
  })
  /** A person who has no tabs yet. */
  async function person(): Promise<Actor> {
    const row = await database.db
      .selectFrom('staff_user')
      .selectAll()
      .where('id', '=', user)
      .executeTakeFirstOrThrow()
    const id = newId()
    await database.db
      .insertInto('staff_user')
      .values({ ...row, id, email: `${id}@example.jp` })
      .execute()
    return { userId: id, userName: row.name, shopId: shop, seat: '一番' }
  }

  it('show who and where, in the order of opening, and only what this PC can read', async () => {
    const [here, elsewhere] = [depsOf('A'), depsOf('B')]
    const actor = await person()
    const customer = await database.db.selectFrom('customer').selectAll().limit(1).executeTakeFirstOrThrow()
    const first = await openCheckout(here, actor)
    await openTab(here, actor.userId, first.checkoutId)
    clock.advance(10)
    const second = await openCheckout(here, actor)
    await openTab(here, actor.userId, second.checkoutId)
    await openTab(here, actor.userId, first.checkoutId)
    await saveCheckout(here, first.checkoutId, 1, {
      ...EMPTY_FORM,
      customer: { kind: 'existing', customerId: customer.id },
    })
    await saveCheckout(here, second.checkoutId, 1, {
      ...EMPTY_FORM,
      customer: { kind: 'none', phone: '0312' },
    })
    expect(await listTabs(here, actor.userId)).toMatchObject([
      {
        checkoutId: first.checkoutId,
        customerName: `${customer.family_name} ${customer.given_name}`,
        customerId: customer.id,
        isEmpty: false,
      },
      { checkoutId: second.checkoutId, customerName: null, phone: '0312', isEmpty: false },
    ])
    expect(await listTabs(elsewhere, actor.userId)).toEqual([])
    expect(await listTabs(here, (await person()).userId)).toEqual([])
  })

  /** Nine open orders, each with something in it, the first saved longest ago. */
  async function nine(deps: CheckoutDeps, actor: Actor): Promise<string[]> {
    const ids: string[] = []
    for (let at = 0; at < MAX_TABS; at++) {
      clock.advance(1)
      const { view } = await beginOrder(deps, actor)
      await saveCheckout(deps, view.checkoutId, view.version, { ...EMPTY_FORM, note: `${at}` })
      ids.push(view.checkoutId)
    }
    return ids
  }
  const idsOf = async (deps: CheckoutDeps, actor: Actor) =>
    (await listTabs(deps, actor.userId)).map(({ checkoutId }) => checkoutId)
  const statusOf = async (id: string) =>
    (await database.db.selectFrom('checkout').select('status').where('id', '=', id).executeTakeFirstOrThrow())
      .status

  it('a tenth makes room: what rested longest is closed, its draft stays, and what is on hold stays open', async () => {
    const deps = depsOf('A')
    const actor = await person()
    const ids = await nine(deps, actor)
    const [held = '', oldest = '', touched = '', next = ''] = ids
    clock.advance(1)
    await saveCheckout(deps, touched, 2, { ...EMPTY_FORM, note: '話し中' })
    await database.db.updateTable('checkout').set({ held_until: 1 }).where('id', '=', held).execute()
    const tenth = await beginOrder(deps, actor)
    expect(tenth.parked).toMatchObject({ checkoutId: oldest })
    expect(await statusOf(oldest)).toBe('editing')
    expect((await beginOrder(deps, actor)).view.checkoutId).toBe(tenth.view.checkoutId)
    await saveCheckout(deps, tenth.view.checkoutId, 1, { ...EMPTY_FORM, note: '十番' })
    expect((await openTab(deps, actor.userId, oldest)).parked).toMatchObject({ checkoutId: next })
    const left = await idsOf(deps, actor)
    expect(left).toHaveLength(MAX_TABS)
    expect(left).toEqual(expect.arrayContaining([held, touched, oldest, tenth.view.checkoutId]))
    expect(await openTab(deps, actor.userId, oldest)).toEqual({ parked: null })
  })

  it('nine orders that must stay are the most', async () => {
    const deps = depsOf('A')
    const actor = await person()
    const ids = await nine(deps, actor)
    await database.db.updateTable('checkout').set({ held_until: 1 }).where('id', 'in', ids).execute()
    await expect(beginOrder(deps, actor)).rejects.toMatchObject({ code: 'TOO_MANY' })
    expect(await idsOf(deps, actor)).toEqual(ids)
  })

  it('closing one leaves the draft, and discards an empty one; a finished one is gone by itself', async () => {
    const deps = depsOf('A')
    const actor = await person()
    const [filled = '', gone = ''] = await nine(deps, actor)
    await discard(deps, gone, 2)
    await closeTab(deps, actor.userId, filled)
    await closeTab(deps, actor.userId, filled)
    const empty = (await beginOrder(deps, actor)).view.checkoutId
    expect(await idsOf(deps, actor)).toHaveLength(MAX_TABS - 1)
    await closeTab(deps, actor.userId, empty)
    expect([await statusOf(empty), await statusOf(filled)]).toEqual(['discarded', 'editing'])
    expect(await openTab(deps, actor.userId, gone)).toEqual({ parked: null })
    expect(await idsOf(deps, actor)).toHaveLength(MAX_TABS - 2)
  })
})
