import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'

const Cursor = z.tuple([z.number(), z.uuid()])

const imports = (db: Kysely<Database>) =>
  db
    .selectFrom('subscription_import')
    .innerJoin('staff_user', 'staff_user.id', 'subscription_import.started_by')
    .selectAll('subscription_import')
    .select('staff_user.name as started_by_name')

export type ListedImport = Awaited<ReturnType<typeof findImport>> & object

export async function findImport(db: Kysely<Database>, id: string) {
  return (await imports(db).where('subscription_import.id', '=', id).executeTakeFirst()) ?? null
}

/** Imports, the newest first. */
export async function listImports(db: Kysely<Database>, list: { cursor: string | null; limit: number }) {
  const after = decodeCursor(list.cursor, Cursor)
  const [rows, counted] = await Promise.all([
    imports(db)
      .$if(after !== null, (some) =>
        some.where((eb) =>
          eb(
            eb.refTuple('subscription_import.created_at', 'subscription_import.id'),
            '<',
            eb.tuple(after?.[0] ?? 0, after?.[1] ?? ''),
          ),
        ),
      )
      .orderBy('subscription_import.created_at', 'desc')
      .orderBy('subscription_import.id', 'desc')
      .limit(list.limit + 1)
      .execute(),
    db
      .selectFrom(
        db
          .selectFrom('subscription_import')
          .select('id')
          .limit(COUNT_LIMIT + 1)
          .as('found'),
      )
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  ])
  const page = pageOf(
    rows,
    list.limit,
    (row) => row,
    (row) => [row.created_at, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

const faults = (db: Kysely<Database>, importId: string, afterLine: number, limit: number) =>
  db
    .selectFrom('subscription_import_fault')
    .select(['line', 'reason', 'raw'])
    .where('import_id', '=', importId)
    .where('line', '>', afterLine)
    .orderBy('line')
    .limit(limit)
    .execute()

export const firstFaults = (db: Kysely<Database>, importId: string, limit: number) =>
  faults(db, importId, 0, limit)

const AT_ONCE = 500

/** All rows of an import that are not taken, in pages. */
export async function* allFaults(db: Kysely<Database>, importId: string) {
  for (let line = 0; ;) {
    const page = await faults(db, importId, line, AT_ONCE)
    yield page
    if (page.length < AT_ONCE) return
    line = page.at(-1)?.line ?? line
  }
}

/** The first rows that wait to be written, in words. */
export const firstReady = (db: Kysely<Database>, importId: string, limit: number) =>
  db
    .selectFrom('subscription_import_row')
    .select(['line', 'shown'])
    .where('import_id', '=', importId)
    .orderBy('line')
    .limit(limit)
    .execute()

export const keptContracts = (db: Kysely<Database>, importId: string, limit: number) =>
  db
    .selectFrom('subscription_import_kept')
    .select(['subscription_id as subscriptionId', 'subscription_number as number'])
    .where('import_id', '=', importId)
    .orderBy('subscription_number')
    .limit(limit)
    .execute()

export const savedMappings = (db: Kysely<Database>) =>
  db
    .selectFrom('subscription_import_mapping')
    .select(['name', 'mapping'])
    .orderBy('name')
    .limit(200)
    .execute()
