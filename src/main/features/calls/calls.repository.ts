import type { Kysely, Selectable } from 'kysely'
import { z } from 'zod'
import type { CallFilter, CallSource } from '../../../contract/calls'
import { digitsOnly } from '../../../contract/text'
import type { PhoneCallTable } from '../../db/call-tables.types'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import type { Caller } from '../../domain/calls/caller'

export type CallRow = Selectable<PhoneCallTable> & { readonly answered_name: string | null }

const DAY = 86_400_000
/** 着信履歴 goes back this far; then a call is deleted. */
export const KEPT_MS = 30 * DAY
const PURGE_CHUNK = 5_000

type Db = Kysely<Database>

export async function addCall(
  db: Db,
  call: { id: string; seat: string; caller: Caller; source: CallSource; now: number },
): Promise<void> {
  const { id, seat, caller, source, now } = call
  await db
    .insertInto('phone_call')
    .values({
      id,
      seat,
      ...caller,
      source,
      state: 'waiting',
      rang_at: now,
      last_rang_at: now,
      times: 1,
      answered_at: null,
      answered_by: null,
      checkout_id: null,
    })
    .execute()
}

/** The telephone told of it again. */
export async function countRing(db: Db, id: string, times: number, now: number): Promise<void> {
  await db
    .updateTable('phone_call')
    .set({ times, last_rang_at: now })
    .where('id', '=', id)
    .where('times', '<', times)
    .execute()
}

const callRows = (db: Db) =>
  db
    .selectFrom('phone_call')
    .leftJoin('staff_user', 'staff_user.id', 'phone_call.answered_by')
    .selectAll('phone_call')
    .select('staff_user.name as answered_name')

/** What rang at a seat since then and neither was answered nor passed over, the oldest first. */
export const waitingCalls = (db: Db, seat: string, since: number, limit: number): Promise<CallRow[]> =>
  callRows(db)
    .where('seat', '=', seat)
    .where('state', '=', 'waiting')
    .where('last_rang_at', '>', since)
    .orderBy('rang_at')
    .orderBy('phone_call.id')
    .limit(limit)
    .execute()

/** Unanswered calls of a seat since then that are no longer in the bar; counted up to a limit. */
export async function countUnanswered(
  db: Db,
  seat: string,
  span: { since: number; shownSince: number; limit: number },
): Promise<number> {
  const found = db
    .selectFrom('phone_call')
    .select('id')
    .where('seat', '=', seat)
    .where('state', '!=', 'answered')
    .where('rang_at', '>', span.since)
    .where((eb) => eb.or([eb('state', '=', 'passed'), eb('last_rang_at', '<=', span.shownSince)]))
    .limit(span.limit)
  const { count } = await db
    .selectFrom(found.as('found'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export const findCall = (db: Db, id: string): Promise<CallRow | undefined> =>
  callRows(db).where('phone_call.id', '=', id).executeTakeFirst()

export const findCallOfCheckout = (db: Db, checkoutId: string): Promise<CallRow | undefined> =>
  callRows(db).where('checkout_id', '=', checkoutId).orderBy('rang_at', 'desc').executeTakeFirst()

/** True when this person has taken the call, now or before. */
export async function takeCall(db: Db, id: string, by: string, now: number): Promise<boolean> {
  const taken = await db
    .updateTable('phone_call')
    .set({ state: 'answered', answered_at: now, answered_by: by })
    .where('id', '=', id)
    .where('state', '!=', 'answered')
    .executeTakeFirst()
  if (Number(taken.numUpdatedRows) === 1) return true
  const row = await db.selectFrom('phone_call').select('answered_by').where('id', '=', id).executeTakeFirst()
  return row?.answered_by === by
}

export async function passCall(db: Db, id: string): Promise<void> {
  await db
    .updateTable('phone_call')
    .set({ state: 'passed' })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
}

/** Notes the order that was opened for a call. False when there is no such draft or call. */
export async function attachCall(db: Db, id: string, checkoutId: string): Promise<boolean> {
  const draft = await db
    .selectFrom('checkout')
    .select('id')
    .where('id', '=', checkoutId)
    .where('status', 'in', ['editing', 'authorizing', 'read-back'])
    .executeTakeFirst()
  if (!draft) return false
  const noted = await db
    .updateTable('phone_call')
    .set({ checkout_id: checkoutId })
    .where('id', '=', id)
    .executeTakeFirst()
  return Number(noted.numUpdatedRows) === 1
}

const Cursor = z.tuple([z.number(), z.uuid()])

interface CallList {
  /** Calls from these numbers only; null: all. */
  readonly phones: readonly string[] | null
  readonly filter: CallFilter
  readonly cursor: string | null
  readonly limit: number
  readonly now: number
}

function filtered(db: Db, { phones, filter, now }: CallList) {
  let rows = db.selectFrom('phone_call').where('rang_at', '>', now - KEPT_MS)
  if (phones !== null) rows = rows.where('phone', 'in', [...phones])
  const digits = digitsOnly(filter.text)
  if (digits !== '') rows = rows.where('phone', 'like', `%${digits}`)
  else if (filter.text.trim() !== '') rows = rows.where('phone', '=', 'none')
  const [only, more] = filter.state
  if (only !== undefined && more === undefined) {
    rows = rows.where('state', only === 'answered' ? '=' : '!=', 'answered')
  }
  return rows
}

/** A page of calls, newest first. */
export async function listCalls(db: Db, list: CallList) {
  const after = decodeCursor(list.cursor, Cursor)
  const base = filtered(db, list)
  const rows = await base
    .leftJoin('staff_user', 'staff_user.id', 'phone_call.answered_by')
    .selectAll('phone_call')
    .select('staff_user.name as answered_name')
    .$if(after !== null, (some) =>
      some.where((eb) =>
        eb(eb.refTuple('rang_at', 'phone_call.id'), '<', eb.tuple(after?.[0] ?? 0, after?.[1] ?? '')),
      ),
    )
    .orderBy('rang_at', 'desc')
    .orderBy('phone_call.id', 'desc')
    .limit(list.limit + 1)
    .execute()
  const counted = await db
    .selectFrom(
      base
        .select('phone_call.id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    list.limit,
    (row) => row,
    (row) => [row.rang_at, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

/** Deletes what rang before then, in pieces that hold nobody up. Answers how much it was. */
export async function purgeCalls(db: Db, before: number): Promise<number> {
  let gone = 0
  for (;;) {
    const old = await db
      .selectFrom('phone_call')
      .select('id')
      .where('rang_at', '<=', before)
      .limit(PURGE_CHUNK)
      .execute()
    if (old.length === 0) return gone
    const ids = old.map(({ id }) => id)
    await db.deleteFrom('phone_call').where('id', 'in', ids).execute()
    gone += old.length
  }
}
