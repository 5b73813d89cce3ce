import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginCardOnFile, registerCard, removeCard } from '../../src/main/checkout/card-on-file'
import { tokenize } from '../../src/main/checkout/2-tokenization'
import type { CheckoutDeps, CheckoutStep } from '../../src/main/checkout/deps'
import { reconcile } from '../../src/main/checkout/reconcile'
import { keyedFrame, recordedCard, startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { openWorld, type World } from '../support/checkout-world'
import { deskFile } from '../support/databases'

describe.each([true, false])('a card for the file, service that checks without money: %s', (zero) => {
  let folder: string
  let acquirer: AcquirerProcess
  let world: World
  let deps: CheckoutDeps
  let customerId: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-file-'))
    acquirer = await startAcquirer(join(folder, 'acquirer'))
    world = await openWorld(deskFile(folder), acquirer.service())
    const choice = await world.deps.activeService()
    if (!choice.ready) throw new Error('no service')
    const capabilities = { ...choice.active.capabilities, zeroAmountCheck: zero }
    const active = { ...choice.active, capabilities }
    deps = { ...world.deps, activeService: async () => ({ ready: true, active }) }
    const { db } = deps.database
    customerId = (await db.selectFrom('customer').select('id').orderBy('number').executeTakeFirstOrThrow()).id
  })
  afterAll(async () => {
    await world.close()
    await acquirer.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function keyed(replacesCardId: string | null = null) {
    const opened = await beginCardOnFile(deps, world.actor, { customerId, replacesCardId })
    const choice = await deps.activeService()
    if (!choice.ready) throw new Error('no service')
    const entry = await tokenize(deps, choice.active, recordedCard(keyedFrame()), {
      checkoutId: opened.checkoutId,
    })
    if (!('card' in entry)) throw new Error('no card')
    return { checkoutId: opened.checkoutId, version: opened.version, cardId: entry.card.cardId }
  }
  const onFile = async () =>
    (
      await deps.database.db
        .selectFrom('card')
        .select('id')
        .where('customer_id', '=', customerId)
        .where('on_file', '=', 1)
        .where('removed_at', 'is', null)
        .execute()
    ).map((row) => row.id)
  const books = async (checkoutId: string) => {
    const mine = await deps.database.db
      .selectFrom('payment')
      .select('id')
      .where('checkout_id', '=', checkoutId)
      .execute()
    const ids = new Set(mine.map((row) => row.id))
    return (await acquirer.books()).payments
      .filter((row) => ids.has(row.payment_id))
      .map((row) => ({ amount: row.amount, state: row.state }))
  }

  it('is checked and put on file; nothing stays held', async () => {
    const wish = await keyed()
    const view = await registerCard(deps, world.actor, wish)
    expect(view).toMatchObject({ purpose: 'card-on-file', stage: 'completed', failure: null })
    expect(await onFile()).toContain(wish.cardId)
    expect(await books(wish.checkoutId)).toEqual([{ amount: zero ? 0 : 1, state: 'voided' }])
    expect((await registerCard(deps, world.actor, wish)).stage).toBe('completed')
  })

  it('replaces the old card only when the new one has passed', async () => {
    const old = await keyed()
    await registerCard(deps, world.actor, old)
    await acquirer.fault('authorize', { kind: 'decline', code: '101' })
    const refused = await keyed(old.cardId)
    expect(await registerCard(deps, world.actor, refused)).toMatchObject({
      stage: 'editing',
      failure: { code: '101' },
    })
    expect(await onFile()).toContain(old.cardId)
    const good = await keyed(old.cardId)
    await registerCard(deps, world.actor, good)
    expect(await onFile()).toContain(good.cardId)
    expect(await onFile()).not.toContain(old.cardId)
    await removeCard(deps, good.cardId)
    expect(await onFile()).not.toContain(good.cardId)
    await expect(removeCard(deps, good.cardId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('a card of another checkout, or of another customer to replace, is refused', async () => {
    const [mine, other] = [await keyed(), await keyed()]
    await expect(registerCard(deps, world.actor, { ...mine, cardId: other.cardId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(
      beginCardOnFile(deps, world.actor, { customerId, replacesCardId: other.cardId }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it.each<CheckoutStep>([
    'intent-stored',
    'answer-received',
    'answer-stored',
    'card-checked',
    'card-stored',
    'void-intent-stored',
    'void-answer-received',
  ])('stopped at %s: goes on with the same check or lets it go; nothing stays held', async (at) => {
    const wish = await keyed()
    const cut = {
      ...deps,
      onStep: (step: CheckoutStep) => {
        if (step === at) throw new Error('power cut')
      },
    }
    await expect(registerCard(cut, world.actor, wish)).rejects.toThrow('power cut')
    const later = { ...deps, clock: { now: () => Date.now() + 120_000 } }
    await reconcile(later, { atStart: true })
    const row = await deps.database.db
      .selectFrom('checkout')
      .select(['version', 'status'])
      .where('id', '=', wish.checkoutId)
      .executeTakeFirstOrThrow()
    const view = await registerCard(deps, world.actor, { ...wish, version: row.version })
    expect(view).toMatchObject({ stage: 'completed' })
    await reconcile(later, { atStart: true })
    expect(await onFile()).toContain(wish.cardId)
    expect((await books(wish.checkoutId)).filter((row) => row.state !== 'voided')).toEqual([])
  })
})
