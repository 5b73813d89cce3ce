import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { BlacklistEntry, BlacklistEntryFields } from '../../../contract/blacklist'
import { normalizeForSearch, normalizePhone } from '../../../contract/text'
import { keyStatements } from '../../db/blacklist-keys'
import type { Database } from '../../db/database.types'
import { ExpectationFailed } from '../../db/errors'
import type { DeskDatabase } from '../../db/open-database'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'

type Db = Kysely<Database>

/** Cursor of the list: the latest first. */
const Cursor = z.tuple([z.number(), z.uuid()])

const shown = (db: Db) =>
  db
    .selectFrom('blacklist_entry as e')
    .innerJoin('staff_user as u', 'u.id', 'e.updated_by')
    .selectAll('e')
    .select('u.name as by')
    .where('e.removed_at', 'is', null)

type Row = Awaited<ReturnType<ReturnType<typeof shown>['executeTakeFirstOrThrow']>>

const entryOf = (row: Row): BlacklistEntry => ({
  id: row.id,
  version: row.version,
  standing: row.standing,
  reason: row.reason,
  name: row.name,
  kana: row.kana,
  phone: row.phone,
  email: row.email,
  postalCode: row.postal_code,
  address: row.address,
  updatedAt: row.updated_at,
  updatedBy: row.by,
})

/** A page of condition entries, the latest first. */
export async function listEntries(
  db: Db,
  { text, cursor, limit }: { text: string; cursor: string | null; limit: number },
) {
  const after = decodeCursor(cursor, Cursor)
  const words = text
    .split(/[\s\u3000]+/u)
    .map((word) => normalizeForSearch(word).replace(/[%_\\]/g, ''))
    .filter((word) => word !== '')
  const found = words.reduce((query, word) => query.where('e.search_text', 'like', `%${word}%`), shown(db))
  const [rows, counted] = await Promise.all([
    found
      .$if(after !== null, (some) =>
        some.where((eb) =>
          eb(eb.refTuple('e.updated_at', 'e.id'), '<', eb.tuple(after?.[0] ?? 0, after?.[1] ?? '')),
        ),
      )
      .orderBy('e.updated_at', 'desc')
      .orderBy('e.id', 'desc')
      .limit(limit + 1)
      .execute(),
    db
      .selectFrom(
        found
          .clearSelect()
          .select('e.id')
          .limit(COUNT_LIMIT + 1)
          .as('found'),
      )
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  ])
  const page = pageOf(rows, limit, entryOf, (row) => [row.updated_at, row.id])
  return { ...page, count: shownCount(Number(counted.count)) }
}

export async function findEntry(db: Db, id: string): Promise<BlacklistEntry | null> {
  const row = await shown(db).where('e.id', '=', id).executeTakeFirst()
  return row ? entryOf(row) : null
}

const columnsOf = (fields: BlacklistEntryFields, by: string, now: number) => ({
  standing: fields.standing,
  reason: fields.reason,
  name: fields.name,
  kana: fields.kana,
  phone: fields.phone,
  email: fields.email,
  postal_code: fields.postalCode,
  address: fields.address,
  search_text: [
    fields.name,
    fields.kana,
    normalizePhone(fields.phone),
    fields.email,
    fields.postalCode,
    fields.address,
    fields.reason,
  ]
    .map(normalizeForSearch)
    .join(' '),
  updated_at: now,
  updated_by: by,
})

const keysOfEntry = (database: DeskDatabase, id: string, fields: BlacklistEntryFields | null) =>
  keyStatements(database, { kind: 'entry', id }, fields && { ...fields, phones: [fields.phone] })

interface EntryChange {
  readonly id: string
  readonly fields: BlacklistEntryFields
  readonly by: string
  readonly now: number
}

export async function insertEntry(
  database: DeskDatabase,
  { id, fields, by, now }: EntryChange,
): Promise<void> {
  const row = { id, ...columnsOf(fields, by, now), created_at: now, removed_at: null, version: 1 }
  await database.batch([
    { query: database.db.insertInto('blacklist_entry').values(row).compile() },
    ...keysOfEntry(database, id, fields),
  ])
}

/** Writes over the version that was seen; false when another screen was faster. */
export async function updateEntry(
  database: DeskDatabase,
  { id, version, fields, by, now }: EntryChange & { version: number },
): Promise<boolean> {
  const update = database.db
    .updateTable('blacklist_entry')
    .set({ ...columnsOf(fields, by, now), version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('removed_at', 'is', null)
  try {
    await database.batch([
      { query: update.compile(), expect: { changes: 1 } },
      ...keysOfEntry(database, id, fields),
    ])
    return true
  } catch (error) {
    if (error instanceof ExpectationFailed) return false
    throw error
  }
}

/** Takes an entry off the list, or brings it back as it was; false when there is none. */
export async function removeEntry(
  database: DeskDatabase,
  { id, removed, by, now }: { id: string; removed: boolean; by: string; now: number },
): Promise<boolean> {
  const { db } = database
  const row = await db.selectFrom('blacklist_entry').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return false
  const update = db
    .updateTable('blacklist_entry')
    .set((eb) => ({
      removed_at: removed ? now : null,
      updated_at: now,
      updated_by: by,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
  const fields = { ...row, postalCode: row.postal_code }
  await database.batch([{ query: update.compile() }, ...keysOfEntry(database, id, removed ? null : fields)])
  return true
}
