import type { Kysely } from 'kysely'
import { Charges, type ShownRate, type TaxRate } from '../../../contract/charges'
import type { Database } from '../../db/database.types'
import { businessDate, spokenDate } from '../../domain/calendar/tokyo'
import { PREFECTURES, type FieldFault } from '../../domain/people/contact-fields'
import type { ShopCharges } from '../../domain/pricing/order-totals'
import { Refusal } from '../../platform/refusal'
import { readSetting, writeSetting } from '../settings/settings.service'

const KEY = 'charges'

const DEFAULTS: Charges = {
  shipping: 550,
  byPrefecture: [],
  freeShippingFrom: 5000,
  freeShippingPer: 'order',
  coolFee: 0,
  codFee: 330,
  deferredFee: 250,
  taxRounding: 'floor',
  invoicePer: 'order',
  priceKind: 'gross',
}

/** The settings as they are kept. */
export const readChargeSettings = (db: Kysely<Database>) => readSetting(db, KEY, Charges, DEFAULTS)

/** What the shop charges besides the goods; the rate of services is that of the day, and filled in where a day is known. */
export async function readCharges(db: Kysely<Database>): Promise<ShopCharges> {
  const { priceKind: _priceKind, ...charges } = (await readChargeSettings(db)).value
  return { ...charges, serviceRatePercent: 10 }
}

function faultsOf({ byPrefecture }: Charges): FieldFault[] {
  const seen = new Set<string>()
  return byPrefecture.flatMap(({ prefecture }, at) => {
    const path = `byPrefecture.${at}.prefecture`
    if (!PREFECTURES.includes(prefecture)) return [{ path, message: '都道府県を選択してください。' }]
    if (seen.has(prefecture)) return [{ path, message: `「${prefecture}」が重なっています。` }]
    seen.add(prefecture)
    return []
  })
}

/** Keeps the settings; refuses a stale version. Orders that stand keep what they were charged. */
export async function saveCharges(
  db: Kysely<Database>,
  change: { values: Charges; version: number; by: string; now: number },
): Promise<{ version: number; values: Charges }> {
  const faults = faultsOf(change.values)
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  const order = (name: string) => PREFECTURES.indexOf(name)
  const byPrefecture = change.values.byPrefecture.toSorted(
    (a, b) => order(a.prefecture) - order(b.prefecture),
  )
  const values = { ...change.values, byPrefecture }
  const version = await writeSetting(db, {
    key: KEY,
    value: values,
    seenVersion: change.version,
    by: change.by,
    now: change.now,
  })
  return { version, values }
}

/** All rates, the newest first, with whether each holds today. */
export async function taxRates(db: Kysely<Database>, now: number): Promise<ShownRate[]> {
  const today = businessDate(now)
  const rows = await db
    .selectFrom('tax_rate')
    .selectAll()
    .orderBy('tax_class', 'desc')
    .orderBy('valid_from', 'desc')
    .execute()
  const holding = new Set<string>()
  return rows.map(({ tax_class: taxClass, rate_percent: ratePercent, valid_from: validFrom }) => {
    const rate = { taxClass, ratePercent, validFrom }
    if (validFrom > today) return { ...rate, state: 'ahead' }
    if (holding.has(taxClass)) return { ...rate, state: 'past' }
    holding.add(taxClass)
    return { ...rate, state: 'now' }
  })
}

/** A rate that holds already has been charged: only what is to come can be changed. */
function refusePast(validFrom: string, now: number): void {
  const today = businessDate(now)
  if (validFrom > today) return
  const message = `適用開始日は明日以降にしてください(今日は${spokenDate(today)})。適用中の税率は変更できません。`
  throw new Refusal('INVALID_FIELDS', { fields: [{ path: 'validFrom', message }] })
}

export async function addRate(db: Kysely<Database>, rate: TaxRate, now: number): Promise<ShownRate[]> {
  refusePast(rate.validFrom, now)
  await db
    .insertInto('tax_rate')
    .values({ tax_class: rate.taxClass, rate_percent: rate.ratePercent, valid_from: rate.validFrom })
    .onConflict((conflict) =>
      conflict.columns(['tax_class', 'valid_from']).doUpdateSet({ rate_percent: rate.ratePercent }),
    )
    .execute()
  return taxRates(db, now)
}

export async function removeRate(
  db: Kysely<Database>,
  rate: Pick<TaxRate, 'taxClass' | 'validFrom'>,
  now: number,
): Promise<ShownRate[]> {
  refusePast(rate.validFrom, now)
  await db
    .deleteFrom('tax_rate')
    .where('tax_class', '=', rate.taxClass)
    .where('valid_from', '=', rate.validFrom)
    .execute()
  return taxRates(db, now)
}
