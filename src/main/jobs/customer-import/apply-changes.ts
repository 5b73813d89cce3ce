import { z } from 'zod'
import { customerKeyStatements } from '../../db/blacklist-keys'
import { indexCustomer } from '../../db/customer-search'
import type { CustomerTable } from '../../db/database.types'
import { ExpectationFailed } from '../../db/errors'
import type { DeskDatabase, Statement } from '../../db/open-database'
import type { Selectable } from 'kysely'
import type { JobContext } from '../job-kind'

type CustomerRow = Selectable<CustomerTable>

/** What an import may change of a customer, by column. */
const Columns = z.object({
  family_name: z.string(),
  given_name: z.string(),
  family_kana: z.string(),
  given_kana: z.string(),
  email: z.string().nullable(),
  phone: z.string(),
  phone_last4: z.string(),
  postal_code: z.string(),
  prefecture: z.string(),
  city: z.string(),
  address: z.string(),
  building: z.string().nullable(),
  note: z.string().nullable(),
  company: z.string().nullable(),
  sex: z.enum(['male', 'female', 'other']).nullable(),
  birthday: z.string().nullable(),
  job_code: z.number().nullable(),
})
type Columns = z.infer<typeof Columns>

/** Some of them: those that the file tells of, or those that stood there before. */
const Some = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
type Some = z.infer<typeof Some>
const someOf = (text: string): Some => Some.parse(JSON.parse(text))

const AT_ONCE = 20

const MEANWHILE = '取込のあいだに、ほかの画面で変更されたため、更新しませんでした。'

/** What stood in the columns that are changed, to be put back when the import is undone. */
const beforeOf = (row: CustomerRow, after: Some): string =>
  JSON.stringify(Object.fromEntries(Object.entries(row).filter(([column]) => column in after)))

/** Statements that give a customer these columns over the version that was seen. */
function changeCustomer(
  database: DeskDatabase,
  row: CustomerRow,
  change: { columns: Some; now: number },
): Statement[] {
  const { columns, now } = change
  const next: Columns = Columns.parse({ ...row, ...columns })
  const update = database.db
    .updateTable('customer')
    .set({ ...next, updated_at: now, version: row.version + 1 })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
  const fields = {
    familyName: next.family_name,
    givenName: next.given_name,
    familyKana: next.family_kana,
    givenKana: next.given_kana,
    phone: next.phone,
    email: next.email ?? '',
    postalCode: next.postal_code,
    prefecture: next.prefecture,
    city: next.city,
    address: next.address,
    building: next.building ?? '',
  }
  return [
    { query: update.compile(), expect: { changes: 1 } },
    ...indexCustomer(database, { number: row.number, ...fields }),
    ...customerKeyStatements(database, row, fields, []),
  ]
}

async function customersOf(
  database: DeskDatabase,
  ids: readonly string[],
): Promise<Map<string, CustomerRow>> {
  const rows = await database.db
    .selectFrom('customer')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Changes that were not made yet are those without `before`. */
async function applyNext(context: JobContext, importId: string): Promise<boolean> {
  const { database, clock } = context
  const { db } = database
  const changes = await db
    .selectFrom('customer_import_change')
    .selectAll()
    .where('import_id', '=', importId)
    .where('before', 'is', null)
    .orderBy('line')
    .limit(AT_ONCE)
    .execute()
  if (changes.length === 0) return false
  const customers = await customersOf(
    database,
    changes.map(({ customer_id }) => customer_id),
  )
  const statements = changes.flatMap((change): Statement[] => {
    const row = customers.get(change.customer_id)
    const mine = db
      .updateTable('customer_import_change')
      .where('import_id', '=', importId)
      .where('line', '=', change.line)
    if (!row || row.version !== change.seen_version) {
      const fault = { import_id: importId, line: change.line, reason: MEANWHILE, raw: change.after }
      return [
        { query: mine.set({ before: '{}' }).compile() },
        { query: db.insertInto('customer_import_fault').values(fault).compile() },
        { query: countOf(database, importId, 'rows_skipped') },
      ]
    }
    const after = someOf(change.after)
    return [
      ...changeCustomer(database, row, { columns: after, now: clock.now() }),
      { query: mine.set({ before: beforeOf(row, after), applied_version: row.version + 1 }).compile() },
      { query: countOf(database, importId, 'rows_updated') },
    ]
  })
  try {
    await database.batch(statements)
  } catch (error) {
    // Somebody changed one of them between reading and writing: the next round sees it.
    if (!(error instanceof ExpectationFailed)) throw error
  }
  return true
}

const countOf = (database: DeskDatabase, importId: string, column: 'rows_updated' | 'rows_skipped') =>
  database.db
    .updateTable('customer_import')
    .set((eb) => ({ [column]: eb(column, '+', 1) }))
    .where('id', '=', importId)
    .compile()

/** Changes the known customers whom the file tells of, a few at a time. */
export async function applyChanges(context: JobContext, importId: string): Promise<void> {
  while (!context.closing.aborted && (await applyNext(context, importId)));
}

/** Puts back what an import changed, except where somebody has changed it since; answers with those that stay. */
export async function revertChanges(
  context: JobContext,
  importId: string,
  stays: (customer: { id: string; number: number }) => Statement,
): Promise<void> {
  const { database, clock } = context
  const { db } = database
  while (!context.closing.aborted) {
    const changes = await db
      .selectFrom('customer_import_change')
      .selectAll()
      .where('import_id', '=', importId)
      .where('applied_version', 'is not', null)
      .orderBy('line')
      .limit(AT_ONCE)
      .execute()
    if (changes.length === 0) return
    const customers = await customersOf(
      database,
      changes.map(({ customer_id }) => customer_id),
    )
    const statements = changes.flatMap((change): Statement[] => {
      const row = customers.get(change.customer_id)
      const done = db
        .updateTable('customer_import_change')
        .set({ applied_version: null })
        .where('import_id', '=', importId)
        .where('line', '=', change.line)
      if (!row || change.before === null) return [{ query: done.compile() }]
      if (row.version !== change.applied_version) return [stays(row), { query: done.compile() }]
      const columns = someOf(change.before)
      return [...changeCustomer(database, row, { columns, now: clock.now() }), { query: done.compile() }]
    })
    await database.batch(statements).catch((error: unknown) => {
      if (!(error instanceof ExpectationFailed)) throw error
    })
  }
}
