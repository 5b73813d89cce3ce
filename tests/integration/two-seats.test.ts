import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CheckoutView } from '../../src/contract/checkout'
import { confirm, openCheckout, proceed, saveCheckout } from '../../src/main/checkout/checkout.service'
import type { CheckoutDeps } from '../../src/main/checkout/deps'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { filledForm, openWorld, type World } from '../support/checkout-world'
import { forEachDatabase, type DatabasePlace } from '../support/databases'

const ROUNDS = 12

/** Holds whoever comes until two have come; then both go on, the first or the second of them ahead. */
function meeting(secondFirst: boolean): () => Promise<void> {
  const waiting: (() => void)[] = []
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      if (waiting.length < 2) return
      for (const go of secondFirst ? waiting.toReversed() : waiting) go()
    })
}

/** The same desk, but its first write waits at the meeting: by then it has read all that it reads. */
function heldBeforeWriting(deps: CheckoutDeps, meet: () => Promise<void>): CheckoutDeps {
  let first = true
  const { database } = deps
  const batch: typeof database.batch = async (statements) => {
    if (first) {
      first = false
      await meet()
    }
    return database.batch(statements)
  }
  return { ...deps, database: { ...database, batch } }
}

type Act = (deps: CheckoutDeps) => Promise<CheckoutView>

/** Both do the same at once, each having read before either writes. */
async function atOnce(pair: readonly [CheckoutDeps, CheckoutDeps], round: number, act: Act) {
  const meet = meeting(round % 2 === 1)
  const ends = await Promise.allSettled(pair.map((deps) => act(heldBeforeWriting(deps, meet))))
  return {
    views: ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : [])),
    refusals: ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : [])),
  }
}

forEachDatabase('one checkout, two at once', (place) => {
  let folder: string
  let home: DatabasePlace
  let acquirer: AcquirerProcess
  const worlds: World[] = []
  const madeOrders: number[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-seats-'))
    acquirer = await startAcquirer(join(folder, 'acquirer'))
    home = await place()
    for (let seat = 0; seat < 2; seat++) {
      const world = await openWorld(home.config, acquirer.service())
      world.deps.events.on((event) => {
        if (event.type === 'order-made') madeOrders.push(event.orderNumber)
      })
      worlds.push(world)
    }
  })
  afterAll(async () => {
    await Promise.all(worlds.map((world) => world.close()))
    await acquirer.stop()
    await home.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const world = (index: 0 | 1): World => {
    const found = worlds[index]
    if (!found) throw new Error('no such seat')
    return found
  }
  const pairs = {
    'two seats': () => [world(0).deps, world(1).deps] as const,
    'two clicks at one seat': () => [world(0).deps, world(0).deps] as const,
  }

  async function readyToProceed() {
    const { deps, actor } = world(0)
    const { checkoutId, version } = await openCheckout(deps, actor)
    const saved = await saveCheckout(deps, checkoutId, version, await filledForm(world(0), checkoutId))
    return { checkoutId, version: saved.version }
  }

  const rowsOf = async (table: 'payment' | 'sales_order', checkoutId: string) =>
    world(0).deps.database.db.selectFrom(table).select('id').where('checkout_id', '=', checkoutId).execute()

  const proceeding =
    (draft: { checkoutId: string; version: number }): Act =>
    (deps) =>
      proceed(deps, world(0).actor, draft.checkoutId, draft.version)

  for (const [who, pair] of Object.entries(pairs)) {
    it(`${who} press 確認画面に進む: the service books one authorization`, async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const draft = await readyToProceed()
        const before = (await acquirer.books()).payments.length
        const { views, refusals } = await atOnce(pair(), round, proceeding(draft))

        const booked = (await acquirer.books()).payments.slice(before)
        expect(booked).toMatchObject([{ state: 'authorized' }])
        const payments = await rowsOf('payment', draft.checkoutId)
        expect(payments).toEqual([{ id: booked[0]?.payment_id }])
        expect(views).toMatchObject([{ stage: 'read-back', payment: { state: 'authorized' } }])
        expect(refusals).toHaveLength(1)
      }
    })

    it(`${who} press 確認画面に進む: the slower one is told that the draft has moved on`, async () => {
      for (let round = 0; round < 2; round++) {
        const { refusals } = await atOnce(pair(), round, proceeding(await readyToProceed()))
        expect(refusals).toMatchObject([{ code: expect.stringMatching(/^(STALE|WRONG_STAGE)$/) }])
      }
    })

    it(`${who} press 確定: one order, which both are shown, and its one hold`, async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const draft = await readyToProceed()
        const held = await proceeding(draft)(world(0).deps)
        const before = await acquirer.books()
        const made = madeOrders.length
        const { views, refusals } = await atOnce(pair(), round, (deps) =>
          confirm(deps, world(0).actor, draft.checkoutId, held.version),
        )

        const orders = await rowsOf('sales_order', draft.checkoutId)
        expect(orders).toHaveLength(1)
        expect(refusals).toEqual([])
        const shown = views[0]?.order
        expect(shown?.id).toBe(orders[0]?.id)
        expect(views.map((view) => [view.stage, view.order])).toEqual([
          ['completed', shown],
          ['completed', shown],
        ])
        expect(madeOrders.slice(made)).toEqual([shown?.number])
        expect(await acquirer.books()).toEqual(before)
        const { db } = world(0).deps.database
        const payments = db.selectFrom('payment').select(['order_id', 'status'])
        expect(await payments.where('checkout_id', '=', draft.checkoutId).execute()).toEqual([
          { order_id: shown?.id, status: 'authorized' },
        ])
      }
    })
  }
})
