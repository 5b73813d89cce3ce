import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { beginCardOnFile, registerCard } from '../../src/main/checkout/card-on-file'
import { newRun } from '../../src/main/checkout/subscription-turn-runs'
import { offersRouter } from '../../src/main/features/offers/offers.router'
import { runSubscriptions } from '../../src/main/jobs/subscription-run/run'
import { newId } from '../../src/main/platform/ids'
import { forEachDatabase } from '../support/databases'
import { openRegistrations, type RegistrationWorld } from '../support/registration-world'
import { sessionAs } from '../support/seeded'
import { UNWATCHED } from '../support/turns-world'

const OTHER = {
  kind: 'other' as const,
  name: '新田 次郎',
  phone: '06-0000-1234',
  postalCode: '530-0001',
  prefecture: '大阪府',
  city: '大阪市北区',
  address: '梅田1-1-1',
  building: '梅田ビル3階',
}
const NOSHI = {
  noshi: { cord: 'bow' as const, title: '御祝', names: ['新田'], place: 'outer' as const },
  wrapping: true,
  bag: false,
  message: 'いつもありがとう',
}

forEachDatabase('terms of a registered 定期', (openPlace) => {
  let world: RegistrationWorld
  beforeAll(async () => {
    world = await openRegistrations(await openPlace())
  })
  afterAll(() => world.close())

  const rowOf = (id: string) =>
    world.database.db.selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

  it('申込番号 and 広告媒体: told in the term of the offer, kept with the contract, and with the orders of its turns', async () => {
    const seat = { name: '受付1番', session: sessionAs(world.admin, 'admin'), lastTouchedAt: 0 }
    const offers = createRouterClient(
      offersRouter(() => ({ database: world.database, clock: world.deps.clock })),
      { context: { seat } },
    )
    const media = await offers.addMedium({
      fields: { code: 'M-9', name: '朝刊', kind: 'newspaper', active: true },
    })
    await offers.add({
      fields: {
        code: 'N900',
        name: '秋の健康特集',
        mediumId: media.find(({ code }) => code === 'M-9')?.id ?? '',
        legalMode: 'mail-order',
        statutory: true,
        wholeRange: false,
        validFrom: world.later(-3),
        validTo: world.later(30),
        note: '',
        active: true,
        products: [{ productId: world.products[0] ?? '', price: null, subscription: true }],
      },
    })
    const draft = await world.keyed({ offerCode: 'N900', rule: { kind: 'days', every: 30 } })
    expect(draft.quote.legal).toMatchObject({ mode: 'mail-order', offer: { code: 'N900', medium: '朝刊' } })
    const { said, contract } = await world.register(draft)
    expect(said).toContain('「秋の健康特集」のお申し込みは')
    // The advertisement names its medium where nobody has typed one.
    expect(await rowOf(contract.id)).toMatchObject({ offer_code: 'N900', medium: '朝刊' })
    const first = await world.database.db
      .selectFrom('sales_order')
      .select(['medium', 'offer_code'])
      .where('id', '=', contract.past[0]?.order?.id ?? '')
      .executeTakeFirstOrThrow()
    expect(first).toMatchObject({ medium: '朝刊' })
    const typed = await world.desk.update({
      id: contract.id,
      version: contract.version,
      fields: { ...contract.form, medium: 'テレビ' },
    })
    expect(typed.events[0]?.text).toBe('受付情報を変更しました')
    expect(typed.form.medium).toBe('テレビ')
    // The next turn is made by a run on its day, and says so too.
    const date = typed.plan[0]?.generateOn ?? ''
    const id = newId()
    const now = world.deps.clock.now()
    await world.database.db
      .insertInto('subscription_run')
      .values(newRun({ id, date, startedBy: null, seat: 'test', jobId: null, now }))
      .execute()
    await runSubscriptions(world.deps, id, UNWATCHED)
    const second = await world.desk.get({ id: contract.id })
    const order = await world.database.db
      .selectFrom('sales_order')
      .select(['medium', 'channel'])
      .where('id', '=', second.past.find(({ turn }) => turn === 2)?.order?.id ?? '')
      .executeTakeFirstOrThrow()
    expect(order).toEqual({ medium: 'テレビ', channel: 'phone' })
  })

  it('another address, a time and のし: read aloud, and so does every turn go', async () => {
    const { carrier } = await world.database.db
      .selectFrom('delivery_rule')
      .select('carrier')
      .executeTakeFirstOrThrow()
    const { code: slotCode } = await world.database.db
      .selectFrom('delivery_slot')
      .select('code')
      .where('carrier', '=', carrier)
      .where('valid_to', 'is', null)
      .orderBy('code')
      .executeTakeFirstOrThrow()
    const draft = await world.keyed({
      shipTo: OTHER,
      gift: NOSHI,
      slotCode,
      rule: { kind: 'days', every: 30 },
    })
    const { said, contract } = await world.register(draft)
    expect(said).toContain('大阪府大阪市北区梅田1-1-1 梅田ビル3階、新田 次郎様')
    expect(said).toContain('外のしで、水引は')
    expect(said).toContain('メッセージカードは「いつもありがとう」です。')
    expect(contract.form).toMatchObject({ gift: NOSHI, slotCode })
    expect(contract.shipTo).toMatchObject({ name: '新田 次郎', phone: '0600001234', postalCode: '5300001' })
    const shipment = await world.database.db
      .selectFrom('order_shipment')
      .selectAll()
      .where('order_id', '=', contract.past[0]?.order?.id ?? '')
      .executeTakeFirstOrThrow()
    expect(shipment).toMatchObject({ name: '新田 次郎', city: '大阪市北区', building: '梅田ビル3階' })
    expect(JSON.parse(shipment.gift)).toEqual(NOSHI)
  })

  it('an address or a のし that is half filled in is refused by its field', async () => {
    const draft = await world.keyed({
      shipTo: { ...OTHER, city: '' },
      gift: { ...NOSHI, noshi: { ...NOSHI.noshi, title: '' } },
    })
    await expect(world.desk.proceed(draft)).rejects.toMatchObject({
      code: 'INVALID_FORM',
      data: {
        fields: expect.arrayContaining([
          expect.objectContaining({ path: 'shipTo.city' }),
          expect.objectContaining({ path: 'gift.noshi.title' }),
        ]),
      },
    })
    expect(await world.booked(draft.checkoutId)).toEqual([])
  })

  it('alternating sets and a 頒布会 of its own goods each turn: told, priced and planned turn by turn', async () => {
    const set = (at: number, unitPrice: number) => [
      { productId: world.products[at] ?? '', quantity: 1, unitPrice },
    ]
    const sets = [set(0, 1000), set(1, 2000), set(2, 3000)]
    const course = await world.register(
      await world.keyed({ itemMode: 'course', sets, lastTurn: 3, startOn: world.later() }),
    )
    expect(course.said).toContain('全3回のお届けで終了します。')
    const totals = course.contract.plan.map(({ total }) => total ?? 0)
    expect(totals).toHaveLength(3)
    expect(new Set(totals).size).toBe(3)
    const sum = totals.reduce<number>((all, total) => all + total, 0)
    expect(course.said).toContain(`お約束いただく3回分のお支払い総額は${sum.toLocaleString('ja-JP')}円です。`)
    const round = await world.register(
      await world.keyed({ itemMode: 'alternating', sets, minTurns: 4, startOn: world.later() }),
    )
    expect(round.said).toContain('3種類のセットを順番に')
    const goods = round.contract.plan.slice(0, 4).map(({ items }) => items[0]?.productId)
    expect(goods).toEqual([...world.products, world.products[0]])
    const empty = await world.keyed({ itemMode: 'alternating', sets: [sets[0] ?? [], []] })
    await expect(world.desk.proceed(empty)).rejects.toMatchObject({
      code: 'INVALID_FORM',
      data: { fields: [{ path: 'sets.1', message: 'セット2に商品を1つ以上追加してください。' }] },
    })
  })

  it('charges behind a change of the card refer to the check by which the new one came on file', async () => {
    const first = await world.keyed({ startOn: world.later() })
    const { contract } = await world.register(first)
    const firstIdOf = async (cardId: string) =>
      (
        await world.database.db
          .selectFrom('payment')
          .select('service_transaction_id')
          .where('card_id', '=', cardId)
          .orderBy('created_at')
          .executeTakeFirstOrThrow()
      ).service_transaction_id
    expect((await rowOf(contract.id)).first_transaction_id).toBe(await firstIdOf(first.cardId))
    const register = async (replacesCardId: string | null) => {
      const { customerId } = world
      const opened = await beginCardOnFile(world.deps, world.actor, { customerId, replacesCardId })
      const cardId = await world.keyCard(opened.checkoutId)
      const { checkoutId, version } = opened
      await registerCard(world.deps, world.actor, { checkoutId, version, cardId })
      return cardId
    }
    const second = await register(first.cardId)
    expect(await rowOf(contract.id)).toMatchObject({
      card_id: second,
      first_transaction_id: await firstIdOf(second),
    })
    const third = await register(null)
    const seen = await world.desk.get({ id: contract.id })
    const used = await world.desk.useCard({ id: contract.id, version: seen.version, cardId: third })
    expect(await rowOf(contract.id)).toMatchObject({
      card_id: third,
      first_transaction_id: await firstIdOf(third),
    })
    const fields = { ...used.form, payment: { method: 'card' as const, cardId: second } }
    await world.desk.update({ id: contract.id, version: used.version, fields })
    expect((await rowOf(contract.id)).first_transaction_id).toBe(await firstIdOf(second))
  })
})
