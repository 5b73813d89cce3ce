import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCheckout, saveCheckout } from '../../src/main/checkout/checkout.service'
import type { CheckoutDeps } from '../../src/main/checkout/deps'
import { loadCheckout } from '../../src/main/checkout/drafts'
import { unfinishedCheckouts } from '../../src/main/checkout/unfinished'
import { openSecretBox, type KeyStore } from '../../src/main/platform/secrets'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { filledForm, openWorld, type World } from '../support/checkout-world'
import { deskFile } from '../support/databases'

const noKeyStore: KeyStore = {
  isAvailable: () => false,
  encrypt: () => new Uint8Array(),
  decrypt: () => '',
}

let folder: string
let acquirer: AcquirerProcess
let world: World

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-drafts-'))
  acquirer = await startAcquirer(join(folder, 'acquirer'))
  world = await openWorld(deskFile(folder), acquirer.service())
})
afterAll(async () => {
  await world.close()
  await acquirer.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The desk of a seat with a key of its own, on the shared database. */
async function seat(name: string): Promise<CheckoutDeps> {
  const own = mkdtempSync(join(folder, `${name}-`))
  return { ...world.deps, box: await openSecretBox(own, noKeyStore) }
}

it('lies sealed in the database, is opened by its seat, and is never written over by another', async () => {
  const [first, second] = [await seat('first'), await seat('second')]
  const { checkoutId, version } = await openCheckout(first, world.actor)
  const form = { ...(await filledForm(world, checkoutId)), note: 'のし 御礼 田中' }
  const saved = await saveCheckout(first, checkoutId, version, form)
  const sealed = (await loadCheckout(first, checkoutId)).form
  expect(sealed).not.toContain('のし')
  expect(Buffer.from(sealed, 'base64').toString('utf8')).not.toContain('のし')

  await expect(saveCheckout(second, checkoutId, saved.version, form)).rejects.toMatchObject({
    code: 'OTHER_SEAT',
  })
  expect((await unfinishedCheckouts(second)).map((row) => row.checkoutId)).not.toContain(checkoutId)
  expect((await unfinishedCheckouts(first)).map((row) => row.checkoutId)).toContain(checkoutId)
  expect((await loadCheckout(first, checkoutId)).form).toBe(sealed)
})

it('is refused when what was seen is old, and both versions are told', async () => {
  const { checkoutId, version } = await openCheckout(world.deps, world.actor)
  const form = await filledForm(world, checkoutId)
  await saveCheckout(world.deps, checkoutId, version, form)
  await expect(saveCheckout(world.deps, checkoutId, version, form)).rejects.toMatchObject({
    code: 'STALE',
    data: { version: version + 1 },
  })
})
