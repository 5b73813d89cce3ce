import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/database.types'
import { prepared } from '../../db/prepared'
import { Refusal } from '../../platform/refusal'

export interface Stored<T> {
  readonly value: T
  /** 1 while nothing has been saved and the defaults hold. */
  readonly version: number
}

const settingByKey = prepared<'key', { value: string; version: number }>((db, slot) =>
  db.selectFrom('setting').select(['value', 'version']).where('key', '=', slot('key')),
)

/** One named setting. A stored value that no longer fits its schema falls back to the defaults, field by field. */
export async function readSetting<T extends object>(
  db: Kysely<Database>,
  key: string,
  schema: z.ZodType<T>,
  defaults: T,
): Promise<Stored<T>> {
  const [row] = (await db.executeQuery(settingByKey(db, { key }))).rows
  if (!row) return { value: defaults, version: 1 }
  const stored = z.record(z.string(), z.unknown()).safeParse(JSON.parse(row.value))
  const merged = schema.safeParse({ ...defaults, ...(stored.success ? stored.data : {}) })
  return { value: merged.success ? merged.data : defaults, version: row.version + 1 }
}

/** Saves a setting over the version that the screen has seen; refuses a stale one. */
export async function writeSetting(
  db: Kysely<Database>,
  change: { key: string; value: object; seenVersion: number; by: string; now: number },
): Promise<number> {
  const value = JSON.stringify(change.value)
  const audit = { value, updated_at: change.now, updated_by: change.by }
  if (change.seenVersion === 1) {
    const inserted = await db
      .insertInto('setting')
      .values({ key: change.key, version: 1, ...audit })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst()
    if (Number(inserted.numInsertedOrUpdatedRows ?? 0) === 1) return 2
  } else {
    const updated = await db
      .updateTable('setting')
      .set({ ...audit, version: change.seenVersion })
      .where('key', '=', change.key)
      .where('version', '=', change.seenVersion - 1)
      .executeTakeFirst()
    if (Number(updated.numUpdatedRows) === 1) return change.seenVersion + 1
  }
  const current = await db
    .selectFrom('setting')
    .select('version')
    .where('key', '=', change.key)
    .executeTakeFirst()
  throw new Refusal('STALE', { version: (current?.version ?? 0) + 1 })
}
