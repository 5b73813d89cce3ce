import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CheckoutForm } from '../../src/contract/checkout'
import { OrderFilter } from '../../src/contract/orders'
import { isCardBlocked } from '../../src/main/checkout/card-block'
import { confirm, openCheckout, proceed, saveCheckout } from '../../src/main/checkout/checkout.service'
import { tokenize } from '../../src/main/checkout/2-tokenization'
import {
  addEntry,
  markCustomer,
  removeOrRestore,
  saveBlacklistSettings,
  blacklistSettings,
  standingOf,
  unblockCard,
} from '../../src/main/features/blacklist/blacklist.service'
import { detail, list, release } from '../../src/main/features/orders/orders.service'
import { startAcquirer, keyedFrame, recordedCard, type AcquirerProcess } from '../support/acquirer'
import { filledForm, openWorld, type World } from '../support/checkout-world'
import { forEachDatabase, type DatabasePlace } from '../support/databases'

const NOTHING = { name: '', kana: '', phone: '', email: '', postalCode: '', address: '' }

let folder: string
let acquirer: AcquirerProcess
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-blacklist-'))
  acquirer = await startAcquirer(join(folder, 'acquirer'))
})
afterAll(async () => {
  await acquirer.stop()
  rmSync(folder, { recursive: true, force: true })
})

forEachDatabase('ブラックリスト', (openPlace) => {
  let place: DatabasePlace
  let world: World
  beforeAll(async () => {
    place = await openPlace()
    world = await openWorld(place.config, acquirer.service())
  })
  afterAll(async () => {
    await world.close()
    await place.drop()
  })
  beforeEach(() => acquirer.clear())

  const by = () => world.actor.userId
  const customer = () =>
    world.deps.database.db.selectFrom('customer').selectAll().orderBy('number').executeTakeFirstOrThrow()
  const cod = (form: CheckoutForm): CheckoutForm => ({
    ...form,
    payment: { method: 'cod', cardId: null, keepCard: false },
  })
  async function readBack(edit: (form: CheckoutForm) => CheckoutForm = cod) {
    const opened = await openCheckout(world.deps, world.actor)
    const form = edit(await filledForm(world, opened.checkoutId))
    const saved = await saveCheckout(world.deps, opened.checkoutId, opened.version, form)
    return proceed(world.deps, world.actor, saved.checkoutId, saved.version)
  }
  const ordered = async (edit?: (form: CheckoutForm) => CheckoutForm) => {
    const read = await readBack(edit)
    const done = await confirm(world.deps, world.actor, read.checkoutId, read.version)
    return { read, done, order: await detail(world.deps, done.order?.id ?? '') }
  }

  describe('conditions', () => {
    it('hold an order that matches in two fields, however they are written, until it is released with a reason', async () => {
      const { family_name: family, given_name: given, phone } = await customer()
      const typed = `０${phone.slice(1, 3)}－${phone.slice(3)}`
      const entry = await addEntry(
        world.deps,
        { ...NOTHING, standing: 'listed', reason: '受取拒否', name: `${family}　${given}`, phone: typed },
        by(),
      )
      const { read, done, order } = await ordered()
      expect(read.review).toBe(true)
      expect(JSON.stringify(read.readBack)).not.toContain('受取拒否')
      expect(done.review).toBe(true)
      expect(order).toMatchObject({ status: 'waiting-check', flag: 'held' })
      const [hold] = order.holds
      expect(hold?.matches).toMatchObject([{ source: 'entry', sourceId: entry.id, reason: '受取拒否' }])
      expect(hold?.matches[0]?.fields.toSorted()).toEqual(['name', 'phone'])
      const held = await list(world.deps, {
        filter: OrderFilter.parse({ status: ['waiting-check'] }),
        cursor: null,
        limit: 50,
      })
      expect(held.items.map(({ id }) => id)).toEqual([order.id])
      const wish = { id: order.id, holdId: hold?.id ?? '', by: by() }
      await expect(release(world.deps, { ...wish, reason: ' ' })).rejects.toMatchObject({ code: 'NOT_HELD' })
      const free = await release(world.deps, { ...wish, reason: '電話で確認した' })
      expect(free).toMatchObject({ status: 'new', flag: null })
      expect(free.holds[0]?.released).toMatchObject({ reason: '電話で確認した' })
      await expect(release(world.deps, { ...wish, reason: 'もう一度' })).rejects.toMatchObject({
        code: 'NOT_HELD',
      })
      await removeOrRestore(world.deps, { id: entry.id, removed: true }, by())
      expect((await ordered()).order.status).toBe('new')
    })

    it('one matching field of two is not enough; a 候補 is only marked when the shop wants so', async () => {
      const { phone } = await customer()
      const far = { ...NOTHING, standing: 'candidate', reason: '長期不在' } as const
      const entry = await addEntry(world.deps, { ...far, phone, name: '別名 某' }, by())
      expect((await ordered()).order).toMatchObject({ status: 'new', holds: [] })
      await removeOrRestore(world.deps, { id: entry.id, removed: true }, by())
      await addEntry(world.deps, { ...far, phone }, by())
      const { version, values } = await blacklistSettings(world.deps)
      await saveBlacklistSettings(world.deps, { version, values: { ...values, candidates: 'mark' } }, by())
      const { read, order } = await ordered()
      expect(read.review).toBe(false)
      expect(order).toMatchObject({ status: 'new', flag: 'marked' })
      expect(order.holds[0]?.kind).toBe('mark')
    })

    it('a marked customer holds the order by itself, and is let go again', async () => {
      const { id } = await customer()
      const mark = { customerId: id, reason: '不正利用の疑い' }
      const marked = await markCustomer(world.deps, { ...mark, seen: 'none', standing: 'listed' }, by())
      expect(marked).toMatchObject({ standing: 'listed', reason: '不正利用の疑い' })
      await expect(
        markCustomer(world.deps, { ...mark, seen: 'none', standing: 'candidate' }, by()),
      ).rejects.toMatchObject({ code: 'STANDING_CHANGED' })
      expect((await ordered()).order.status).toBe('waiting-check')
      await markCustomer(world.deps, { ...mark, seen: 'listed', standing: 'none' }, by())
      expect((await ordered()).order.status).toBe('new')
    })
  })

  it('declined cards in a row block the customer: no further card reaches the service, until somebody unblocks', async () => {
    const { id } = await customer()
    const { version, values } = await blacklistSettings(world.deps)
    await saveBlacklistSettings(world.deps, { version, values: { ...values, cardFailureLimit: 3 } }, by())
    const choice = await world.deps.activeService()
    if (!choice.ready) throw new Error('no service')
    const declined = keyedFrame({ pan: '4000000000000002' })
    const opened = await openCheckout(world.deps, world.actor)
    const keyed = await tokenize(world.deps, choice.active, recordedCard(declined), {
      checkoutId: opened.checkoutId,
    })
    if (!('card' in keyed)) throw new Error('no card')
    const { cardId } = keyed.card
    const form = await filledForm(world, opened.checkoutId)
    const paying = { ...form, payment: { method: 'card' as const, cardId, keepCard: false } }
    let view = await saveCheckout(world.deps, opened.checkoutId, opened.version, paying)
    const payments = async () =>
      (
        await world.deps.database.db
          .selectFrom('payment')
          .select('id')
          .where('checkout_id', '=', opened.checkoutId)
          .execute()
      ).length
    for (let tries = 1; tries <= 3; tries++) {
      view = await proceed(world.deps, world.actor, view.checkoutId, view.version)
      expect(view.failure?.code).toBe('101')
    }
    expect(await payments()).toBe(3)
    const blocked = await standingOf(world.deps, id)
    expect(blocked).toMatchObject({ cardFailures: 3 })
    expect(blocked.cardBlockedAt).not.toBeNull()
    expect(blocked.events[0]).toMatchObject({ kind: 'card-blocked', by: null })
    expect(await isCardBlocked(world.deps, { id: opened.checkoutId, customer_id: id })).toBe(true)
    view = await proceed(world.deps, world.actor, view.checkoutId, view.version)
    expect(view.failure?.message).toContain('カード払いは停止')
    expect(await payments()).toBe(3)
    const free = await unblockCard(world.deps, { customerId: id, reason: 'ご本人に確認' }, by())
    expect(free).toMatchObject({ cardFailures: 0, cardBlockedAt: null })
    view = await proceed(world.deps, world.actor, view.checkoutId, view.version)
    expect(await payments()).toBe(4)
  })
})
