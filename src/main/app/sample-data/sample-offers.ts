import { normalizeForSearch } from '../../../contract/text'
import type { DeskDatabase, Statement } from '../../db/open-database'
import type { MediumTable } from '../../db/product-tables.types'
import { addDays, businessDate } from '../../domain/calendar/tokyo'
import { newId } from '../../platform/ids'

interface SampleOffer {
  readonly code: string
  readonly name: string
  readonly medium: Pick<MediumTable, 'code' | 'name' | 'kind'>
  /** Days from today. */
  readonly from: number
  readonly to: number | null
  /** Advertised price by code of product; null: the usual one. Empty: the whole range. */
  readonly goods: Readonly<Record<string, number | null>>
  /** Codes that were advertised as 定期 too. */
  readonly subscription: readonly string[]
}

const OFFERS: readonly SampleOffer[] = [
  {
    code: 'N1123',
    name: '朝刊全面広告 黒酢しょうが粒 初回特別価格',
    medium: { code: 'NP', name: '朝刊(全国版)', kind: 'newspaper' },
    from: -14,
    to: 45,
    goods: { A101: 1980, A102: null },
    subscription: ['A101'],
  },
  {
    code: 'T2045',
    name: '健康情報番組 すっぽん黒にんにく',
    medium: { code: 'TV', name: 'BSショッピング枠', kind: 'tv' },
    from: -7,
    to: 21,
    goods: { A103: 3980 },
    subscription: ['A103'],
  },
  {
    code: 'C26W',
    name: '総合カタログ 冬号',
    medium: { code: 'CT', name: '会員カタログ', kind: 'catalogue' },
    from: -30,
    to: null,
    goods: {},
    subscription: [],
  },
]

/** Three advertisements of the sample shop, each in a medium of its own. */
export function offerStatements(
  database: DeskDatabase,
  products: readonly { readonly id: string; readonly code: string }[],
  now: number,
): Statement[] {
  const { db } = database
  const today = businessDate(now)
  const stamps = { active: 1, created_at: now, updated_at: now, version: 1 }
  return OFFERS.flatMap(({ code, name, medium, from, to, goods, subscription }) => {
    const mediumId = newId()
    const offerId = newId()
    const advertised = products.flatMap((product) => {
      const price = goods[product.code]
      if (price === undefined) return []
      const isSubscribed = subscription.includes(product.code) ? 1 : 0
      return [{ offer_id: offerId, product_id: product.id, price, subscription: isSubscribed }]
    })
    const offer = {
      id: offerId,
      code,
      name,
      search_text: [code, name].map(normalizeForSearch).join(' '),
      medium_id: mediumId,
      legal_mode: 'mail-order' as const,
      statutory: 1,
      whole_range: advertised.length === 0 ? 1 : 0,
      valid_from: addDays(today, from),
      valid_to: to === null ? null : addDays(today, to),
      note: '',
      ...stamps,
    }
    return [
      {
        query: db
          .insertInto('medium')
          .values({ id: mediumId, ...medium, ...stamps })
          .compile(),
      },
      { query: db.insertInto('offer').values(offer).compile() },
      ...(advertised.length === 0
        ? []
        : [{ query: db.insertInto('offer_product').values(advertised).compile() }]),
    ]
  })
}
