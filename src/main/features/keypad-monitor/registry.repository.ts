import type { Kysely, Updateable } from 'kysely'
import type { KeypadNetwork } from '../../../contract/keypad-monitor'
import type { KeypadFacts, KeypadLook } from '../../checkout/keypad-watch'
import type { Database, KeypadTable } from '../../db/database.types'
import { prepared } from '../../db/prepared'
import { newId } from '../../platform/ids'
import type { KeypadRow } from './keypad-monitor.repository'

const oneLook = prepared((db, slot: (name: 'id') => never) =>
  db.selectFrom('keypad').select(['id', 'serial', 'state', 'stop_reason']).where('id', '=', slot('id')),
)

/** What a card entry must know of a keypad; compiled once, because a caller waits for it. */
export async function lookAt(db: Kysely<Database>, id: string): Promise<KeypadLook | null> {
  const { rows } = await db.executeQuery(oneLook(db, { id }))
  return rows[0] ?? null
}

export const keypadById = (db: Kysely<Database>, id: string): Promise<KeypadRow | undefined> =>
  db.selectFrom('keypad').selectAll().where('id', '=', id).executeTakeFirst()

export const keypadByKey = (db: Kysely<Database>, key: string): Promise<KeypadRow | undefined> =>
  db.selectFrom('keypad').selectAll().where('device_key', '=', key).executeTakeFirst()

export const keypadBySerial = (db: Kysely<Database>, serial: string): Promise<KeypadRow | undefined> =>
  db
    .selectFrom('keypad')
    .selectAll()
    .where('serial', '=', serial)
    .orderBy('last_seen_at', 'desc')
    .executeTakeFirst()

/** Facts that a device tells of itself. What people decided about it has a version and is not changed here. */
export async function updateKeypad(
  db: Kysely<Database>,
  id: string,
  facts: Omit<
    Updateable<KeypadTable>,
    'id' | 'state' | 'stop_reason' | 'shop_id' | 'seat' | 'registered_at' | 'registered_by' | 'version'
  >,
): Promise<void> {
  await db.updateTable('keypad').set(facts).where('id', '=', id).execute()
}

/** Writes a device down that was never seen before: 未登録. Another desk may be faster, and that is the same row. */
export async function insertSeen(
  db: Kysely<Database>,
  seen: {
    readonly key: string
    readonly facts: KeypadFacts
    readonly cable: 'usb' | 'relay'
    readonly network: KeypadNetwork
    readonly now: number
  },
): Promise<KeypadRow> {
  const { key, facts, cable, network, now } = seen
  await db
    .insertInto('keypad')
    .values({
      id: newId(),
      device_key: key,
      serial: facts.serial,
      model: facts.model,
      cable,
      state: 'unregistered',
      stop_reason: null,
      shop_id: null,
      seat: null,
      online: 1,
      holder: null,
      firmware: facts.firmware,
      security_level: facts.securityLevel,
      key_set: null,
      uses_left: null,
      network: JSON.stringify(network),
      latency_ms: null,
      registered_at: null,
      registered_by: null,
      first_seen_at: now,
      last_seen_at: now,
      updated_at: now,
      version: 1,
    })
    .onConflict((conflict) => conflict.column('device_key').doNothing())
    .execute()
  const row = await keypadByKey(db, key)
  if (!row) throw new Error('a keypad that was just written is gone')
  return row
}
