import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCheckout, proceed, saveCheckout } from '../../src/main/checkout/checkout.service'
import { httpPaymentService } from '../../src/main/gateways/http-service/http-payment-service'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { filledForm, openWorld, type World } from '../support/checkout-world'
import { deskFile } from '../support/databases'

let folder: string
let acquirer: AcquirerProcess
let world: World

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-refused-'))
  acquirer = await startAcquirer(join(folder, 'acquirer'))
  world = await openWorld(deskFile(folder), acquirer.service())
})
afterAll(async () => {
  await world.close()
  await acquirer.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function readyForm(quantity = 1) {
  const opened = await openCheckout(world.deps, world.actor)
  const form = await filledForm(world, opened.checkoutId)
  const lines = form.lines.map((line) => ({ ...line, quantity }))
  return saveCheckout(world.deps, opened.checkoutId, opened.version, { ...form, lines })
}

it('an amount beyond every card is refused here with 208; the service never hears of it', async () => {
  await world.deps.database.db.updateTable('product').set({ price: 60_000_000 }).execute()
  const saved = await readyForm()
  const before = await acquirer.books()
  const view = await proceed(world.deps, world.actor, saved.checkoutId, saved.version)
  expect(view).toMatchObject({ stage: 'editing', failure: { code: '208' }, payment: null })
  expect(view.form).toEqual(saved.form)
  expect(await acquirer.books()).toEqual(before)
  await world.deps.database.db.updateTable('product').set({ price: 1000 }).execute()
})

it('a merchant key that is not known: said as such, nothing booked, and good again with the right key', async () => {
  const saved = await readyForm()
  const { url, fingerprint256 } = acquirer.ready
  const stranger = httpPaymentService({
    id: 'sim-key',
    name: 'x',
    url,
    fingerprint256,
    merchantKey: 'stranger',
  })
  const choice = await world.deps.activeService()
  if (!choice.ready) throw new Error('no service')
  const withStranger = {
    ...world.deps,
    activeService: async () => ({ ready: true, active: { ...choice.active, service: stranger } }) as const,
  }
  const refused = await proceed(withStranger, world.actor, saved.checkoutId, saved.version)
  expect(refused).toMatchObject({ stage: 'editing', failure: { cause: 'service-rejected' } })
  expect(refused.payment?.state).toBe('failed')
  await stranger.close()
  const again = await proceed(world.deps, world.actor, saved.checkoutId, refused.version)
  expect(again).toMatchObject({ stage: 'read-back', failure: null, payment: { state: 'authorized' } })
})
