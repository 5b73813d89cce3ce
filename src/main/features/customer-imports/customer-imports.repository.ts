import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'

const Cursor = z.tuple([z.number(), z.uuid()])

const imports = (db: Kysely<Database>) =>
  db
    .selectFrom('customer_import')
    .innerJoin('staff_user', 'staff_user.id', 'customer_import.started_by')
    .selectAll('customer_import')
    .select('staff_user.name as started_by_name')

export type ListedImport = Awaited<ReturnType<typeof findImport>> & object

/** Imports, the newest first. */
export async function listImports(db: Kysely<Database>, list: { cursor: string | null; limit: number }) {
  const after = decodeCursor(list.cursor, Cursor)
  const rows = await imports(db)
    .$if(after !== null, (some) =>
      some.where((eb) =>
        eb(
          eb.refTuple('customer_import.created_at', 'customer_import.id'),
          '<',
          eb.tuple(after?.[0] ?? 0, after?.[1] ?? ''),
        ),
      ),
    )
    .orderBy('customer_import.created_at', 'desc')
    .orderBy('customer_import.id', 'desc')
    .limit(list.limit + 1)
    .execute()
  const counted = await db
    .selectFrom(
      db
        .selectFrom('customer_import')
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
    (row) => [row.created_at, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

export async function findImport(db: Kysely<Database>, id: string) {
  return (await imports(db).where('customer_import.id', '=', id).executeTakeFirst()) ?? null
}

const faults = (db: Kysely<Database>, importId: string, afterLine: number, limit: number) =>
  db
    .selectFrom('customer_import_fault')
    .select(['line', 'reason', 'raw'])
    .where('import_id', '=', importId)
    .where('line', '>', afterLine)
    .orderBy('line')
    .limit(limit)
    .execute()

export const firstFaults = (db: Kysely<Database>, importId: string, limit: number) =>
  faults(db, importId, 0, limit)

const AT_ONCE = 500

/** All rows of an import that were not taken, in pages. */
export async function* allFaults(db: Kysely<Database>, importId: string) {
  for (let line = 0; ;) {
    const page = await faults(db, importId, line, AT_ONCE)
    yield page
    if (page.length < AT_ONCE) return
    line = page.at(-1)?.line ?? line
  }
}

export async function countFaults(db: Kysely<Database>, importId: string): Promise<number> {
  const { count } = await db
    .selectFrom('customer_import_fault')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('import_id', '=', importId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export const keptCustomers = (db: Kysely<Database>, importId: string, limit: number) =>
  db
    .selectFrom('customer_import_kept')
    .select(['customer_id', 'customer_number', 'reason'])
    .where('import_id', '=', importId)
    .orderBy('customer_number')
    .limit(limit)
    .execute()

/** What the job of an import asks a person, as JSON; null: nothing. */
export async function questionOf(db: Kysely<Database>, jobId: string | null): Promise<string | null> {
  if (jobId === null) return null
  const row = await db
    .selectFrom('job')
    .select(['state', 'result'])
    .where('id', '=', jobId)
    .executeTakeFirst()
  return row?.state === 'asking' ? row.result : null
}

export const savedMappings = (db: Kysely<Database>) =>
  db.selectFrom('customer_import_mapping').select(['name', 'mapping']).orderBy('name').limit(200).execute()
