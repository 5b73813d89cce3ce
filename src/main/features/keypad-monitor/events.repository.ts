import type { Kysely, Selectable } from 'kysely'
import { z } from 'zod'
import type { KeypadEventSubtype, KeypadEventType } from '../../../contract/keypad-monitor'
import type { Database, KeypadEventTable } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import { newId } from '../../platform/ids'

export type EventRow = Selectable<KeypadEventTable>

const DAY = 86_400_000
/** What a screen shows. */
export const SHOWN_MS = 30 * DAY
/** Events are kept for twelve months. */
export const KEPT_MS = 366 * DAY
/** Equal events within this time are one row: a loose plug is one row a minute. */
export const FOLD_MS = 60_000
const PURGE_CHUNK = 5_000

/** Subtype → type: an event is named once. */
const TYPE: Readonly<Record<KeypadEventSubtype, KeypadEventType>> = {
  started: 'power',
  connected: 'connection',
  disconnected: 'connection',
  'update-succeeded': 'update',
  'update-deferred': 'update',
  'update-failed': 'update',
  registered: 'settings',
  changed: 'settings',
  stopped: 'settings',
  refused: 'error',
  misread: 'error',
  'not-encrypting': 'error',
  'keys-exhausted': 'error',
}

export const SUBTYPES = Object.keys(TYPE) as KeypadEventSubtype[]

export interface HappenedEvent {
  readonly keypadId: string
  readonly at: number
  readonly subtype: KeypadEventSubtype
  /** Reason, version or cause; equal details fold. */
  readonly detail: Readonly<Record<string, string>>
}

/** Writes an event down, or counts it into the equal one of the last minute. */
export async function addEvent(db: Kysely<Database>, event: HappenedEvent): Promise<void> {
  const detail = JSON.stringify(event.detail)
  const last = await db
    .selectFrom('keypad_event')
    .select('id')
    .where('keypad_id', '=', event.keypadId)
    .where('subtype', '=', event.subtype)
    .where('detail', '=', detail)
    .where('at', '>', event.at - FOLD_MS)
    .where('at', '<=', event.at)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last) {
    await db
      .updateTable('keypad_event')
      .set((eb) => ({ times: eb('times', '+', 1), last_at: event.at }))
      .where('id', '=', last.id)
      .execute()
    return
  }
  await db
    .insertInto('keypad_event')
    .values({
      id: newId(),
      keypad_id: event.keypadId,
      at: event.at,
      last_at: event.at,
      times: 1,
      type: TYPE[event.subtype],
      subtype: event.subtype,
      detail,
    })
    .execute()
}

const Cursor = z.tuple([z.number(), z.uuid()])

export interface EventList {
  readonly keypadId: string
  readonly type: readonly KeypadEventType[]
  readonly subtype: readonly KeypadEventSubtype[]
  readonly cursor: string | null
  readonly limit: number
  readonly now: number
}

/** A page of the last 30 days, newest first. */
export async function listEvents(db: Kysely<Database>, list: EventList) {
  const after = decodeCursor(list.cursor, Cursor)
  let base = db
    .selectFrom('keypad_event')
    .where('keypad_id', '=', list.keypadId)
    .where('at', '>=', list.now - SHOWN_MS)
  if (list.type.length > 0) base = base.where('type', 'in', [...list.type])
  if (list.subtype.length > 0) base = base.where('subtype', 'in', [...list.subtype])
  const rows = await base
    .selectAll()
    .$if(after !== null, (some) =>
      some.where((eb) => eb(eb.refTuple('at', 'id'), '<', eb.tuple(after?.[0] ?? 0, after?.[1] ?? ''))),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(list.limit + 1)
    .execute()
  const counted = await db
    .selectFrom(
      base
        .select('id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    list.limit,
    (row) => row,
    (row) => [row.at, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

/** Takes away what happened before then, in pieces that hold nobody up. Answers how much it was. */
export async function purgeEvents(db: Kysely<Database>, before: number): Promise<number> {
  let gone = 0
  for (;;) {
    const old = await db
      .selectFrom('keypad_event')
      .select('id')
      .where('at', '<', before)
      .limit(PURGE_CHUNK)
      .execute()
    if (old.length === 0) return gone
    await db
      .deleteFrom('keypad_event')
      .where(
        'id',
        'in',
        old.map((row) => row.id),
      )
      .execute()
    gone += old.length
  }
}
