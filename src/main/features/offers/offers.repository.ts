import { sql, type Kysely, type RawBuilder, type Selectable, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { Medium, OfferFields, OfferFilter, OfferState } from '../../../contract/offers'
import { normalizeForSearch } from '../../../contract/text'
import type { Database } from '../../db/database.types'
import { ExpectationFailed } from '../../db/errors'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import type { MediumTable, OfferTable } from '../../db/product-tables.types'

type Db = Kysely<Database>

export type OfferRow = Selectable<OfferTable> & {
  readonly medium_name: string
  readonly medium_kind: MediumTable['kind']
  readonly product_count: number
}

/** Where a page ended: the code. */
const Cursor = z.tuple([z.string().max(60)])

export interface OfferQuery extends OfferFilter {
  readonly cursor: string | null
  readonly limit: number
  readonly today: string
}

/** The same as `saleStateOn`, for rows of `offer`. */
function stateCondition(state: OfferState, today: string): RawBuilder<SqlBool> {
  switch (state) {
    case 'stopped':
      return sql`o.active = 0`
    case 'before':
      return sql`o.active = 1 and o.valid_from > ${today}`
    case 'ended':
      return sql`o.active = 1 and o.valid_to < ${today}`
    case 'running':
      return sql`o.active = 1 and o.valid_from <= ${today} and (o.valid_to is null or o.valid_to >= ${today})`
  }
}

function conditionsOf({ text, mediumId, state, today }: OfferFilter & { today: string }) {
  const conditions = text
    .split(/[\s\u3000]+/u)
    .map((word) => normalizeForSearch(word).replace(/[%_\\]/g, ''))
    .filter((word) => word !== '')
    .map((word) => sql<SqlBool>`o.search_text like ${`%${word}%`}`)
  if (mediumId !== null) conditions.push(sql<SqlBool>`o.medium_id = ${mediumId}`)
  if (state !== null) conditions.push(stateCondition(state, today))
  return conditions.length === 0 ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

const shown = sql`select o.*, m.name as medium_name, m.kind as medium_kind,
  (select count(*) from offer_product p where p.offer_id = o.id) as product_count
  from offer o join medium m on m.id = o.medium_id`

/** A page of offers in the order of their codes. */
export async function listOffers(db: Db, query: OfferQuery) {
  const conditions = conditionsOf(query)
  const after = decodeCursor(query.cursor, Cursor)
  const beyond = after === null ? sql<SqlBool>`1 = 1` : sql<SqlBool>`o.code > ${after[0]}`
  const [rows, counted] = await Promise.all([
    sql<OfferRow>`${shown} where ${conditions} and ${beyond} order by o.code limit ${query.limit + 1}`.execute(
      db,
    ),
    sql<{ count: number }>`select count(*) as count from
      (select 1 as one from offer o where ${conditions} limit ${COUNT_LIMIT + 1}) f`.execute(db),
  ])
  const page = pageOf(
    rows.rows,
    query.limit,
    (row) => row,
    (row) => [row.code],
  )
  return { ...page, count: shownCount(Number(counted.rows[0]?.count ?? 0)) }
}

export async function findOffer(db: Db, id: string): Promise<OfferRow | null> {
  const { rows } = await sql<OfferRow>`${shown} where o.id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** The advertised products of an offer, in the order of their codes. */
export const advertised = (db: Db, offerId: string) =>
  db
    .selectFrom('offer_product as a')
    .innerJoin('product as p', 'p.id', 'a.product_id')
    .select(['p.id', 'p.code', 'p.name', 'p.price as usual_price', 'p.active', 'a.price', 'a.subscription'])
    .where('a.offer_id', '=', offerId)
    .orderBy('p.code')
    .execute()

const columnsOf = (fields: OfferFields, now: number) => ({
  code: fields.code,
  name: fields.name,
  search_text: [fields.code, fields.name].map(normalizeForSearch).join(' '),
  medium_id: fields.mediumId,
  legal_mode: fields.legalMode,
  statutory: fields.statutory ? 1 : 0,
  whole_range: fields.wholeRange ? 1 : 0,
  valid_from: fields.validFrom,
  valid_to: fields.validTo,
  note: fields.note,
  active: fields.active ? 1 : 0,
  updated_at: now,
})

function productStatements(db: Db, offerId: string, fields: OfferFields): Statement[] {
  const rows = fields.products.map((one) => ({
    offer_id: offerId,
    product_id: one.productId,
    price: one.price,
    subscription: one.subscription ? 1 : 0,
  }))
  return rows.length === 0 ? [] : [{ query: db.insertInto('offer_product').values(rows).compile() }]
}

/** Writes a new offer with its products. Throws UniqueViolation when the code is taken. */
export async function insertOffer(
  database: DeskDatabase,
  offer: { id: string; fields: OfferFields; now: number },
): Promise<void> {
  const { db } = database
  const { id, fields, now } = offer
  const row = { id, ...columnsOf(fields, now), created_at: now, version: 1 }
  await database.batch([
    { query: db.insertInto('offer').values(row).compile() },
    ...productStatements(db, id, fields),
  ])
}

/** Writes over the version that was seen; false when another screen was faster. */
export async function updateOffer(
  database: DeskDatabase,
  change: { id: string; version: number; fields: OfferFields; now: number },
): Promise<boolean> {
  const { db } = database
  const { id, version, fields, now } = change
  const update = db
    .updateTable('offer')
    .set({ ...columnsOf(fields, now), version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
  try {
    await database.batch([
      { query: update.compile(), expect: { changes: 1 } },
      { query: db.deleteFrom('offer_product').where('offer_id', '=', id).compile() },
      ...productStatements(db, id, fields),
    ])
    return true
  } catch (error) {
    if (error instanceof ExpectationFailed) return false
    throw error
  }
}

/** All media with how many offers each has. */
export async function allMedia(db: Db): Promise<Medium[]> {
  const rows = await db
    .selectFrom('medium as m')
    .selectAll('m')
    .select((eb) =>
      eb
        .selectFrom('offer')
        .select(eb.fn.countAll<number>().as('count'))
        .whereRef('offer.medium_id', '=', 'm.id')
        .as('offers'),
    )
    .orderBy('m.code')
    .execute()
  return rows.map(({ id, code, name, kind, active, version, offers }) => ({
    id,
    code,
    name,
    kind,
    active: active === 1,
    version,
    offers: Number(offers ?? 0),
  }))
}
