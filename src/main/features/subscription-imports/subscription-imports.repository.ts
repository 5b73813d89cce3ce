import type { Kysely } from 'kysely'
import type { Database } from '../../db/database.types'
import { newestImports } from '../csv-imports/csv-imports.service'

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
export const listImports = (db: Kysely<Database>, list: { cursor: string | null; limit: number }) =>
  newestImports(db, 'subscription', list, ({ behind, limit }) =>
    imports(db)
      .where(behind)
      .orderBy('subscription_import.created_at', 'desc')
      .orderBy('subscription_import.id', 'desc')
      .limit(limit)
      .execute(),
  )

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
