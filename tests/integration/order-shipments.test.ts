import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CheckoutForm } from '../../src/contract/checkout'
import type { Shipment } from '../../src/contract/shipments'
import { confirm, openCheckout, proceed, saveCheckout } from '../../src/main/checkout/checkout.service'
import { openChange } from '../../src/main/checkout/order-change'
import { FIRST_SHIPMENT } from '../../src/main/checkout/stored-form'
import { viewOf } from '../../src/main/checkout/view'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { filledForm, openWorld, type World } from '../support/checkout-world'
import { deskFile } from '../support/databases'

let folder: string
let acquirer: AcquirerProcess
let world: World

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-shipments-'))
  acquirer = await startAcquirer(join(folder, 'acquirer'))
  world = await openWorld(deskFile(folder), acquirer.service())
})
afterAll(async () => {
  await world.close()
  await acquirer.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => acquirer.clear())

const toMother: Shipment = {
  shipTo: {
    kind: 'other',
    name: '佐藤 花子',
    phone: '0312345678',
    postalCode: '1000001',
    prefecture: '東京都',
    city: '千代田区',
    address: '千代田1-1',
    building: '',
  },
  deliverOn: null,
  slotCode: null,
  gift: {
    noshi: { cord: 'bow', title: '内祝', names: ['佐藤', ' '], place: 'inner' },
    wrapping: true,
    bag: false,
    message: 'お元気で',
  },
}

/** The filled form, its second line sent to another address. */
const toTwo = (form: CheckoutForm): CheckoutForm => ({
  ...form,
  shipments: [FIRST_SHIPMENT, toMother],
  lines: form.lines.map((line, index) => ({ ...line, shipment: index })),
  channel: 'fax',
  offerCode: 'A12',
  medium: '折込',
  payment: { method: 'konbini', cardId: null, keepCard: false },
})

async function saved(edit: (form: CheckoutForm) => CheckoutForm) {
  const opened = await openCheckout(world.deps, world.actor)
  const form = edit(await filledForm(world, opened.checkoutId))
  return saveCheckout(world.deps, opened.checkoutId, opened.version, form)
}

describe('an order with several deliveries', () => {
  it('keeps each delivery with its goods and its gift, reads each aloud, and opens again as it was', async () => {
    const draft = await saved(toTwo)
    const read = await proceed(world.deps, world.actor, draft.checkoutId, draft.version)
    const said = read.readBack?.sentences.map(({ text }) => text).join('')
    expect(said).toContain('2か所目は、')
    expect(said).toContain('内のしで、水引は紅白の蝶結び、表書きは「内祝」、お名入れは佐藤様です。')
    const done = await confirm(world.deps, world.actor, read.checkoutId, read.version)
    const orderId = done.order?.id ?? ''
    const { db } = world.deps.database
    const order = await db
      .selectFrom('sales_order')
      .selectAll()
      .where('id', '=', orderId)
      .executeTakeFirstOrThrow()
    expect(order).toMatchObject({
      payment_method: 'konbini',
      status: 'waiting-payment',
      channel: 'fax',
      offer_code: 'A12',
      medium: '折込',
    })
    const rows = await db
      .selectFrom('order_shipment')
      .selectAll()
      .where('order_id', '=', orderId)
      .orderBy('position')
      .execute()
    expect(rows.map(({ name }) => name)).toEqual([order.customer_name, '佐藤 花子'])
    const lines = await db
      .selectFrom('order_line')
      .selectAll()
      .where('order_id', '=', orderId)
      .where('kind', '=', 'product')
      .orderBy('position')
      .execute()
    expect(lines.map(({ shipment }) => shipment)).toEqual([1, 2])
    const again = await openChange(world.deps, world.actor, orderId)
    expect(again.form.shipments.map(({ shipTo }) => shipTo.kind)).toEqual(['customer', 'other'])
    expect(again.form.shipments[1]?.gift.noshi).toEqual({
      cord: 'bow',
      title: '内祝',
      names: ['佐藤'],
      place: 'inner',
    })
    expect(again.form.lines.map(({ shipment }) => shipment)).toEqual([0, 1])
  })

  it.each([
    [
      '代引',
      (form: CheckoutForm) => ({
        ...toTwo(form),
        payment: { method: 'cod' as const, cardId: null, keepCard: false },
      }),
      'payment.method',
    ],
    [
      'a delivery without goods',
      (form: CheckoutForm) => ({ ...toTwo(form), lines: form.lines }),
      'shipments.1.shipTo.kind',
    ],
    [
      'no payment for what costs money',
      (form: CheckoutForm) => ({
        ...form,
        payment: { method: 'none' as const, cardId: null, keepCard: false },
      }),
      'payment.method',
    ],
  ])('refuses %s', async (_what, edit, path) => {
    const draft = await saved(edit)
    await expect(proceed(world.deps, world.actor, draft.checkoutId, draft.version)).rejects.toMatchObject({
      data: { fields: [expect.objectContaining({ path })] },
    })
  })

  it('opens a draft of the version before with everything in it', async () => {
    const draft = await saved((form) => ({ ...form, note: '前の版' }))
    const { shipments: _s, channel: _c, offerCode: _o, medium: _m, lines, ...same } = draft.form
    const before = {
      ...same,
      lines: lines.map(({ productId, quantity }) => ({ productId, quantity })),
      shipTo: toMother.shipTo,
      deliverOn: null,
      slotCode: null,
    }
    await world.deps.database.db
      .updateTable('checkout')
      .set({ form: world.deps.box.seal(JSON.stringify(before)), form_version: 1 })
      .where('id', '=', draft.checkoutId)
      .execute()
    const { form } = await viewOf(world.deps, draft.checkoutId)
    expect(form.note).toBe('前の版')
    expect(form.lines).toEqual(lines)
    expect(form.shipments).toEqual([{ ...FIRST_SHIPMENT, shipTo: toMother.shipTo }])
  })
})
