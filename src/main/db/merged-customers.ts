import type { Kysely } from 'kysely'
import type { Database } from './database.types'

/** Merges one behind the other that are followed: more are never made by hand. */
const STEPS = 50

/** The customer who stands for this one now: itself, or whom it was merged into, one after the other. */
export async function standingCustomer(db: Kysely<Database>, id: string): Promise<string> {
  let at = id
  for (let step = 0; step < STEPS; step++) {
    const row = await db.selectFrom('customer').select('merged_into').where('id', '=', at).executeTakeFirst()
    if (!row || row.merged_into === null) return at
    at = row.merged_into
  }
  return at
}
