import type { Kysely } from 'kysely'
import type { Database } from '../../db/database.types'
import { newestImports } from '../csv-imports/csv-imports.service'

const imports = (db: Kysely<Database>) =>
  db
    .selectFrom('customer_import')
    .innerJoin('staff_user', 'staff_user.id', 'customer_import.started_by')
    .selectAll('customer_import')
    .select('staff_user.name as started_by_name')

export type ListedImport = Awaited<ReturnType<typeof findImport>> & object

/** Imports, the newest first. */
export const listImports = (db: Kysely<Database>, list: { cursor: string | null; limit: number }) =>
  newestImports(db, 'customer', list, ({ behind, limit }) =>
    imports(db)
      .where(behind)
      .orderBy('customer_import.created_at', 'desc')
      .orderBy('customer_import.id', 'desc')
      .limit(limit)
      .execute(),
  )

export async function findImport(db: Kysely<Database>, id: string) {
  return (await imports(db).where('customer_import.id', '=', id).executeTakeFirst()) ?? null
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
