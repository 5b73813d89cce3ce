import type { Kysely } from 'kysely'
import type { KeypadRecord } from '../../checkout/diagnosis/diagnose'
import type { Database } from '../../db/database.types'

/** The keypad with this serial number, null when none has been seen yet. */
export async function findKeypadBySerial(db: Kysely<Database>, serial: string): Promise<KeypadRecord | null> {
  const row = await db
    .selectFrom('keypad')
    .select(['state', 'shop_id'])
    .where('serial', '=', serial)
    .orderBy('last_seen_at', 'desc')
    .executeTakeFirst()
  return row ? { state: row.state, shopId: row.shop_id } : null
}
