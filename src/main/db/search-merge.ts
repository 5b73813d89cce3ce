import { CompiledQuery } from 'kysely'
import { z } from 'zod'
import type { DeskDatabase, Statement } from './open-database'

const tell = (rank: string, value: number): Statement => ({
  query: CompiledQuery.raw(
    `insert into customer_search (customer_search, rank) values ('${rank}', ${value})`,
  ),
})

/** FTS5's own numbers (sqlite.org/fts5.html, 6.1 and 6.4). */
const USUAL = { automerge: 4, crisismerge: 16 } as const
const FEWER_AT_ONCE = { automerge: 0, crisismerge: 1500 } as const

/**
 * FTS5 keeps its index in pieces and joins them while somebody writes, at moments of its own: a commit may then take ten
 * times as long. For the time of an import its joining is put off, and done in steps between the chunks
 * (`mergeSearchStep`). SQLite only; PostgreSQL's index has no such moments. The setting stays in the file: whoever puts
 * it off must bring it back, also after a crash.
 */
export async function putOffSearchMerges(database: DeskDatabase, off: boolean): Promise<void> {
  if (database.kind !== 'sqlite') return
  const { automerge, crisismerge } = off ? FEWER_AT_ONCE : USUAL
  await database.batch([tell('automerge', automerge), tell('crisismerge', crisismerge)])
}

const Changes = z.object({ n: z.number() })

/** Joins about so many pages (4 KB each); false when there was nothing to join. */
export async function mergeSearchStep(database: DeskDatabase, pages: number): Promise<boolean> {
  if (database.kind !== 'sqlite') return false
  const count: Statement = { query: CompiledQuery.raw('select total_changes() as n') }
  const [before, , after] = await database.batch([count, tell('merge', pages), count])
  // The command itself counts as one change.
  return Changes.parse(after?.rows[0]).n - Changes.parse(before?.rows[0]).n > 1
}
