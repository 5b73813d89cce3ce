import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { confirm, openCheckout, proceed, saveCheckout } from '../../src/main/checkout/checkout.service'
import { openChange } from '../../src/main/checkout/order-change'
import { viewOf } from '../../src/main/checkout/view'
import { newId } from '../../src/main/platform/ids'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { filledForm, openWorld, type World } from '../support/checkout-world'
import { addPerson } from '../support/customer-rows'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { mergeAs, mergeDesk, type MergeDesk } from '../support/merge-world'

forEachDatabase('drafts of a customer who is merged', (openPlace) => {
  let place: DatabasePlace
  let folder: string
  let acquirer: AcquirerProcess
  let world: World
  let desk: MergeDesk
  let kept: string
  let number = 90_000
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-merged-'))
    place = await openPlace()
    acquirer = await startAcquirer(join(folder, 'acquirer'))
    world = await openWorld(place.config, acquirer.service())
    const { actor, deps } = world
    const admin = { id: actor.userId, name: actor.userName, shop: { id: actor.shopId, name: '' } }
    desk = mergeDesk(deps.database, admin, deps.clock)
  })
  afterAll(async () => {
    await world.close()
    await acquirer.stop()
    await place.drop()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    kept = await addPerson(world.deps.database, { id: newId(), number: ++number })
  })

  /** A whole draft of a new customer, paid by card. */
  async function draft() {
    const opened = await openCheckout(world.deps, world.actor)
    const form = await filledForm(world, opened.checkoutId)
    const customerId = await addPerson(world.deps.database, { id: newId(), number: ++number })
    const mine = { ...form, customer: { kind: 'existing' as const, customerId } }
    return { view: await saveCheckout(world.deps, opened.checkoutId, opened.version, mine), customerId }
  }
  const ownerOf = async (orderId: string | undefined) =>
    (
      await world.deps.database.db
        .selectFrom('sales_order')
        .select('customer_id')
        .where('id', '=', orderId ?? '')
        .executeTakeFirstOrThrow()
    ).customer_id

  it('go on as drafts of the one who was kept; a screen from before is told', async () => {
    const { view, customerId } = await draft()
    await mergeAs(desk, kept, customerId)
    await expect(proceed(world.deps, world.actor, view.checkoutId, view.version)).rejects.toMatchObject({
      code: 'STALE',
    })
    const now = await viewOf(world.deps, view.checkoutId)
    expect(now.form.customer).toEqual({ kind: 'existing', customerId: kept })
    const read = await proceed(world.deps, world.actor, now.checkoutId, now.version)
    expect(read.stage).toBe('read-back')
    const done = await confirm(world.deps, world.actor, read.checkoutId, read.version)
    expect(await ownerOf(done.order?.id)).toBe(kept)
  })

  it('are looked up in the blacklist as the one who was kept', async () => {
    const { view, customerId } = await draft()
    await mergeAs(desk, kept, customerId)
    await world.deps.database.db
      .updateTable('customer')
      .set({ blacklist: 'listed', blacklist_reason: '受取拒否' })
      .where('id', '=', kept)
      .execute()
    const { checkoutId, version } = await viewOf(world.deps, view.checkoutId)
    const read = await proceed(world.deps, world.actor, checkoutId, version)
    expect(read).toMatchObject({ stage: 'read-back', review: true })
  })

  it('hold a merge back while their payment or their read-back is on its way', async () => {
    const { view, customerId } = await draft()
    const read = await proceed(world.deps, world.actor, view.checkoutId, view.version)
    await expect(mergeAs(desk, kept, customerId)).rejects.toMatchObject({ code: 'CHECKOUT_RUNNING' })
    const done = await confirm(world.deps, world.actor, read.checkoutId, read.version)
    const { mergeId } = await mergeAs(desk, kept, customerId)
    expect(await ownerOf(done.order?.id)).toBe(kept)
    const change = await openChange(world.deps, world.actor, done.order?.id ?? '')
    expect(change.form.customer).toEqual({ kind: 'existing', customerId: kept })
    await expect(desk.merging.undo({ mergeId })).rejects.toMatchObject({ code: 'CHECKOUT_RUNNING' })
  })
})
