import { sql, type ExpressionBuilder, type Kysely, type Selectable } from 'kysely'
import { z } from 'zod'
import type { KeypadFilter, KeypadState, P2peState } from '../../../contract/keypad-monitor'
import type { Database, KeypadTable } from '../../db/database.types'
import type { KeypadUpdateTable } from '../../db/keypad-tables.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import { LOW_USES, SILENT_AFTER_MS } from './states'

export type KeypadRow = Selectable<KeypadTable>
/** 更新予定, where one is open. */
export interface UpdateColumns {
  readonly update_state: KeypadUpdateTable['state'] | null
  readonly update_at: number | null
}
export type ShownRow = KeypadRow & UpdateColumns & { shop_name: string | null }
export type KeypadSort = 'last-seen' | 'serial' | 'state' | 'shop'

/** Whose keypads may be seen: null all of them, else those of one shop. */
export type Scope = string | null

type Joined = Database & { keypad: KeypadTable }
type Where = ExpressionBuilder<Joined, 'keypad'>

function stateIs(eb: Where, state: KeypadState, now: number) {
  const seen = eb.and([eb('online', '=', 1), eb('last_seen_at', '>=', now - SILENT_AFTER_MS)])
  const registered = eb('keypad.state', '=', 'registered')
  switch (state) {
    case 'unregistered':
      return eb('keypad.state', '=', 'unregistered')
    case 'stopped':
      return eb.and([eb('keypad.state', '=', 'stopped'), eb('stop_reason', 'is distinct from', 'tampered')])
    case 'tampered':
      return eb.and([eb('keypad.state', '=', 'stopped'), eb('stop_reason', '=', 'tampered')])
    case 'in-use':
      return eb.and([registered, seen, eb('holder', 'is not', null)])
    case 'waiting':
      return eb.and([registered, seen, eb('holder', 'is', null)])
    case 'offline':
      return eb.and([registered, eb.not(seen)])
  }
}

function p2peIs(eb: Where, state: P2peState) {
  const exhausted = eb.or([
    eb(sql<string>`coalesce(security_level, '')`, '=', '0'),
    eb(sql<number>`coalesce(uses_left, -1)`, '=', 0),
  ])
  const low = eb(sql<number>`coalesce(uses_left, ${LOW_USES + 1})`, '<=', LOW_USES)
  const level3 = eb(sql<string>`coalesce(security_level, '')`, '=', '3')
  switch (state) {
    case 'exhausted':
      return exhausted
    case 'unknown':
      return eb.and([eb('security_level', 'is', null), eb.not(exhausted)])
    case 'not-encrypting':
      return eb.and([eb('security_level', 'is not', null), eb.not(level3), eb.not(exhausted)])
    case 'running-low':
      return eb.and([level3, low, eb.not(exhausted)])
    case 'active':
      return eb.and([level3, eb.not(low), eb.not(exhausted)])
  }
}

const rank = sql<
  string | number
>`case keypad.state when 'unregistered' then 0 when 'registered' then 1 else 2 end`
const SORTS = {
  'last-seen': sql<string | number>`keypad.last_seen_at`,
  serial: sql<string | number>`coalesce(keypad.serial, '')`,
  state: rank,
  shop: sql<string | number>`coalesce((select shop.name from shop where shop.id = keypad.shop_id), '')`,
} as const

function filtered(db: Kysely<Database>, scope: Scope, filter: KeypadFilter, now: number) {
  let query = db.selectFrom('keypad')
  if (scope !== null) query = query.where('shop_id', '=', scope).where('keypad.state', '!=', 'unregistered')
  if (filter.shopId.length > 0) query = query.where('shop_id', 'in', filter.shopId)
  if (filter.model.length > 0) query = query.where('model', 'in', filter.model)
  if (filter.state.length > 0) {
    query = query.where((eb) => eb.or(filter.state.map((state) => stateIs(eb, state, now))))
  }
  if (filter.p2pe.length > 0) {
    query = query.where((eb) => eb.or(filter.p2pe.map((state) => p2peIs(eb, state))))
  }
  if (filter.update.length > 0) {
    const open = db.selectFrom('keypad_update').select('keypad_id').where('closed_at', 'is', null)
    query = query.where('keypad.id', 'in', open.where('state', 'in', filter.update))
  }
  const text = filter.text.trim()
  if (text === '') return query
  const like = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`.toLowerCase()
  return query.where((eb) =>
    eb.or(
      (['serial', 'model', 'seat', 'firmware'] as const).map(
        (column) => sql<boolean>`lower(coalesce(${eb.ref(column)}, '')) like ${like} escape '\\'`,
      ),
    ),
  )
}

const Cursor = z.tuple([z.union([z.string(), z.number()]), z.uuid()])

export interface KeypadList {
  readonly scope: Scope
  readonly filter: KeypadFilter
  readonly sort: KeypadSort
  readonly descending: boolean
  readonly cursor: string | null
  readonly limit: number
  readonly now: number
}

/** A page of keypads with the names of their shops. */
export async function listKeypads(db: Kysely<Database>, list: KeypadList) {
  const key = SORTS[list.sort]
  const order = list.descending ? 'desc' : 'asc'
  const after = decodeCursor(list.cursor, Cursor)
  const base = filtered(db, list.scope, list.filter, list.now)
  const rows = await base
    .leftJoin('shop', 'shop.id', 'keypad.shop_id')
    .leftJoin('keypad_update', (join) =>
      join.onRef('keypad_update.keypad_id', '=', 'keypad.id').on('keypad_update.closed_at', 'is', null),
    )
    .selectAll('keypad')
    .select(['shop.name as shop_name', key.as('sort_key')])
    .select(['keypad_update.state as update_state', 'keypad_update.next_at as update_at'])
    .$if(after !== null, (some) =>
      some.where(
        sql<boolean>`(${key}, keypad.id) ${sql.raw(list.descending ? '<' : '>')} (${after?.[0] ?? ''}, ${after?.[1] ?? ''})`,
      ),
    )
    .orderBy(key, order)
    .orderBy('keypad.id', order)
    .limit(list.limit + 1)
    .execute()
  const counted = await db
    .selectFrom(
      base
        .select('keypad.id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    list.limit,
    (row) => row,
    (row) => [row.sort_key, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

/** One keypad within the scope, with the names that belong to it. */
export async function findKeypad(db: Kysely<Database>, scope: Scope, id: string) {
  return db
    .selectFrom('keypad')
    .leftJoin('shop', 'shop.id', 'keypad.shop_id')
    .leftJoin('staff_user', 'staff_user.id', 'keypad.registered_by')
    .selectAll('keypad')
    .select(['shop.name as shop_name', 'staff_user.name as registrar'])
    .where('keypad.id', '=', id)
    .$if(scope !== null, (some) =>
      some.where('keypad.shop_id', '=', scope).where('keypad.state', '!=', 'unregistered'),
    )
    .executeTakeFirst()
}

/** What the filters offer within the scope. */
export async function filterChoices(db: Kysely<Database>, scope: Scope) {
  const shops = db.selectFrom('shop').select(['id', 'name']).orderBy('name')
  const models = db
    .selectFrom('keypad')
    .select('model')
    .distinct()
    .where('model', 'is not', null)
    .orderBy('model')
  const [shopRows, modelRows] = await Promise.all([
    (scope === null ? shops : shops.where('id', '=', scope)).execute(),
    (scope === null ? models : models.where('shop_id', '=', scope)).execute(),
  ])
  return { shops: shopRows, models: modelRows.flatMap((row) => (row.model === null ? [] : [row.model])) }
}

export type KeypadPayments = Awaited<ReturnType<typeof paymentsOf>>

/** Payments whose card was keyed on this device since then: the last ones, and how they ended. */
export async function paymentsOf(db: Kysely<Database>, serial: string, since: number) {
  const keyed = db.selectFrom('payment').where('keypad_serial', '=', serial)
  const [recent, ended] = await Promise.all([
    keyed
      .select(['number', 'created_at', 'amount', 'plan', 'installments', 'status', 'brand', 'last3', 'code'])
      .orderBy('created_at', 'desc')
      .limit(10)
      .execute(),
    keyed
      .where('created_at', '>=', since)
      .select(['status', 'code', (eb) => eb.fn.countAll<number>().as('times')])
      .groupBy(['status', 'code'])
      .execute(),
  ])
  return { recent, ended }
}
