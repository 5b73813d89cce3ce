import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { reconcile } from '../../src/main/checkout/reconcile'
import { manualClock } from '../../src/main/platform/clock'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { auditOf, openTurnsWorld, type TurnsWorld } from '../support/turns-world'

const TODAY = '2026-11-28'
const at = (date: string) => Date.parse(`${date}T10:00:00+09:00`)

forEachDatabase('the run of 定期', (openPlace) => {
  let folder: string
  let place: DatabasePlace
  let acquirer: AcquirerProcess
  let world: TurnsWorld
  let clock: ReturnType<typeof manualClock>
  let before: number
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-run-'))
    acquirer = await startAcquirer(join(folder, 'acquirer'))
  })
  afterAll(async () => {
    await acquirer.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    place = await openPlace()
    before = (await acquirer.books()).payments.length
    clock = manualClock(at(TODAY))
    world = await openTurnsWorld(place.config, acquirer.service(), { clock })
  })
  afterEach(async () => {
    await acquirer.clear()
    await acquirer.listen(true)
    await world.close()
    await place.drop()
  })

  const db = () => world.deps.database.db
  const cycles = () => db().selectFrom('subscription_cycle').selectAll().orderBy('id').execute()
  const orders = () =>
    db()
      .selectFrom('sales_order')
      .innerJoin('subscription_cycle', 'subscription_cycle.order_id', 'sales_order.id')
      .selectAll('sales_order')
      .execute()
  const runRow = (id: string) =>
    db().selectFrom('subscription_run').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  /** Goes on to a day, and runs. */
  const runOn = (date: string) => {
    clock.set(at(date))
    return world.run(date)
  }

  it('makes one order of each due turn, charged once by the shop; the second run has nothing to do', async () => {
    const cardId = await world.card()
    const ids = await world.contracts(25, { card_id: cardId })
    await world.contracts(3, { card_id: cardId, next_generate_on: '2026-11-29' })
    const first = await world.run(TODAY)
    const second = await world.run(TODAY)
    expect([first.end, second.end]).toEqual(['done', 'done'])
    expect(await runRow(first.id)).toMatchObject({
      due: 25,
      ordered: 25,
      authorized: 25,
      declined: 0,
      state: 'done',
    })
    expect(await runRow(second.id)).toMatchObject({ due: 0, ordered: 0, authorized: 0 })
    const due = ids.map((subscriptionId) => ({ subscriptionId, turn: 1 }))
    expect(await auditOf(world, acquirer, due, before)).toEqual([])
    const made = await orders()
    expect(made.map(({ status }) => status)).toEqual(Array.from({ length: 25 }, () => 'new'))
    expect(new Set(made.map(({ number }) => number)).size).toBe(25)
    expect(made[0]).toMatchObject({
      deliver_on: '2026-12-01',
      payment_method: 'card',
      customer_phone: expect.any(String),
    })
    const booked = (await acquirer.books()).payments.findLast(({ initiator }) => initiator === 'merchant')
    expect(booked).toMatchObject({ first_transaction_id: 'txn_first', moto: 1, amount: made[0]?.total })
    const contract = await db()
      .selectFrom('subscription')
      .selectAll()
      .where('id', '=', ids[0] ?? '')
      .executeTakeFirstOrThrow()
    expect(contract).toMatchObject({
      next_index: 1,
      next_turn: 2,
      last_shipped_on: '2026-11-30',
      next_ship_on: '2026-12-30',
    })
    const lines = await db()
      .selectFrom('order_line')
      .selectAll()
      .where('order_id', '=', made[0]?.id ?? '')
      .execute()
    expect(lines.map(({ kind }) => kind)).toContain('product')
  })

  it('tries a refused card again on the days of the shop, then gives the turn up', async () => {
    const ids = await world.contracts(1, { card_id: await world.card() })
    await acquirer.fault('authorize', { kind: 'decline', code: '102' }, 99)
    const days: (string | null)[] = []
    for (let date: string | null = TODAY; date !== null;) {
      await runOn(date)
      const [cycle] = await cycles()
      date = cycle?.next_retry_on ?? null
      days.push(date)
    }
    expect(days).toEqual(['2026-11-29', '2026-12-01', '2026-12-03', '2026-12-05', null])
    const [cycle] = await cycles()
    expect(cycle).toMatchObject({ status: 'failed', tries: 5, attention: 'given-up', last_code: '102' })
    expect(await orders()).toMatchObject([{ status: 'cancelled' }])
    const contract = await db()
      .selectFrom('subscription')
      .selectAll()
      .where('id', '=', ids[0] ?? '')
      .executeTakeFirstOrThrow()
    expect(contract).toMatchObject({ status: 'payment-stopped', next_turn: 2, next_generate_on: null })
  })

  it('counts the days of the shop from the day of the try, though its refusal came to light a day later', async () => {
    await world.contracts(1, { card_id: await world.card() })
    await acquirer.fault('authorize', { kind: 'decline', code: '102' }, 2)
    await world.run(TODAY)
    await db()
      .updateTable('payment')
      .set({ updated_at: at('2026-11-29') })
      .execute()
    await runOn('2026-11-29')
    expect(await cycles()).toMatchObject([{ status: 'auth-failed', tries: 2, next_retry_on: '2026-12-01' }])
  })

  it('a hard refusal goes straight to a person; no try of a soft one reaches the next turn', async () => {
    const cardId = await world.card()
    const turnOf = (id = '') =>
      db().selectFrom('subscription_cycle').selectAll().where('subscription_id', '=', id).execute()
    const [hard] = await world.contracts(1, { card_id: cardId })
    await acquirer.fault('authorize', { kind: 'decline', code: '301' }, 1)
    await runOn(TODAY)
    expect(await turnOf(hard)).toMatchObject([
      { status: 'auth-failed', tries: 1, next_retry_on: null, attention: 'card-refused' },
    ])
    // Every 4 days: the order of the next turn is made on 1 December, when the second try of the shop would be.
    const often = { rule: JSON.stringify({ kind: 'days', every: 4 }), card_id: cardId }
    const [soft] = await world.contracts(1, often)
    await acquirer.fault('authorize', { kind: 'decline', code: '102' }, 2)
    await runOn(TODAY)
    expect(await turnOf(soft)).toMatchObject([{ status: 'auth-failed', next_retry_on: '2026-11-29' }])
    await runOn('2026-11-29')
    expect(await turnOf(soft)).toMatchObject([{ status: 'failed', tries: 2, attention: 'given-up' }])
  })

  it('recovers when the card pays on a later day', async () => {
    const ids = await world.contracts(1, { card_id: await world.card() })
    await acquirer.fault('authorize', { kind: 'decline', code: '102' }, 1)
    await world.run(TODAY)
    expect(await cycles()).toMatchObject([{ status: 'auth-failed', tries: 1, next_retry_on: '2026-11-29' }])
    expect(await orders()).toMatchObject([{ status: 'waiting-payment' }])
    const { id } = await runOn('2026-11-29')
    expect(await runRow(id)).toMatchObject({ authorized: 1, ordered: 0 })
    expect(await orders()).toMatchObject([{ status: 'new' }])
    const due = ids.map((subscriptionId) => ({ subscriptionId, turn: 1 }))
    expect(await auditOf(world, acquirer, due, before)).toEqual([])
  })

  it('sends an expired card to a person without asking the service, and pays no cash on delivery', async () => {
    const cardId = await world.card()
    await db().updateTable('card').set({ expiry_yymm: '2610' }).where('id', '=', cardId).execute()
    await world.contracts(1, { card_id: cardId })
    await world.contracts(1, { payment_method: 'cod' })
    await world.run(TODAY)
    const made = await cycles()
    expect(made.map(({ status, attention }) => [status, attention]).toSorted()).toEqual(
      [
        ['auth-failed', 'card-expired'],
        ['ordered', null],
      ].toSorted(),
    )
    expect((await acquirer.books()).payments.length).toBe(before)
  })

  it('an answer that is lost is brought to its end by the inquiry, and its turn with it', async () => {
    const ids = await world.contracts(1, { card_id: await world.card() })
    await acquirer.fault('authorize', { kind: 'commit-then-cut' }, 1)
    // The run inquires at its end itself.
    await world.run(TODAY)
    await reconcile(world.deps, { atStart: true })
    const due = ids.map((subscriptionId) => ({ subscriptionId, turn: 1 }))
    expect(await auditOf(world, acquirer, due, before)).toEqual([])
    expect(await orders()).toMatchObject([{ status: 'new' }])
  })

  it('leaves turns for the next run when the service cannot be reached', async () => {
    const ids = await world.contracts(40, { card_id: await world.card() })
    await acquirer.listen(false)
    const { id } = await world.run(TODAY)
    expect(await runRow(id)).toMatchObject({ ordered: 40, authorized: 0 })
    expect(JSON.parse((await runRow(id)).report)).toMatchObject({ stopped: 'service-down' })
    expect(new Set((await cycles()).map(({ status }) => status))).toEqual(new Set(['planned']))
    await acquirer.listen(true)
    const again = await world.run(TODAY)
    expect(await runRow(again.id)).toMatchObject({ ordered: 0, authorized: 40 })
    const due = ids.map((subscriptionId) => ({ subscriptionId, turn: 1 }))
    expect(await auditOf(world, acquirer, due, before)).toEqual([])
  })
})
