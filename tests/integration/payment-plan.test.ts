import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ONE_TIME, ONLY_ONE_TIME, type PaymentPlan } from '../../src/contract/payment-plan'
import { back, confirm, openCheckout, proceed, saveCheckout } from '../../src/main/checkout/checkout.service'
import { openChange } from '../../src/main/checkout/order-change'
import { offeredPlans } from '../../src/main/checkout/plan'
import { parseStoredForm } from '../../src/main/checkout/stored-form'
import { detail } from '../../src/main/features/orders/orders.service'
import { Handshake } from '../../src/main/gateways/http-service/answers'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { filledForm, openWorld, type World } from '../support/checkout-world'
import { forEachDatabase, type DatabasePlace } from '../support/databases'

let folder: string
let acquirer: AcquirerProcess
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-plan-'))
  acquirer = await startAcquirer(join(folder, 'acquirer'))
})
afterAll(async () => {
  await acquirer.stop()
  rmSync(folder, { recursive: true, force: true })
})

const TWELVE: PaymentPlan = { kind: 'installments', count: 12 }
const EVERY: readonly PaymentPlan[] = [ONE_TIME, TWELVE, { kind: 'revolving' }, { kind: 'bonus' }]
const WORDS = ['一括払い', '12回の分割払い', 'リボ払い', 'ボーナス一括払い']

/** What the acquirer has in its books for the payments of one checkout, in order. */
async function booked(world: World, checkoutId: string) {
  const rows = await world.deps.database.db
    .selectFrom('payment')
    .select('id')
    .where('checkout_id', '=', checkoutId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  const ids = new Set(rows.map(({ id }) => id))
  const { payments } = await acquirer.books()
  return payments.filter((payment) => ids.has(payment.payment_id))
}

async function savedWith(world: World, plan: PaymentPlan) {
  const opened = await openCheckout(world.deps, world.actor)
  const form = { ...(await filledForm(world, opened.checkoutId)), plan }
  return saveCheckout(world.deps, opened.checkoutId, opened.version, form)
}

forEachDatabase('支払区分', (openPlace) => {
  let place: DatabasePlace
  let world: World
  beforeAll(async () => {
    place = await openPlace()
    world = await openWorld(place.config, acquirer.service('sim-key'))
  })
  afterAll(async () => {
    await world.close()
    await place.drop()
  })

  const go = ({ checkoutId, version }: { checkoutId: string; version: number }) =>
    proceed(world.deps, world.actor, checkoutId, version)
  const make = ({ checkoutId, version }: { checkoutId: string; version: number }) =>
    confirm(world.deps, world.actor, checkoutId, version)

  it.each(EVERY.map((plan, index) => [WORDS[index] ?? '', plan] as const))(
    '%s is asked for, read aloud, kept with the payment and shown with the order',
    async (words, plan) => {
      const read = await go(await savedWith(world, plan))
      expect(read.failure).toBeNull()
      expect(read.payment?.plan).toEqual(plan)
      const sentence = read.readBack?.sentences.find(({ id }) => id === 'payment')?.text
      expect(sentence).toContain(`のカードで、${words}です。`)
      const { order } = await make(read)
      const shown = await detail(world.deps, order?.id ?? '')
      expect(shown.payments.map((payment) => payment.plan)).toEqual([plan])
      expect(shown.readBack?.sentences).toContain(sentence)
      expect(await booked(world, read.checkoutId)).toMatchObject([
        {
          state: 'authorized',
          plan: plan.kind,
          installments: plan.kind === 'installments' ? plan.count : null,
        },
      ])
    },
  )

  it('another plan for the same amount needs a new 与信; the old one is gone, one charge stands', async () => {
    const read = await go(await savedWith(world, ONE_TIME))
    const form = await back(world.deps, read.checkoutId, read.version, 'keep')
    expect(form.payment?.state).toBe('authorized')
    const wish = { ...form.form, plan: TWELVE }
    const again = await go(await saveCheckout(world.deps, form.checkoutId, form.version, wish))
    expect(again).toMatchObject({ stage: 'read-back', payment: { state: 'authorized', plan: TWELVE } })
    expect(again.quote.total).toBe(read.quote.total)
    const done = await make(again)
    expect(done.stage).toBe('completed')
    expect(await booked(world, read.checkoutId)).toMatchObject([
      { state: 'voided', plan: 'one-time', amount: read.quote.total },
      { state: 'authorized', plan: 'installments', installments: 12, amount: read.quote.total },
    ])
  })

  it('other times of 分割 are another plan; the same plan uses the 与信 again', async () => {
    const read = await go(await savedWith(world, TWELVE))
    const kept = await back(world.deps, read.checkoutId, read.version, 'keep')
    const same = await go(kept)
    expect(same.payment?.number).toBe(read.payment?.number)
    const again = await back(world.deps, same.checkoutId, same.version, 'keep')
    const plan: PaymentPlan = { kind: 'installments', count: 6 }
    const saved = await saveCheckout(world.deps, again.checkoutId, again.version, { ...again.form, plan })
    const other = await go(saved)
    expect(other.payment?.number).not.toBe(read.payment?.number)
    expect(await booked(world, read.checkoutId)).toMatchObject([
      { state: 'voided', installments: 12 },
      { state: 'authorized', installments: 6 },
    ])
  })

  it('a change of an order opens with its plan; another plan takes the place of its hold', async () => {
    const { order } = await make(await go(await savedWith(world, TWELVE)))
    const id = order?.id ?? ''
    const opened = await openChange(world.deps, world.actor, id)
    expect(opened.form.plan).toEqual(TWELVE)
    const wish = { ...opened.form, plan: { kind: 'revolving' as const } }
    const read = await go(await saveCheckout(world.deps, opened.checkoutId, opened.version, wish))
    expect(read).toMatchObject({ stage: 'read-back', payment: { plan: { kind: 'revolving' } } })
    await make(read)
    const shown = await detail(world.deps, id)
    expect(shown.payments.map(({ state, plan }) => ({ state, kind: plan.kind }))).toEqual([
      { state: 'voided', kind: 'installments' },
      { state: 'authorized', kind: 'revolving' },
    ])
  })

  it('a change that leaves the plan as it is keeps the hold', async () => {
    const { order } = await make(await go(await savedWith(world, TWELVE)))
    const opened = await openChange(world.deps, world.actor, order?.id ?? '')
    const wish = { ...opened.form, note: '玄関前' }
    const read = await go(await saveCheckout(world.deps, opened.checkoutId, opened.version, wish))
    await make(read)
    expect((await detail(world.deps, order?.id ?? '')).payments).toMatchObject([
      { state: 'authorized', plan: TWELVE },
    ])
    expect(await booked(world, opened.checkoutId)).toEqual([])
  })

  it('a plan is of cards alone: it stands against no other method', async () => {
    const opened = await openCheckout(world.deps, world.actor)
    const form = await filledForm(world, opened.checkoutId)
    const cod = { method: 'cod', cardId: null, keepCard: false } as const
    const wish = { ...form, payment: cod, plan: { kind: 'installments', count: 7 } } as const
    const read = await go(await saveCheckout(world.deps, opened.checkoutId, opened.version, wish))
    expect(read).toMatchObject({ stage: 'read-back', payment: null })
  })
})

forEachDatabase('支払区分 where the service takes 一括 alone', (openPlace) => {
  let place: DatabasePlace
  let world: World
  beforeAll(async () => {
    place = await openPlace()
    world = await openWorld(place.config, acquirer.service('sim-order'))
  })
  afterAll(async () => {
    await world.close()
    await place.drop()
  })

  it.each(EVERY.slice(1))('%j is a fault of the field; the service is not asked', async (plan) => {
    const saved = await savedWith(world, plan)
    const refused = proceed(world.deps, world.actor, saved.checkoutId, saved.version)
    await expect(refused).rejects.toMatchObject({
      code: 'INVALID_FORM',
      data: { fields: [{ path: 'plan', message: expect.stringContaining('お取り扱いできません') }] },
    })
    expect(await booked(world, saved.checkoutId)).toEqual([])
  })

  it('offers nothing more, and 一括 pays', async () => {
    expect(await offeredPlans(world.deps)).toEqual(ONLY_ONE_TIME)
    const saved = await savedWith(world, ONE_TIME)
    const read = await proceed(world.deps, world.actor, saved.checkoutId, saved.version)
    expect(read).toMatchObject({ stage: 'read-back', payment: { plan: ONE_TIME } })
  })

  it('a desk that asks all the same is declined by the service, and the form stays', async () => {
    const choice = await world.deps.activeService()
    if (!choice.ready) throw new Error('no service')
    const plans = { installments: [12], revolving: true, bonus: true }
    const active = { ...choice.active, capabilities: { ...choice.active.capabilities, plans } }
    const deps = { ...world.deps, activeService: async () => ({ ready: true, active }) as const }
    const saved = await savedWith(world, TWELVE)
    const view = await proceed(deps, world.actor, saved.checkoutId, saved.version)
    expect(view).toMatchObject({ stage: 'editing', failure: { code: '999' }, form: { plan: TWELVE } })
    expect(await booked(world, saved.checkoutId)).toMatchObject([
      { state: 'declined', code: '999', raw_code: 'plan-not-offered', plan: 'installments' },
    ])
  })
})

describe('what services say of their plans', () => {
  const capabilities = {
    idempotency: 'key',
    maxProcessingMs: 1,
    holdMs: 1,
    zeroAmountCheck: true,
    partialRefund: true,
  }
  const read = (plans: unknown) =>
    Handshake.safeParse({ service: 'x', capabilities: { ...capabilities, plans } })

  it('is 一括 alone where nothing is said', () => {
    expect(read(undefined).data?.capabilities.plans).toEqual(ONLY_ONE_TIME)
  })

  it('is put in order, each once', () => {
    const plans = { installments: [24, 3, 12, 3], revolving: true, bonus: false }
    expect(read(plans).data?.capabilities.plans.installments).toEqual([3, 12, 24])
  })

  it.each([
    [null],
    ['all'],
    [{ installments: [1], revolving: true, bonus: true }],
    [{ installments: [2.5], revolving: true, bonus: true }],
    [{ installments: ['12'], revolving: true, bonus: true }],
    [{ installments: Array.from({ length: 41 }, () => 3), revolving: true, bonus: true }],
    [{ installments: [], revolving: 'yes', bonus: true }],
    [{ installments: [] }],
  ])('%j is not believed', (plans) => {
    expect(read(plans).success).toBe(false)
  })

  it.each([
    ['sim-key', [3, 5, 6, 10, 12, 15, 18, 20, 24], true],
    ['sim-order', [], false],
    ['sim-none', [3, 6, 12], false],
  ] as const)('%s', async (id, installments, more) => {
    const identity = await acquirer.service(id).identify()
    expect(identity).toMatchObject({
      capabilities: { plans: { installments, revolving: more, bonus: more } },
    })
  })
})

it('drafts of before there were plans open as 一括', () => {
  const { plan, ...before } = parseStoredForm({
    customer: { kind: 'none', phone: '' },
    lines: [],
    shipments: [
      {
        shipTo: { kind: 'customer' },
        deliverOn: null,
        slotCode: null,
        gift: { noshi: null, wrapping: false, bag: false, message: '' },
      },
    ],
    channel: 'phone',
    offerCode: '',
    medium: '',
    payment: { method: 'card', cardId: null, keepCard: false },
    note: 'きのうの下書き',
  })
  expect(plan).toEqual(ONE_TIME)
  expect(before.note).toBe('きのうの下書き')
})
