import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CheckoutForm, Discount } from '../../src/contract/checkout'
import { confirm, openCheckout, proceed, saveCheckout } from '../../src/main/checkout/checkout.service'
import { openChange } from '../../src/main/checkout/order-change'
import { detail } from '../../src/main/features/orders/orders.service'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { filledForm, openWorld, type World } from '../support/checkout-world'
import { forEachDatabase, type DatabasePlace } from '../support/databases'

let folder: string
let acquirer: AcquirerProcess
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-discount-'))
  acquirer = await startAcquirer(join(folder, 'acquirer'))
})
afterAll(async () => {
  await acquirer.stop()
  rmSync(folder, { recursive: true, force: true })
})

forEachDatabase('値引き', (openPlace) => {
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

  const APOLOGY: Discount = { unit: 'yen', value: 500, reason: 'お届け遅れのお詫び' }
  const admin = () => world.actor.userId

  /** Products of both tax classes, so that a discount has rates to be split over. */
  async function bothRates(form: CheckoutForm): Promise<CheckoutForm> {
    const products = await world.deps.database.db
      .selectFrom('product')
      .select(['id', 'tax_class'])
      .where('active', '=', 1)
      .where('price', '>', 0)
      .orderBy('code')
      .execute()
    const one = products.find((product) => product.tax_class === 'reduced')
    const other = products.find((product) => product.tax_class === 'standard')
    if (!one || !other) throw new Error('no product of each class')
    return { ...form, lines: [one, other].map(({ id }) => ({ productId: id, quantity: 2, shipment: 0 })) }
  }
  async function saved(discount: Discount | null, by: string | null = admin()) {
    const opened = await openCheckout(world.deps, world.actor)
    const form = await bothRates(await filledForm(world, opened.checkoutId))
    return saveCheckout(world.deps, opened.checkoutId, opened.version, { ...form, discount }, by)
  }
  async function ordered(discount: Discount | null) {
    const view = await saved(discount)
    const read = await proceed(world.deps, world.actor, view.checkoutId, view.version)
    const done = await confirm(world.deps, world.actor, read.checkoutId, read.version)
    return { read, order: await detail(world.deps, done.order?.id ?? '') }
  }

  it('comes off the total, split over the rates, read aloud, kept with who and why, and held at the service', async () => {
    const whole = (await saved(null)).quote
    const { read, order } = await ordered(APOLOGY)
    const { quote } = read
    expect(quote.total).toBe(whole.total - 500)
    expect(quote.discounts.map(({ amount }) => amount).reduce((sum, one) => sum + one, 0)).toBe(500)
    expect(quote.discounts.map(({ ratePercent }) => ratePercent)).toEqual([10, 8])
    expect(quote.taxes.reduce((sum, { taxable }) => sum + taxable, 0)).toBe(quote.total)
    expect(read.readBack?.sentences.find(({ id }) => id === 'total')?.text).toContain('値引き500円')
    const lines = order.lines.filter(({ kind }) => kind === 'discount')
    expect(lines.map(({ amount, ratePercent }) => ({ amount: -amount, ratePercent }))).toEqual(
      quote.discounts,
    )
    expect(order.lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(order.total)
    expect(order.discount).toMatchObject({ amount: 500, reason: APOLOGY.reason, by: world.actor.userName })
    const booked = (await acquirer.books()).payments.at(-1)
    expect(booked).toMatchObject({ amount: quote.total, state: 'authorized' })
  })

  it('by per cent is of the goods, and a fraction of a yen is not taken off', async () => {
    const { quote } = await saved({ unit: 'percent', value: 7, reason: '周年' })
    expect(quote.discount).toBe(Math.floor(quote.subtotal * 0.07))
  })

  it('is refused to those who may not give one; what was given stands when they save', async () => {
    await expect(saved(APOLOGY, null)).rejects.toMatchObject({ code: 'DISCOUNT_NOT_ALLOWED' })
    const given = await saved(APOLOGY)
    const { checkoutId, form } = given
    const noted = await saveCheckout(world.deps, checkoutId, given.version, { ...form, note: '急ぎ' }, null)
    expect(noted.quote.discount).toBe(500)
    const more = { ...form, discount: { ...APOLOGY, value: 900 } }
    await expect(saveCheckout(world.deps, checkoutId, noted.version, more, null)).rejects.toMatchObject({
      code: 'DISCOUNT_NOT_ALLOWED',
    })
  })

  it.each([
    [{ ...APOLOGY, reason: '  ' }, 'discount.reason'],
    [{ ...APOLOGY, value: 0 }, 'discount.value'],
    [{ ...APOLOGY, value: 9_999_999 }, 'discount.value'],
    [{ unit: 'percent' as const, value: 101, reason: 'x' }, 'discount.value'],
  ])('%j is not gone on with', async (discount, path) => {
    const view = await saved(discount)
    await expect(proceed(world.deps, world.actor, view.checkoutId, view.version)).rejects.toMatchObject({
      data: { fields: expect.arrayContaining([expect.objectContaining({ path })]) },
    })
  })

  it('stays on an order that is changed, with who gave it', async () => {
    const { order } = await ordered(APOLOGY)
    const opened = await openChange(world.deps, world.actor, order.id)
    expect(opened.form.discount).toEqual(APOLOGY)
    expect(opened.quote.total).toBe(order.total)
    const noted = { ...opened.form, note: '玄関前' }
    const kept = await saveCheckout(world.deps, opened.checkoutId, opened.version, noted, null)
    const read = await proceed(world.deps, world.actor, kept.checkoutId, kept.version)
    await confirm(world.deps, world.actor, read.checkoutId, read.version)
    expect(await detail(world.deps, order.id)).toMatchObject({
      total: order.total,
      note: '玄関前',
      discount: { amount: 500, by: world.actor.userName },
    })
  })
})
