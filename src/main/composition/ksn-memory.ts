import type { Kysely } from 'kysely'
import type { Database } from '../db/database.types'
import { prepared } from '../db/prepared'
import type { KsnMemory } from '../devices/keypad.port'
import { CounterUsed } from '../domain/keypad-frame'
import type { Clock } from '../platform/clock'

/** Moves a counter forward, never back: two seats on one database cannot both take the same frame. */
const moveOn = prepared<'keySet' | 'counter' | 'now', { counter: number }>((db, slot) =>
  db
    .insertInto('keypad_counter')
    .values({ key_set: slot('keySet'), counter: slot('counter'), updated_at: slot('now') })
    .onConflict((conflict) =>
      conflict
        .column('key_set')
        .doUpdateSet({ counter: slot('counter'), updated_at: slot('now') })
        .where('keypad_counter.counter', '<', slot('counter')),
    )
    .returning('counter'),
)

/** The last KSN counter of each key set, kept in the database so that a replay is known after a restart. */
export async function openKsnMemory(db: Kysely<Database>, clock: Clock): Promise<KsnMemory> {
  const rows = await db.selectFrom('keypad_counter').select(['key_set', 'counter']).execute()
  const counters = new Map(rows.map((row) => [row.key_set, row.counter]))
  return {
    lastCounter: (keySet) => counters.get(keySet) ?? null,
    async remember(keySet, counter) {
      counters.set(keySet, counter)
      const { rows } = await db.executeQuery(moveOn(db, { keySet, counter, now: clock.now() }))
      if (rows.length === 0) throw new CounterUsed()
    },
  }
}
