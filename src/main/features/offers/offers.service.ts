import type { Medium, Offer, OfferFields, OfferState, OfferSummary } from '../../../contract/offers'
import { mapDatabaseError, UniqueViolation } from '../../db/errors'
import type { DeskDatabase } from '../../db/open-database'
import { businessDate } from '../../domain/calendar/tokyo'
import type { FieldFault } from '../../domain/people/contact-fields'
import { normalizeCode } from '../../domain/products/product-fields'
import { saleStateOn } from '../../domain/products/sale-state'
import type { Clock } from '../../platform/clock'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import {
  advertised,
  allMedia,
  findOffer,
  insertOffer,
  listOffers,
  updateOffer,
  type OfferQuery,
  type OfferRow,
} from './offers.repository'

export interface OffersDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
}

const today = ({ clock }: OffersDeps): string => businessDate(clock.now())

function stateOf(row: OfferRow, date: string): OfferState {
  const state = saleStateOn({ active: row.active === 1, from: row.valid_from, to: row.valid_to }, date)
  return state === 'on-sale' ? 'running' : state
}

const summaryOf = (row: OfferRow, date: string): OfferSummary => ({
  id: row.id,
  code: row.code,
  name: row.name,
  medium: { id: row.medium_id, name: row.medium_name, kind: row.medium_kind },
  legalMode: row.legal_mode,
  statutory: row.statutory === 1,
  wholeRange: row.whole_range === 1,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  state: stateOf(row, date),
  productCount: Number(row.product_count),
})

export async function list(deps: OffersDeps, query: Omit<OfferQuery, 'today'>) {
  const date = today(deps)
  const page = await listOffers(deps.database.db, { ...query, today: date })
  return { ...page, items: page.items.map((row) => summaryOf(row, date)) }
}

/** Offers that run today, for the order form. */
export async function search(deps: OffersDeps, text: string): Promise<OfferSummary[]> {
  const { items } = await list(deps, { text, mediumId: null, state: 'running', cursor: null, limit: 20 })
  return items
}

export async function detail(deps: OffersDeps, id: string): Promise<Offer> {
  const row = await findOffer(deps.database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  const products = await advertised(deps.database.db, id)
  return {
    id,
    version: row.version,
    code: row.code,
    name: row.name,
    mediumId: row.medium_id,
    legalMode: row.legal_mode,
    statutory: row.statutory === 1,
    wholeRange: row.whole_range === 1,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    note: row.note,
    active: row.active === 1,
    state: stateOf(row, today(deps)),
    products: products.map((one) => ({
      productId: one.id,
      code: one.code,
      name: one.name,
      usualPrice: one.usual_price,
      active: one.active === 1,
      price: one.price,
      subscription: one.subscription === 1,
    })),
  }
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,19}$/
const codeFault = (path: string): FieldFault => ({
  path,
  message: '半角の英数字と「-」「_」「.」「/」で、20文字以内で入力してください。',
})

async function checked(deps: OffersDeps, typed: OfferFields): Promise<OfferFields> {
  const fields = {
    ...typed,
    code: normalizeCode(typed.code),
    name: typed.name.trim(),
    note: typed.note.trim(),
  }
  const faults: FieldFault[] = []
  if (!CODE.test(fields.code)) faults.push(codeFault('code'))
  if (fields.name === '') faults.push({ path: 'name', message: 'オファー名を入力してください。' })
  if (fields.validTo !== null && fields.validTo < fields.validFrom) {
    faults.push({ path: 'validTo', message: '掲載終了日は掲載開始日以降にしてください。' })
  }
  const ids = fields.products.map(({ productId }) => productId)
  if (new Set(ids).size < ids.length) {
    faults.push({ path: 'products', message: '同じ商品が重なっています。' })
  }
  if (ids.length === 0 && !fields.wholeRange) {
    faults.push({ path: 'products', message: '広告した商品を選ぶか、「全商品」にしてください。' })
  }
  const { db } = deps.database
  const [medium, known] = await Promise.all([
    db.selectFrom('medium').select('id').where('id', '=', fields.mediumId).executeTakeFirst(),
    ids.length === 0 ? [] : db.selectFrom('product').select('id').where('id', 'in', ids).execute(),
  ])
  if (!medium) faults.push({ path: 'mediumId', message: '媒体を選択してください。' })
  if (known.length < new Set(ids).size) {
    faults.push({ path: 'products', message: '商品マスターにない商品が含まれています。' })
  }
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  return fields
}

const codeTaken = (error: unknown, message: string): unknown =>
  mapDatabaseError(error) instanceof UniqueViolation
    ? new Refusal('INVALID_FIELDS', { fields: [{ path: 'code', message }] })
    : error
const OFFER_TAKEN = 'この申込番号はほかのオファーで使われています。'

export async function add(deps: OffersDeps, typed: OfferFields): Promise<Offer> {
  const fields = await checked(deps, typed)
  const id = newId()
  await insertOffer(deps.database, { id, fields, now: deps.clock.now() }).catch((error: unknown) => {
    throw codeTaken(error, OFFER_TAKEN)
  })
  return detail(deps, id)
}

/** Keeps an offer over the version that the screen has seen. Orders that came of it keep what they said. */
export async function save(
  deps: OffersDeps,
  change: { id: string; version: number; fields: OfferFields },
): Promise<Offer> {
  const fields = await checked(deps, change.fields)
  const saved = await updateOffer(deps.database, { ...change, fields, now: deps.clock.now() }).catch(
    (error: unknown) => {
      throw codeTaken(error, OFFER_TAKEN)
    },
  )
  const now = await detail(deps, change.id)
  if (!saved) throw new Refusal('STALE', { version: now.version })
  return now
}

type MediumFields = Pick<Medium, 'code' | 'name' | 'kind' | 'active'>

function checkedMedium(typed: MediumFields): MediumFields {
  const fields = { ...typed, code: normalizeCode(typed.code), name: typed.name.trim() }
  const faults: FieldFault[] = []
  if (!CODE.test(fields.code)) faults.push(codeFault('code'))
  if (fields.name === '') faults.push({ path: 'name', message: '媒体名を入力してください。' })
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  return fields
}

const MEDIUM_TAKEN = 'この媒体コードはほかの媒体で使われています。'

export async function addMedium(deps: OffersDeps, typed: MediumFields): Promise<Medium[]> {
  const { active, ...fields } = checkedMedium(typed)
  const now = deps.clock.now()
  const row = { id: newId(), ...fields, active: active ? 1 : 0, created_at: now, updated_at: now, version: 1 }
  const { db } = deps.database
  await db
    .insertInto('medium')
    .values(row)
    .execute()
    .catch((error: unknown) => {
      throw codeTaken(error, MEDIUM_TAKEN)
    })
  return allMedia(db)
}

export async function saveMedium(
  deps: OffersDeps,
  change: { id: string; version: number; fields: MediumFields },
): Promise<Medium[]> {
  const { active, ...fields } = checkedMedium(change.fields)
  const { db } = deps.database
  const saved = await db
    .updateTable('medium')
    .set({ ...fields, active: active ? 1 : 0, updated_at: deps.clock.now(), version: change.version + 1 })
    .where('id', '=', change.id)
    .where('version', '=', change.version)
    .executeTakeFirst()
    .catch((error: unknown) => {
      throw codeTaken(error, MEDIUM_TAKEN)
    })
  const media = await allMedia(db)
  if (Number(saved.numUpdatedRows) === 1) return media
  const now = media.find(({ id }) => id === change.id)
  if (!now) throw new Refusal('NOT_FOUND')
  throw new Refusal('STALE', { version: now.version })
}
