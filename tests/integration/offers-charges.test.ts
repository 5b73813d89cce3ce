import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { OfferFields } from '../../src/contract/offers'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { chargesRouter } from '../../src/main/features/charges/charges.router'
import { offersRouter } from '../../src/main/features/offers/offers.router'
import { manualClock } from '../../src/main/platform/clock'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, sessionAs, type SampleAdmin } from '../support/seeded'

const NOW = Date.UTC(2026, 10, 23, 1)

forEachDatabase('offers and charges', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  const clock = manualClock(NOW)
  beforeEach(async () => {
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })
  const context = () => ({
    context: { seat: { name: '受付1番', session: sessionAs(admin, 'admin'), lastTouchedAt: NOW } },
  })
  const offers = () =>
    createRouterClient(
      offersRouter(() => ({ database, clock })),
      context(),
    )
  const charges = () => createRouterClient(chargesRouter({ db: () => database.db, clock }), context())

  async function fieldsFor(code: string): Promise<OfferFields> {
    const media = await offers().addMedium({
      fields: { code: `M-${code.normalize('NFKC')}`, name: '朝刊', kind: 'newspaper', active: true },
    })
    const [product] = await database.db.selectFrom('product').select('id').orderBy('code').execute()
    return {
      code,
      name: '秋の健康特集',
      mediumId: media.find((medium) => medium.code === `M-${code.normalize('NFKC')}`)?.id ?? '',
      legalMode: 'mail-order',
      statutory: true,
      wholeRange: false,
      validFrom: '2026-11-01',
      validTo: '2026-11-30',
      note: '',
      active: true,
      products: [{ productId: product?.id ?? '', price: 980, subscription: true }],
    }
  }

  it('an offer says what it advertised, is found by its number while it runs, and is kept over its version', async () => {
    const fields = await fieldsFor('Ｎ５１２３')
    const made = await offers().add({ fields })
    expect(made).toMatchObject({ code: 'N5123', state: 'running', version: 1 })
    expect(made.products).toMatchObject([{ price: 980, subscription: true, active: true }])
    expect((await offers().search({ text: 'n51' })).map(({ id }) => id)).toEqual([made.id])
    const change = { id: made.id, version: 1, fields: { ...fields, code: 'N5123', validTo: '2026-11-22' } }
    const saved = await offers().save(change)
    expect(saved).toMatchObject({ state: 'ended', version: 2 })
    expect(await offers().search({ text: 'n51' })).toEqual([])
    await expect(
      offers().save({ ...change, fields: { ...change.fields, products: [], wholeRange: true } }),
    ).rejects.toMatchObject({ code: 'STALE', data: { version: 2 } })
    expect(await offers().get({ id: made.id })).toEqual(saved)
    const { items } = await offers().list({ mediumId: fields.mediumId, state: 'ended' })
    expect(items).toMatchObject([{ productCount: 1, medium: { name: '朝刊', kind: 'newspaper' } }])
  })

  it('an offer of nothing, of the same number or with its days turned round is refused, field by field', async () => {
    const fields = await fieldsFor('N1')
    await offers().add({ fields })
    await expect(offers().add({ fields })).rejects.toMatchObject({ data: { fields: [{ path: 'code' }] } })
    await expect(
      offers().add({
        fields: {
          ...fields,
          code: ' ',
          name: '',
          validTo: '2026-10-31',
          products: [],
          mediumId: fields.products[0]?.productId ?? '',
        },
      }),
    ).rejects.toMatchObject({
      data: { fields: ['code', 'name', 'validTo', 'products', 'mediumId'].map((path) => ({ path })) },
    })
  })

  it('a medium is changed over its version', async () => {
    const { mediumId } = await fieldsFor('N2')
    const fields = { code: 'ASA', name: '朝刊 全国版', kind: 'newspaper', active: false } as const
    const media = await offers().saveMedium({ id: mediumId, version: 1, fields })
    expect(media.find(({ id }) => id === mediumId)).toMatchObject({ ...fields, version: 2, offers: 0 })
    await expect(offers().saveMedium({ id: mediumId, version: 1, fields })).rejects.toMatchObject({
      code: 'STALE',
    })
  })

  it('charges are kept over their version, prefectures in their order, each once', async () => {
    const { version, values } = await charges().get()
    const byPrefecture = [
      { prefecture: '沖縄県', fee: 1650, neverFree: true },
      { prefecture: '北海道', fee: 1100, neverFree: false },
    ]
    const saved = await charges().save({ version, values: { ...values, byPrefecture } })
    expect(saved.values.byPrefecture.map(({ prefecture }) => prefecture)).toEqual(['北海道', '沖縄県'])
    expect(await charges().get()).toMatchObject(saved)
    await expect(charges().save({ version, values })).rejects.toMatchObject({ code: 'STALE' })
    const twice = [...byPrefecture, { prefecture: '沖縄県', fee: 1, neverFree: false }]
    await expect(
      charges().save({ version: saved.version, values: { ...values, byPrefecture: twice } }),
    ).rejects.toMatchObject({ data: { fields: [{ path: 'byPrefecture.2.prefecture' }] } })
  })

  it('a rate can be set for days to come only', async () => {
    const rate = { taxClass: 'reduced', ratePercent: 0, validFrom: '2027-04-01' } as const
    expect(await charges().addRate(rate)).toContainEqual({ ...rate, state: 'ahead' })
    const others = await charges().addRate({ ...rate, ratePercent: 5 })
    expect(others.filter(({ taxClass }) => taxClass === 'reduced')).toMatchObject([
      { ratePercent: 5, state: 'ahead' },
      { ratePercent: 8, state: 'now' },
    ])
    await expect(charges().addRate({ ...rate, validFrom: '2026-11-23' })).rejects.toMatchObject({
      data: { fields: [{ path: 'validFrom' }] },
    })
    await expect(
      charges().removeRate({ taxClass: 'reduced', validFrom: '2019-10-01' }),
    ).rejects.toMatchObject({ code: 'INVALID_FIELDS' })
    const left = await charges().removeRate({ taxClass: 'reduced', validFrom: '2027-04-01' })
    expect(left.filter(({ taxClass }) => taxClass === 'reduced')).toEqual([
      { taxClass: 'reduced', ratePercent: 8, validFrom: '2019-10-01', state: 'now' },
    ])
  })
})
