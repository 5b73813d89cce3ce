import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CheckoutForm } from '../../src/contract/checkout'
import { confirm, openCheckout, proceed, saveCheckout } from '../../src/main/checkout/checkout.service'
import { openChange } from '../../src/main/checkout/order-change'
import { readChargeSettings, saveCharges } from '../../src/main/features/charges/charges.service'
import { newId } from '../../src/main/platform/ids'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { filledForm, openWorld, type World } from '../support/checkout-world'
import { deskFile } from '../support/databases'

let folder: string
let acquirer: AcquirerProcess
let world: World
let products: { id: string; price: number; name: string }[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-pricing-'))
  acquirer = await startAcquirer(join(folder, 'acquirer'))
  world = await openWorld(deskFile(folder), acquirer.service())
  const { db } = world.deps.database
  products = await db.selectFrom('product').select(['id', 'price', 'name']).orderBy('code').limit(2).execute()
  await db
    .insertInto('medium')
    .values({ id: newId(), code: 'TV9', name: '朝のテレビ', kind: 'tv', active: 1, ...stamp })
    .execute()
})
afterAll(async () => {
  await world.close()
  await acquirer.stop()
  rmSync(folder, { recursive: true, force: true })
})

const stamp = { created_at: 1, updated_at: 1, version: 1 }
const [FIRST, SECOND] = [0, 1] as const
const product = (at: number) => products[at] ?? { id: '', price: 0, name: '' }

async function advertise(code: string, only: { productId: string; price: number | null }[]): Promise<void> {
  const { db } = world.deps.database
  const { id: mediumId } = await db
    .selectFrom('medium')
    .select('id')
    .where('code', '=', 'TV9')
    .executeTakeFirstOrThrow()
  const id = newId()
  await db
    .insertInto('offer')
    .values({
      id,
      code,
      name: '春の特別価格',
      search_text: code,
      medium_id: mediumId,
      legal_mode: 'mail-order',
      statutory: 1,
      whole_range: 0,
      valid_from: '2020-01-01',
      valid_to: '2099-03-31',
      note: '',
      active: 1,
      ...stamp,
    })
    .execute()
  await db
    .insertInto('offer_product')
    .values(
      only.map((row) => ({ offer_id: id, product_id: row.productId, price: row.price, subscription: 0 })),
    )
    .execute()
}

async function saved(edit: (form: CheckoutForm) => CheckoutForm) {
  const opened = await openCheckout(world.deps, world.actor)
  const form = edit(await filledForm(world, opened.checkoutId))
  const cod = { ...form, payment: { method: 'cod' as const, cardId: null, keepCard: false } }
  return saveCheckout(world.deps, opened.checkoutId, opened.version, cod)
}
const only = (at: number, quantity: number) => (form: CheckoutForm) => ({
  ...form,
  lines: [{ productId: product(at).id, quantity, shipment: 0 }],
})
const ordered = async (id: string) => {
  const { db } = world.deps.database
  return db.selectFrom('sales_order').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}
const stockOf = async (at: number) => {
  const { db } = world.deps.database
  const row = await db
    .selectFrom('product')
    .select('stock')
    .where('id', '=', product(at).id)
    .executeTakeFirst()
  return row?.stock
}

describe('an order under an advertisement', () => {
  it('costs what was advertised, and is 通信販売 as long as it keeps to it', async () => {
    await advertise('SPRING1', [{ productId: product(FIRST).id, price: 77 }])
    const { quote } = await saved((form) => ({
      ...only(FIRST, 2)(form),
      offerCode: ' spring1'.toUpperCase(),
    }))
    expect(quote.lines[0]).toMatchObject({ unitPrice: 77, amount: 154 })
    expect(quote.legal).toMatchObject({
      mode: 'mail-order',
      offer: { code: 'SPRING1', medium: '朝のテレビ', validTo: '2099-03-31' },
      unknown: false,
    })
  })

  it('becomes 電話勧誘販売 with an item outside of it: read aloud, and kept on the order', async () => {
    await advertise('SPRING2', [{ productId: product(FIRST).id, price: null }])
    const draft = await saved((form) => ({ ...form, offerCode: 'SPRING2' }))
    expect(draft.quote.legal).toMatchObject({
      mode: 'telemarketing',
      reason: 'outside',
      outside: [product(SECOND).name],
    })
    const read = await proceed(world.deps, world.actor, draft.checkoutId, draft.version)
    const said = read.readBack?.sentences ?? []
    expect(said.find(({ id }) => id === 'cooling-off')?.text).toContain(product(SECOND).name)
    expect(said.find(({ id }) => id === 'period')?.text).toContain('3月31日')
    const done = await confirm(world.deps, world.actor, read.checkoutId, read.version)
    expect(await ordered(done.order?.id ?? '')).toMatchObject({
      legal_mode: 'telemarketing',
      legal_reason: 'outside',
      medium: '朝のテレビ',
    })
  })

  it('an application number that is not known changes nothing, and is said', async () => {
    const { quote } = await saved((form) => ({ ...only(FIRST, 1)(form), offerCode: 'NOPE' }))
    expect(quote.legal).toMatchObject({ mode: 'mail-order', offer: null, unknown: true })
    expect(quote.lines[0]?.unitPrice).toBe(product(FIRST).price)
  })
})

describe('what the shop has set up', () => {
  it('送料 goes by the prefecture of the delivery, whatever the threshold says', async () => {
    const { db } = world.deps.database
    const draft = await saved(only(FIRST, 1))
    const { prefecture } = await db
      .selectFrom('customer')
      .select('prefecture')
      .orderBy('number')
      .executeTakeFirstOrThrow()
    const { value, version } = await readChargeSettings(db)
    const byPrefecture = [{ prefecture, fee: 1320, neverFree: true }]
    await saveCharges(db, {
      values: { ...value, byPrefecture },
      version,
      by: world.actor.userId,
      now: world.deps.clock.now(),
    })
    const again = await saveCheckout(world.deps, draft.checkoutId, draft.version, only(FIRST, 99)(draft.form))
    expect(again.quote).toMatchObject({ shipping: 1320, untilFreeShipping: null })
  })

  it('a price without tax gets its tax once, on top', async () => {
    const { db } = world.deps.database
    await db
      .updateTable('product')
      .set({ price_kind: 'net', price: 105, tax_class: 'standard' })
      .where('id', '=', product(SECOND).id)
      .execute()
    const draft = await saved(only(SECOND, 3))
    expect(draft.quote).toMatchObject({ subtotal: 346, taxAdded: 31 })
    const read = await proceed(world.deps, world.actor, draft.checkoutId, draft.version)
    const done = await confirm(world.deps, world.actor, read.checkoutId, read.version)
    const order = await ordered(done.order?.id ?? '')
    expect(order.tax_added).toBe(31)
    expect(order.total).toBe(346 + order.shipping + order.fee)
  })

  it('a product whose sale is over falls out, and says so at 確認画面に進む', async () => {
    const { db } = world.deps.database
    await db
      .updateTable('product')
      .set({ sale_to: '2020-01-01' })
      .where('id', '=', product(SECOND).id)
      .execute()
    const draft = await saved((form) => form)
    expect(draft.quote.lines).toHaveLength(1)
    await expect(proceed(world.deps, world.actor, draft.checkoutId, draft.version)).rejects.toMatchObject({
      code: 'INVALID_FORM',
    })
  })

  it('counted stock goes with the order, follows its change, and is told before', async () => {
    const { db } = world.deps.database
    await db.updateTable('product').set({ stock: 5 }).where('id', '=', product(FIRST).id).execute()
    const draft = await saved(only(FIRST, 4))
    expect(draft.quote.lines[0]?.stock).toBe(5)
    const read = await proceed(world.deps, world.actor, draft.checkoutId, draft.version)
    const done = await confirm(world.deps, world.actor, read.checkoutId, read.version)
    expect(await stockOf(FIRST)).toBe(1)
    const change = await openChange(world.deps, world.actor, done.order?.id ?? '')
    expect(change.quote.lines[0]?.stock).toBe(5)
    const fewer = await saveCheckout(
      world.deps,
      change.checkoutId,
      change.version,
      only(FIRST, 2)(change.form),
    )
    const reread = await proceed(world.deps, world.actor, fewer.checkoutId, fewer.version)
    await confirm(world.deps, world.actor, reread.checkoutId, reread.version)
    expect(await stockOf(FIRST)).toBe(3)
  })
})
