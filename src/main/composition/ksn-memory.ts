import type { Kysely } from 'kysely'
import type { Database } from '../db/database.types'
import type { KsnMemory } from '../devices/keypad.port'
import type { Clock } from '../platform/clock'

/** The last KSN counter of each key set, kept in the database so that a replay is known after a restart. */
export async function openKsnMemory(db: Kysely<Database>, clock: Clock): Promise<KsnMemory> {
  const rows = await db.selectFrom('keypad_counter').select(['key_set', 'counter']).execute()
  const counters = new Map(rows.map((row) => [row.key_set, row.counter]))
  return {
    lastCounter: (keySet) => counters.get(keySet) ?? null,
    async remember(keySet, counter) {
      counters.set(keySet, counter)
      const values = { key_set: keySet, counter, updated_at: clock.now() }
      await db
        .insertInto('keypad_counter')
        .values(values)
        .onConflict((conflict) =>
          conflict.column('key_set').doUpdateSet({ counter, updated_at: values.updated_at }),
        )
        .execute()
    },
  }
}
