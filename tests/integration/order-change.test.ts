import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  confirm,
  discard,
  openCheckout,
  proceed,
  saveCheckout,
} from '../../src/main/checkout/checkout.service'
import type { CheckoutDeps, CheckoutStep } from '../../src/main/checkout/deps'
import { openChange } from '../../src/main/checkout/order-change'
import { reconcile } from '../../src/main/checkout/reconcile'
import { viewOf } from '../../src/main/checkout/view'
import type { CheckoutForm } from '../../src/contract/checkout'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { filledForm, openWorld, type World } from '../support/checkout-world'
import { deskFile } from '../support/databases'

let folder: string
let acquirer: AcquirerProcess
let world: World
let orderId: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-change-'))
  acquirer = await startAcquirer(join(folder, 'acquirer'))
  world = await openWorld(deskFile(folder), acquirer.service())
})
afterAll(async () => {
  await world.close()
  await acquirer.stop()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  await acquirer.clear()
  const opened = await openCheckout(world.deps, world.actor)
  const form = await filledForm(world, opened.checkoutId)
  const saved = await saveCheckout(world.deps, opened.checkoutId, opened.version, form)
  const read = await proceed(world.deps, world.actor, saved.checkoutId, saved.version)
  const done = await confirm(world.deps, world.actor, read.checkoutId, read.version)
  orderId = done.order?.id ?? ''
})

const order = () =>
  world.deps.database.db
    .selectFrom('sales_order')
    .selectAll()
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow()
const payments = () =>
  world.deps.database.db
    .selectFrom('payment')
    .select(['id', 'amount', 'status'])
    .where('order_id', '=', orderId)
    .orderBy('created_at')
    .execute()

/** What the service holds for this order and for its open change. */
async function heldThere(checkoutId?: string): Promise<number[]> {
  const mine = await world.deps.database.db
    .selectFrom('payment')
    .select('id')
    .where((eb) => eb.or([eb('order_id', '=', orderId), eb('checkout_id', '=', checkoutId ?? '')]))
    .execute()
  const ids = new Set(mine.map((row) => row.id))
  return (await acquirer.books()).payments
    .filter((row) => ids.has(row.payment_id) && row.state === 'authorized')
    .map((row) => row.amount)
}

async function change(edit: (form: CheckoutForm) => CheckoutForm, deps: CheckoutDeps = world.deps) {
  const opened = await openChange(deps, world.actor, orderId)
  const saved = await saveCheckout(deps, opened.checkoutId, opened.version, edit(opened.form))
  return proceed(deps, world.actor, saved.checkoutId, saved.version)
}

const twice = (form: CheckoutForm): CheckoutForm => ({
  ...form,
  lines: form.lines.map((line) => ({ ...line, quantity: 2 })),
})

it('opens the order as a form, the same one for a second call', async () => {
  const first = await openChange(world.deps, world.actor, orderId)
  expect(first).toMatchObject({ purpose: 'order-change', stage: 'editing', changes: { id: orderId } })
  expect(first.quote.total).toBe((await order()).total)
  expect((await openChange(world.deps, world.actor, orderId)).checkoutId).toBe(first.checkoutId)
})

it('a new amount: the new hold first, the old one released when the order stands on the new one', async () => {
  const before = await order()
  const read = await change(twice)
  expect(read).toMatchObject({ stage: 'read-back', failure: null })
  expect((await heldThere(read.checkoutId)).toSorted((a, b) => a - b)).toEqual([
    before.total,
    read.quote.total,
  ])
  expect(await order()).toEqual(before)
  const done = await confirm(world.deps, world.actor, read.checkoutId, read.version)
  expect(done).toMatchObject({ stage: 'completed', order: { id: orderId, number: before.number } })
  expect(await heldThere()).toEqual([read.quote.total])
  expect((await payments()).map((row) => row.status)).toEqual(['voided', 'authorized'])
  expect(await order()).toMatchObject({ total: read.quote.total, version: before.version + 1 })
  const kept = await world.deps.database.db
    .selectFrom('order_revision')
    .select(['version', 'content'])
    .where('order_id', '=', orderId)
    .execute()
  expect(kept.map((row) => row.version)).toEqual([before.version])
  expect(JSON.parse(kept[0]?.content ?? '{}')).toMatchObject({ order: { total: before.total } })
})

it('a declined card leaves the order and its hold as they were', async () => {
  const before = await order()
  await acquirer.fault('authorize', { kind: 'decline', code: '102' })
  const refused = await change(twice)
  expect(refused).toMatchObject({ stage: 'editing', failure: { code: '102' } })
  expect(await order()).toEqual(before)
  expect(await heldThere(refused.checkoutId)).toEqual([before.total])
  const closed = await discard(world.deps, refused.checkoutId, refused.version)
  expect(closed.stage).toBe('discarded')
  expect(await heldThere(refused.checkoutId)).toEqual([before.total])
})

it('a change that is given up releases the new hold only', async () => {
  const before = await order()
  const read = await change(twice)
  await discard(world.deps, read.checkoutId, read.version)
  expect(await order()).toEqual(before)
  expect(await heldThere(read.checkoutId)).toEqual([before.total])
})

it('a change of the day alone asks for no new hold', async () => {
  const before = await order()
  const read = await change((form) => ({ ...form, note: '玄関前に置いてください' }))
  expect(read).toMatchObject({ stage: 'read-back', payment: null })
  const done = await confirm(world.deps, world.actor, read.checkoutId, read.version)
  expect(done.stage).toBe('completed')
  expect((await payments()).map((row) => row.status)).toEqual(['authorized'])
  expect(await order()).toMatchObject({ note: '玄関前に置いてください', total: before.total })
})

it('paid on delivery instead: the hold of the card is released', async () => {
  const read = await change((form) => ({
    ...form,
    payment: { method: 'cod', cardId: null, keepCard: false },
  }))
  await confirm(world.deps, world.actor, read.checkoutId, read.version)
  expect(await order()).toMatchObject({ payment_method: 'cod' })
  expect(await heldThere()).toEqual([])
})

it('what was ordered keeps its price after a price revision', async () => {
  const before = await order()
  const prices = await world.deps.database.db.selectFrom('product').select(['id', 'price']).execute()
  await world.deps.database.db
    .updateTable('product')
    .set((eb) => ({ price: eb('price', '+', 100) }))
    .execute()
  expect((await openChange(world.deps, world.actor, orderId)).quote.total).toBe(before.total)
  for (const { id, price } of prices) {
    await world.deps.database.db.updateTable('product').set({ price }).where('id', '=', id).execute()
  }
})

it('another customer is refused, and an order that is shipped cannot be changed', async () => {
  const other = await world.deps.database.db
    .selectFrom('customer')
    .select('id')
    .orderBy('number', 'desc')
    .executeTakeFirstOrThrow()
  await expect(
    change((form) => ({ ...form, customer: { kind: 'existing', customerId: other.id } })),
  ).rejects.toMatchObject({ code: 'INVALID_FORM' })
  await world.deps.database.db
    .updateTable('sales_order')
    .set({ status: 'shipped' })
    .where('id', '=', orderId)
    .execute()
  await expect(openChange(world.deps, world.actor, orderId)).rejects.toMatchObject({ code: 'NOT_CHANGEABLE' })
})

describe('stopped in the middle', () => {
  let cuts = 0
  const cutAt = (at: CheckoutStep): CheckoutDeps => ({
    ...world.deps,
    onStep: (step) => {
      if (step !== at) return
      cuts += 1
      throw new Error('power cut')
    },
  })
  const later = (): CheckoutDeps => ({ ...world.deps, clock: { now: () => Date.now() + 2 * 3_600_000 } })

  it.each([
    'intent-stored',
    'request-handed-over',
    'answer-received',
    'answer-stored',
    'order-prepared',
    'order-stored',
    'void-intent-stored',
    'void-answer-received',
    'void-answer-stored',
  ] as const)('at %s: one hold in the end, of the amount that the order says', async (step) => {
    const run = async () => {
      const read = await change(twice, cutAt(step))
      await confirm(cutAt(step), world.actor, read.checkoutId, read.version)
    }
    cuts = 0
    // After the commit of the order the answer is the order, whatever happens behind it.
    await run().catch((error: unknown) => {
      if (!(error instanceof Error && error.message === 'power cut')) throw error
    })
    expect(cuts).toBe(1)
    await reconcile(later(), { atStart: true })
    await reconcile(later(), { atStart: true })
    const open = await world.deps.database.db
      .selectFrom('checkout')
      .selectAll()
      .where('order_id', '=', orderId)
      .executeTakeFirstOrThrow()
    const stands = await order()
    expect(await heldThere(open.id)).toEqual([stands.total])
    const view = await viewOf(world.deps, open.id)
    expect(['editing', 'completed']).toContain(view.stage)
  })
})
