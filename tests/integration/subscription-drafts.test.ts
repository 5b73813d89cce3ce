import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { SubscriptionForm } from '../../src/contract/subscription-form'
import { beginCardOnFile, registerCard } from '../../src/main/checkout/card-on-file'
import { tokenize } from '../../src/main/checkout/2-tokenization'
import { reconcile } from '../../src/main/checkout/reconcile'
import { listTabs, openTab } from '../../src/main/checkout/tabs'
import { unfinishedCheckouts } from '../../src/main/checkout/unfinished'
import type { CheckoutDeps } from '../../src/main/checkout/deps'
import type { DeskDatabase } from '../../src/main/db/open-database'
import {
  acquirerFolder,
  keyedFrame,
  recordedCard,
  startAcquirer,
  type AcquirerProcess,
} from '../support/acquirer'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, type SampleAdmin } from '../support/seeded'
import { openEveryDay } from '../support/subscription-rows'
import {
  newCaller as caller,
  subscriptionDeps,
  subscriptionDesk,
  wholeForm,
} from '../support/subscription-world'
import { systemClock } from '../../src/main/platform/clock'
import { addDays, businessDate } from '../../src/main/domain/calendar/tokyo'

forEachDatabase('registration of a 定期', (openPlace) => {
  let place: DatabasePlace
  let books: ReturnType<typeof acquirerFolder>
  let acquirer: AcquirerProcess
  let database: DeskDatabase
  let admin: SampleAdmin
  let deps: CheckoutDeps
  let customerId: string
  let productId: string

  beforeAll(async () => {
    place = await openPlace()
    books = acquirerFolder()
    acquirer = await startAcquirer(books.folder)
    const service = acquirer.service()
    const identity = await service.identify()
    if ('kind' in identity) throw new Error('no service')
    const active = { service, capabilities: identity.capabilities }
    ;({ database, admin } = await openSeeded(place.config, systemClock))
    deps = subscriptionDeps(database, systemClock, async () => ({ ready: true, active }))
    await openEveryDay(database)
    const { db } = database
    const product = await db.selectFrom('product').select('id').orderBy('code').executeTakeFirstOrThrow()
    productId = product.id
    await db
      .updateTable('product')
      .set({ subscribable: 1, price_kind: 'gross', temperature: 'normal' })
      .where('id', '=', productId)
      .execute()
  })
  beforeEach(async () => {
    const customer = await database.db
      .selectFrom('customer')
      .select('id')
      .where('status', '=', 'active')
      .orderBy('number')
      .executeTakeFirstOrThrow()
    customerId = customer.id
  })
  afterAll(async () => {
    await database.close()
    await acquirer.stop()
    books.remove()
    await place.drop()
  })

  const desk = () => subscriptionDesk(deps, admin)
  const later = () => addDays(businessDate(systemClock.now()), 40)
  const form = (changes: Partial<SubscriptionForm> = {}) => wholeForm(customerId, productId, changes)

  /** A draft with a card keyed for it; the answer is at the read-back. */
  async function keyed(changes: Partial<SubscriptionForm> = {}) {
    const opened = await desk().openDraft({ customerId })
    const choice = await deps.activeService()
    if (!choice.ready) throw new Error('no service')
    const entry = await tokenize(deps, choice.active, recordedCard(keyedFrame()), {
      checkoutId: opened.checkoutId,
    })
    if (!('card' in entry)) throw new Error('no card')
    const payment = { method: 'card' as const, cardId: entry.card.cardId }
    const { checkoutId } = opened
    const saved = await desk().saveDraft({
      checkoutId,
      version: opened.version,
      form: form({ payment, ...changes }),
    })
    return { checkoutId, version: saved.version, cardId: entry.card.cardId, saved }
  }
  const proceed = ({ checkoutId, version }: { checkoutId: string; version: number }) =>
    desk().proceed({ checkoutId, version })
  const atAcquirer = async (checkoutId: string) => {
    const rows = await database.db
      .selectFrom('payment')
      .select('id')
      .where('checkout_id', '=', checkoutId)
      .execute()
    const ids = new Set(rows.map(({ id }) => id))
    return (await acquirer.books()).payments
      .filter((row) => ids.has(row.payment_id))
      .map(({ amount, state }) => ({ amount, state }))
  }

  it('a first turn that comes later: the card is checked without its amount, and the contract stands once', async () => {
    const draft = await keyed({ startOn: later(), minTurns: 3 })
    expect(draft.saved).toMatchObject({ stage: 'editing', card: { last3: expect.any(String) } })
    expect(draft.saved.plan).toHaveLength(12)
    const read = await proceed(draft)
    expect(read).toMatchObject({ stage: 'read-back', failure: null })
    const texts = read.readBack?.sentences.map(({ text }) => text).join('\n') ?? ''
    // 3,000 yen of goods and 550 of shipping, three times.
    expect(texts).toContain('お約束いただく3回分のお支払い総額は10,650円です。')
    expect(texts).toContain('毎月10日に')
    expect(read.readBack?.sentences.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['items', 'total', 'payment', 'delivery', 'period', 'return', 'consent']),
    )
    const wish = { checkoutId: draft.checkoutId, version: read.version, mark: read.readBack?.mark ?? '' }
    const [done, again] = await Promise.all([
      desk().confirm(wish),
      desk()
        .confirm(wish)
        .catch(() => null),
    ])
    expect(done).toMatchObject({ stage: 'completed', subscription: { number: expect.any(Number) } })
    if (again) expect(again.subscription).toEqual(done.subscription)
    expect((await desk().confirm(wish)).subscription).toEqual(done.subscription)
    expect(await atAcquirer(draft.checkoutId)).toEqual([{ amount: expect.any(Number), state: 'voided' }])
    expect((await atAcquirer(draft.checkoutId))[0]?.amount).toBeLessThanOrEqual(1)
    const contract = await desk().get({ id: done.subscription?.id ?? '' })
    expect(contract).toMatchObject({
      status: 'active',
      nextTurn: 1,
      minTurns: 3,
      customer: { id: customerId },
      events: [{ text: '定期を登録しました', by: admin.name }],
      readBack: { by: admin.name },
    })
    expect(contract.cards.map(({ cardId }) => cardId)).toContain(draft.cardId)
    expect(contract.readBack?.sentences.join('\n')).toBe(texts)
    expect(contract.consent).toEqual({ at: expect.any(Number), by: admin.name })
    expect(contract.nextDeliverOn).toBe(contract.plan[0]?.deliverOn)
    const row = await database.db
      .selectFrom('subscription')
      .selectAll()
      .where('id', '=', contract.id)
      .executeTakeFirstOrThrow()
    expect(row.first_transaction_id).not.toBeNull()
  })

  it('a first turn that is due is authorized for its amount and ordered with the contract', async () => {
    // As early as possible ships within the days before which its order is made.
    const draft = await keyed({ rule: { kind: 'days', every: 30 } })
    const read = await proceed(draft)
    const mark = read.readBack?.mark ?? ''
    const done = await desk().confirm({ checkoutId: draft.checkoutId, version: read.version, mark })
    expect(await atAcquirer(draft.checkoutId)).toEqual([{ amount: 3550, state: 'authorized' }])
    const contract = await desk().get({ id: done.subscription?.id ?? '' })
    expect(contract).toMatchObject({ nextTurn: 2, turnsDone: 1 })
    expect(contract.past).toMatchObject([
      { turn: 1, status: 'authorized', order: { total: 3550 }, payment: { state: 'authorized' } },
    ])
    expect(contract.plan[0]).toMatchObject({ turn: 2, ruleIndex: 1 })
    const orders = await database.db
      .selectFrom('sales_order')
      .select('deliver_on')
      .where('checkout_id', '=', draft.checkoutId)
      .execute()
    expect(orders).toEqual([{ deliver_on: contract.past[0]?.deliverOn }])
  })

  it('a refused card stays at the form, and a form that was changed after the read-back is read again', async () => {
    await acquirer.fault('authorize', { kind: 'decline', code: '101' })
    const draft = await keyed({ startOn: later() })
    const refused = await proceed(draft)
    expect(refused).toMatchObject({ stage: 'editing', failure: { code: '101' }, subscription: null })
    const read = await proceed(refused)
    expect(read.stage).toBe('read-back')
    const wrong = await desk().confirm({ ...draft, version: read.version, mark: 'something else' })
    expect(wrong).toMatchObject({ stage: 'editing', subscription: null })
    expect(wrong.failure).not.toBeNull()
    const again = await proceed(wrong)
    // The check that stands is used again.
    expect(await atAcquirer(draft.checkoutId)).toHaveLength(2)
    const { checkoutId } = draft
    const back = await desk().back({ checkoutId, version: again.version, authorization: 'void' })
    expect(back).toMatchObject({ stage: 'editing', payment: { state: 'voided' } })
    const gone = await desk().discard({ checkoutId: draft.checkoutId, version: back.version })
    expect(gone.stage).toBe('discarded')
    expect((await atAcquirer(draft.checkoutId)).map(({ state }) => state)).not.toContain('authorized')
  })

  it('a check that could not be released at once is released by the timer', async () => {
    const draft = await keyed({ startOn: later() })
    const read = await proceed(draft)
    await acquirer.fault('void', { kind: 'decline', code: '501' })
    const mark = read.readBack?.mark ?? ''
    await desk().confirm({ checkoutId: draft.checkoutId, version: read.version, mark })
    await reconcile(deps, { atStart: true })
    expect((await atAcquirer(draft.checkoutId)).map(({ state }) => state)).toEqual(['voided'])
  })

  it('a card that is keyed anew pays for all 定期 of the old one, and a contract may choose another', async () => {
    const draft = await keyed({ startOn: later() })
    const read = await proceed(draft)
    const mark = read.readBack?.mark ?? ''
    const done = await desk().confirm({ checkoutId: draft.checkoutId, version: read.version, mark })
    const id = done.subscription?.id ?? ''
    const actor = { userId: admin.id, userName: admin.name, shopId: admin.shop.id, seat: 'test' }
    const choice = await deps.activeService()
    if (!choice.ready) throw new Error('no service')
    const register = async (replacesCardId: string | null) => {
      const opened = await beginCardOnFile(deps, actor, { customerId, replacesCardId })
      const { checkoutId, version } = opened
      const entry = await tokenize(deps, choice.active, recordedCard(keyedFrame()), { checkoutId })
      if (!('card' in entry)) throw new Error('no card')
      await registerCard(deps, actor, { checkoutId, version, cardId: entry.card.cardId })
      return entry.card.cardId
    }
    const second = await register(draft.cardId)
    const followed = await desk().get({ id })
    expect(followed.form.payment.cardId).toBe(second)
    expect(followed.events[0]?.text).toBe('お支払いのカードを登録し直しました')
    const third = await register(null)
    const chosen = await desk().useCard({ id, version: followed.version, cardId: third })
    expect(chosen.form.payment.cardId).toBe(third)
    await expect(desk().useCard({ id, version: chosen.version, cardId: draft.cardId })).rejects.toMatchObject(
      { code: 'INVALID_FIELDS' },
    )
  })

  for (const due of [false, true])
    it(`a caller who is not on file becomes a customer with the contract, first turn ${due ? 'due' : 'later'}`, async () => {
      const start = due ? { rule: { kind: 'days' as const, every: 30 } } : { startOn: later() }
      const draft = await keyed({ customerId: null, caller, ...start })
      expect(draft.saved.customerName).toBe('新田 花子')
      const read = await proceed(draft)
      expect(read.failure).toBeNull()
      const wish = { checkoutId: draft.checkoutId, version: read.version, mark: read.readBack?.mark ?? '' }
      await Promise.allSettled([desk().confirm(wish), desk().confirm(wish)])
      const done = await desk().confirm(wish)
      const contract = await desk().get({ id: done.subscription?.id ?? '' })
      expect(contract.customer.name).toBe('新田 花子')
      expect(contract.cards.map(({ cardId }) => cardId)).toEqual([draft.cardId])
      const made = await desk().list({ filter: { customerId: contract.customer.id } })
      expect(made.items).toHaveLength(1)
      expect(contract.past).toHaveLength(due ? 1 : 0)
    })

  it('is offered and is a tab before anything is paid, and not while it is empty', async () => {
    const opened = await desk().openDraft({ customerId: null })
    const { checkoutId, version } = opened
    await openTab(deps, admin.id, checkoutId)
    const tab = async () => (await listTabs(deps, admin.id)).find((one) => one.checkoutId === checkoutId)
    const offered = async () => (await unfinishedCheckouts(deps)).find((one) => one.checkoutId === checkoutId)
    expect(await tab()).toMatchObject({ purpose: 'subscription', isEmpty: true })
    expect(await offered()).toBeUndefined()
    const saved = await desk().saveDraft({ checkoutId, version, form: form({ customerId: null, caller }) })
    expect(saved.products).toMatchObject([{ id: productId }])
    expect(saved.quote).toMatchObject({ total: saved.plan[0]?.total, legal: { mode: 'mail-order' } })
    expect(await tab()).toMatchObject({ customerName: '新田 花子', isEmpty: false, stage: 'editing' })
    expect(await offered()).toMatchObject({
      purpose: 'subscription',
      customerName: '新田 花子',
      amount: saved.quote.total,
      payment: null,
    })
    await desk().discard({ checkoutId, version: saved.version })
    expect(await tab()).toBeUndefined()
    expect(await offered()).toBeUndefined()
  })

  it('says all that is missing at once, without asking the card', async () => {
    const opened = await desk().openDraft({ customerId: null })
    const { checkoutId } = opened
    const saved = await desk().saveDraft({
      checkoutId,
      version: opened.version,
      form: form({ customerId: null, sets: [[]], consent: false, payment: { method: 'card', cardId: null } }),
    })
    await expect(proceed({ checkoutId, version: saved.version })).rejects.toMatchObject({
      code: 'INVALID_FORM',
      data: {
        fields: expect.arrayContaining([
          expect.objectContaining({ path: 'customerId' }),
          expect.objectContaining({ path: 'sets.0' }),
          expect.objectContaining({ path: 'payment.cardId' }),
          expect.objectContaining({ path: 'consent' }),
        ]),
      },
    })
    await expect(desk().getDraft({ checkoutId: customerId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
