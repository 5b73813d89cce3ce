import type { Session } from '../../src/contract/auth'
import { ROLE_PERMISSIONS } from '../../src/contract/permissions'
import type { DeskDatabase, OpenConfig } from '../../src/main/db/open-database'
import type { Clock } from '../../src/main/platform/clock'
import { newId } from '../../src/main/platform/ids'
import { openSecretBox, type SecretBox } from '../../src/main/platform/secrets'
import { openWithSampleShop } from './sample-shop'

/** The sample shop's admin. */
export interface SampleAdmin {
  readonly id: string
  readonly name: string
  readonly shop: { readonly id: string; readonly name: string }
}

/** A database with the sample shop, and its admin. Its keypads are taken away: these tests bring their own. */
export async function openSeeded(
  config: OpenConfig,
  clock: Clock,
): Promise<{ database: DeskDatabase; admin: SampleAdmin }> {
  const database = await openWithSampleShop(config, clock)
  await database.db.deleteFrom('keypad_event').execute()
  await database.db.deleteFrom('keypad').execute()
  const user = await database.db
    .selectFrom('staff_user')
    .innerJoin('shop', 'shop.id', 'staff_user.shop_id')
    .select(['staff_user.id', 'staff_user.name', 'shop.id as shop_id', 'shop.name as shop_name'])
    .where('role', '=', 'admin')
    .executeTakeFirstOrThrow()
  const { id, name } = user
  return { database, admin: { id, name, shop: { id: user.shop_id, name: user.shop_name } } }
}

/** The secret box of a PC without a key store, kept in this folder. */
export const boxIn = (folder: string): Promise<SecretBox> =>
  openSecretBox(folder, {
    isAvailable: () => false,
    encrypt: () => new Uint8Array(),
    decrypt: () => '',
  })

/** Puts a keypad of this admin's shop (or another) into the register; the answer is its id. */
export async function addKeypad(
  database: DeskDatabase,
  admin: SampleAdmin,
  keypad: { serial: string; at: number; shopId?: string; state?: 'stopped' },
): Promise<string> {
  const { serial, at } = keypad
  const id = newId()
  await database.db
    .insertInto('keypad')
    .values({
      id,
      device_key: serial,
      serial,
      model: 'SREDKey 2',
      cable: 'usb',
      state: keypad.state ?? 'registered',
      stop_reason: null,
      shop_id: keypad.shopId ?? admin.shop.id,
      seat: '受注1',
      online: 1,
      holder: null,
      firmware: null,
      security_level: null,
      key_set: null,
      uses_left: null,
      network: '{}',
      latency_ms: null,
      registered_at: at,
      registered_by: admin.id,
      first_seen_at: at,
      last_seen_at: at,
      updated_at: at,
      version: 1,
    })
    .execute()
  return id
}

/** A session of this admin, or of staff of the same shop. */
export const sessionAs = (admin: SampleAdmin, role: 'admin' | 'staff'): Session => ({
  userId: admin.id,
  name: admin.name,
  email: 'admin@example.jp',
  role,
  permissions: [...ROLE_PERMISSIONS[role]],
  shop: admin.shop,
  locked: false,
  idleLockMinutes: 15,
})

/** One more shop; the answer is its id. */
export async function addShop(database: DeskDatabase, name: string, at: number): Promise<string> {
  const id = newId()
  const shop = { id, code: 'S99', name, postal_code: '', address: '', phone: '' }
  await database.db
    .insertInto('shop')
    .values({ ...shop, registration_number: null, created_at: at, version: 1 })
    .execute()
  return id
}
