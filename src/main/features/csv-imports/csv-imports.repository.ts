import { sql, type Kysely, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'

/** What is imported: each has tables of its own, of the same shape where all imports are the same. */
export type ImportKind = 'customer' | 'subscription'

const IMPORTS = { customer: 'customer_import', subscription: 'subscription_import' } as const
const FAULTS = { customer: 'customer_import_fault', subscription: 'subscription_import_fault' } as const
const MAPPINGS = { customer: 'customer_import_mapping', subscription: 'subscription_import_mapping' } as const

const Cursor = z.tuple([z.number(), z.uuid()])

interface Listed {
  readonly id: string
  readonly created_at: number
}

/** How a page of a list is cut out: the imports behind its cursor, the newest first, one more than are shown. */
export interface NewestFirst {
  readonly behind: RawBuilder<boolean>
  readonly limit: number
}

/** A page of imports, the newest first; `rows` reads those that are asked for. */
export async function newestImports<Row extends Listed>(
  db: Kysely<Database>,
  kind: ImportKind,
  list: { readonly cursor: string | null; readonly limit: number },
  rows: (page: NewestFirst) => Promise<readonly Row[]>,
) {
  const table = IMPORTS[kind]
  const after = decodeCursor(list.cursor, Cursor)
  const place = sql`(${sql.ref(`${table}.created_at`)}, ${sql.ref(`${table}.id`)})`
  const behind = after === null ? sql<boolean>`1 = 1` : sql<boolean>`${place} < (${after[0]}, ${after[1]})`
  const found = await rows({ behind, limit: list.limit + 1 })
  const counted = await db
    .selectFrom(
      db
        .selectFrom(table)
        .select('id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    found,
    list.limit,
    (row) => row,
    (row) => [row.created_at, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

const faults = (db: Kysely<Database>, kind: ImportKind, at: { id: string; line: number; limit: number }) =>
  db
    .selectFrom(FAULTS[kind])
    .select(['line', 'reason', 'raw'])
    .where('import_id', '=', at.id)
    .where('line', '>', at.line)
    .orderBy('line')
    .limit(at.limit)
    .execute()

/** The first rows of an import that were not taken. */
export const firstFaults = (db: Kysely<Database>, kind: ImportKind, id: string, limit: number) =>
  faults(db, kind, { id, line: 0, limit })

const AT_ONCE = 500

/** All rows of an import that were not taken, in pages. */
export async function* allFaults(db: Kysely<Database>, kind: ImportKind, id: string) {
  for (let line = 0; ;) {
    const page = await faults(db, kind, { id, line, limit: AT_ONCE })
    yield page
    if (page.length < AT_ONCE) return
    line = page.at(-1)?.line ?? line
  }
}

const MOST_MAPPINGS = 200

export const keptMappings = (db: Kysely<Database>, kind: ImportKind) =>
  db.selectFrom(MAPPINGS[kind]).select(['name', 'mapping']).orderBy('name').limit(MOST_MAPPINGS).execute()

/** Keeps a mapping; one of the same name is replaced. */
export async function keepMapping(
  db: Kysely<Database>,
  kind: ImportKind,
  mapping: {
    readonly name: string
    readonly mapping: string
    readonly updated_by: string
    readonly updated_at: number
  },
): Promise<void> {
  const { name, ...values } = mapping
  await db
    .insertInto(MAPPINGS[kind])
    .values({ name, ...values })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
    .execute()
}

export async function dropMapping(db: Kysely<Database>, kind: ImportKind, name: string): Promise<void> {
  await db.deleteFrom(MAPPINGS[kind]).where('name', '=', name).execute()
}
