import { afterAll, beforeAll, expect, it } from 'vitest'
import { inquire } from '../../src/main/checkout/checkout.service'
import { keypadSeat } from '../../src/main/checkout/keypad-seat'
import { listTabs, openTab } from '../../src/main/checkout/tabs'
import { holdCheckout, TICKET_MS } from '../../src/main/checkout/tickets'
import { unfinishedCheckouts } from '../../src/main/checkout/unfinished'
import { forEachDatabase } from '../support/databases'
import { mergeAs, mergeDesk } from '../support/merge-world'
import { openRegistrations, type RegistrationWorld } from '../support/registration-world'

forEachDatabase('ways of registering a 定期', (openPlace) => {
  let world: RegistrationWorld
  beforeAll(async () => {
    world = await openRegistrations(await openPlace())
  })
  afterAll(() => world.close())

  const paymentsOf = (checkoutId: string) =>
    world.database.db.selectFrom('payment').selectAll().where('checkout_id', '=', checkoutId).execute()

  it('結果不明: nothing is asked twice, 照会 brings the hold, and the contract stands on it', async () => {
    const draft = await world.keyed({ rule: { kind: 'days', every: 30 } })
    expect(draft.charge).toBe('authorize')
    await world.acquirer.fault('authorize', { kind: 'commit-then-cut' })
    await world.acquirer.fault('inquire', { kind: 'server-error' }, 1)
    const lost = await world.desk.proceed(draft)
    expect(lost).toMatchObject({ stage: 'authorizing', readBack: null, subscription: null })
    expect(lost.failure?.next).toBe('wait-and-inquire')
    // Neither another press nor an inquiry without an answer makes a second attempt.
    await expect(world.desk.proceed(lost)).rejects.toMatchObject({ code: 'WRONG_STAGE' })
    await inquire(world.deps, draft.checkoutId)
    expect(await world.desk.getDraft(draft)).toMatchObject({ stage: 'authorizing' })
    expect(await world.booked(draft.checkoutId)).toEqual([{ amount: 3550, state: 'authorized' }])
    await inquire(world.deps, draft.checkoutId)
    const found = await world.desk.getDraft(draft)
    expect(found).toMatchObject({ stage: 'read-back', payment: { state: 'authorized' } })
    const mark = found.readBack?.mark ?? ''
    const done = await world.desk.confirm({ checkoutId: draft.checkoutId, version: found.version, mark })
    expect(done.subscription).not.toBeNull()
    expect(await world.booked(draft.checkoutId)).toEqual([{ amount: 3550, state: 'authorized' }])
  })

  it('結果不明 that was never booked stays so until the longest processing time is over: no second attempt', async () => {
    const draft = await world.keyed({ startOn: world.later() })
    expect(draft.charge).toBe('check')
    await world.acquirer.fault('authorize', { kind: 'cut' })
    const lost = await world.desk.proceed(draft)
    expect(lost).toMatchObject({ stage: 'authorizing', failure: { next: 'wait-and-inquire' } })
    await inquire(world.deps, draft.checkoutId)
    expect(await world.desk.getDraft(draft)).toMatchObject({ stage: 'authorizing', subscription: null })
    expect((await paymentsOf(draft.checkoutId)).map(({ status }) => status)).toEqual(['unknown'])
    expect(await world.booked(draft.checkoutId)).toEqual([])
  })

  it('保留: the form waits with its time, on the tab and on ホーム, and is taken up again as it was', async () => {
    const keypads = keypadSeat({ events: world.deps.events, watch: { noticed: async () => undefined } })
    const draft = await world.keyed({ startOn: world.later(), note: '保留の間もここに' })
    const { checkoutId } = draft
    await openTab(world.deps, world.admin.id, checkoutId)
    const holder = { seat: 'test', operator: world.admin.name }
    await holdCheckout(world.deps, keypads, { checkoutId, version: draft.version, on: true, holder })
    const held = await world.desk.getDraft({ checkoutId })
    expect(held).toMatchObject({ stage: 'editing', form: draft.form })
    const left = (held.heldUntil ?? 0) - world.deps.clock.now()
    expect(left).toBeGreaterThan(TICKET_MS - 60_000)
    const tab = (await listTabs(world.deps, world.admin.id)).find((one) => one.checkoutId === checkoutId)
    expect(tab).toMatchObject({ purpose: 'subscription', heldUntil: held.heldUntil })
    const offered = (await unfinishedCheckouts(world.deps)).find((one) => one.checkoutId === checkoutId)
    expect(offered).toMatchObject({ purpose: 'subscription', heldUntil: held.heldUntil })
    await holdCheckout(world.deps, keypads, { checkoutId, version: held.version, on: false, holder })
    const back = await world.desk.getDraft({ checkoutId })
    expect(back).toMatchObject({ heldUntil: null, form: draft.form })
    const { contract } = await world.register(back)
    expect(contract.form.note).toBe('保留の間もここに')
  })

  it('what is said beforehand of the card is what 確認画面に進む asks', async () => {
    const due = await world.keyed({ rule: { kind: 'days', every: 30 } })
    const later = await world.keyed({ startOn: world.later() })
    const cod = await world.keyed({ payment: { method: 'cod', cardId: null } })
    const free = await world.keyed({
      rule: { kind: 'days', every: 30 },
      priceSteps: [{ fromTurn: 1, toTurn: 1, kind: 'percent-off', value: 100, label: '' }],
    })
    expect([due.charge, later.charge, cod.charge]).toEqual(['authorize', 'check', 'none'])
    for (const draft of [due, later, cod, free]) {
      const read = await world.desk.proceed(draft)
      expect(read.stage).toBe('read-back')
      const asked = (await world.booked(draft.checkoutId)).map(({ amount }) => amount)
      const expected = { authorize: [draft.quote.total], check: [0], none: [] }[draft.charge]
      expect(asked.map((amount) => (draft.charge === 'check' && amount <= 1 ? 0 : amount))).toEqual(expected)
    }
  })

  it('a customer who was merged meanwhile is the one who stays, with their address', async () => {
    const { db } = world.database
    const desk = mergeDesk(world.database, world.admin, world.deps.clock)
    const others = await db
      .selectFrom('customer')
      .select(['id', 'family_name', 'city'])
      .where('status', '=', 'active')
      .where('id', '!=', world.customerId)
      .orderBy('number', 'desc')
      .limit(2)
      .execute()
    const [stays, goes] = others
    if (!stays || !goes) throw new Error('nobody to merge')
    const draft = await world.keyed({ customerId: goes.id, startOn: world.later() })
    await mergeAs(desk, stays.id, goes.id, 'kept')
    const seen = await world.desk.getDraft(draft)
    expect(seen).toMatchObject({ form: { customerId: stays.id }, version: draft.version + 1 })
    expect(seen.customerName).toContain(stays.family_name)
    const { contract } = await world.register(seen)
    expect(contract.customer.id).toBe(stays.id)
    expect(contract.shipTo.address).toContain(stays.city)
  })
})
