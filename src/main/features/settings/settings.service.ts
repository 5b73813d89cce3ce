import { sql, type Kysely } from 'kysely'
import { ImportantSettings, type KeypadSettings } from '../../../contract/settings'
import type { DeskMode } from '../../../contract/auth'
import type { Database } from '../../db/database.types'
import { isLoopbackAddress, isPrivateAddress } from '../../domain/private-address'
import { Refusal } from '../../platform/refusal'
import { readSetting, writeSetting, type Stored } from './settings.repository'

export { readSetting, writeSetting }

/** Port that this program's own keypad relay listens on. Not a figure of any keypad provider. */
export const OWN_RELAY_PORT = 47_600

export const DEFAULT_SETTINGS: ImportantSettings = {
  serviceId: null,
  keypadEnabled: true,
  connection: 'relay',
  relayHost: '127.0.0.1',
  relayPort: OWN_RELAY_PORT,
  relayFingerprint: '',
  entryTimeoutSeconds: 60,
  idleLockMinutes: 15,
  supportContact: 'ショップの管理者にご連絡ください。',
}

export const readImportant = (db: Kysely<Database>): Promise<Stored<ImportantSettings>> =>
  readSetting(db, 'important', ImportantSettings, DEFAULT_SETTINGS)

export interface FieldFault {
  readonly path: string
  readonly message: string
}

/** A pairing code as typed, by whatever input method; null (the kept one) and empty (none) stay what they are. */
export function readPairingCode(typed: string | null): {
  relayPairingCode: string | null
  faults: FieldFault[]
} {
  if (typed === null) return { relayPairingCode: null, faults: [] }
  const code = typed
    .normalize('NFKC')
    .replaceAll(/[\s\p{Pd}ー]/gu, '')
    .toUpperCase()
  if (code === '' || /^[A-Z2-9]{10,60}$/.test(code)) return { relayPairingCode: code, faults: [] }
  const message = 'ペアリングコードは、中継に表示された英数字(10文字以上)をそのまま入力してください。'
  return { relayPairingCode: null, faults: [{ path: 'relayPairingCode', message }] }
}

const isFingerprint = (text: string): boolean => /^([0-9A-Fa-f]{2}:?){32}$/.test(text)

/** What stands in the way of even trying a relay. */
export function addressFaults(values: KeypadSettings): FieldFault[] {
  if (values.connection === 'usb') return []
  const faults: FieldFault[] = []
  if (!isPrivateAddress(values.relayHost)) {
    faults.push({
      path: 'relayHost',
      message: 'このパソコン(127.0.0.1)か、社内ネットワークのプライベートIPアドレスを入力してください。',
    })
  }
  const fingerprint = values.relayFingerprint.trim()
  if (fingerprint !== '' && !isFingerprint(fingerprint)) {
    faults.push({
      path: 'relayFingerprint',
      message: '証明書の指紋は16進数64桁(SHA-256)で入力してください。',
    })
  }
  return faults
}

/** What an admin must mend before keypad settings can be kept. */
export function keypadSettingFaults(values: KeypadSettings, mode: DeskMode): FieldFault[] {
  const faults = addressFaults(values)
  const pinned = values.relayFingerprint.trim() !== ''
  if (
    values.connection === 'relay' &&
    !pinned &&
    !(mode === 'training' && isLoopbackAddress(values.relayHost))
  ) {
    faults.push({
      path: 'relayFingerprint',
      message:
        '証明書の指紋が必要です。暗号化しない接続は、トレーニングでこのパソコンにつなぐ場合だけ使えます。',
    })
  }
  return faults
}

/** Checks and keeps the important settings. Refuses values that would open the desk to a foreign network. */
export async function saveImportant(
  db: Kysely<Database>,
  change: {
    values: ImportantSettings
    /** Of fields that are kept elsewhere, saved together with these. */
    faults: readonly FieldFault[]
    version: number
    mode: DeskMode
    serviceIds: readonly string[]
    by: string
    now: number
  },
): Promise<{ version: number; values: ImportantSettings }> {
  const faults = [...change.faults, ...keypadSettingFaults(change.values, change.mode)]
  const { serviceId } = change.values
  if (serviceId !== null && !change.serviceIds.includes(serviceId)) {
    faults.push({ path: 'serviceId', message: 'この利用サービスは選択できません。' })
  }
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  const version = await writeSetting(db, {
    key: 'important',
    value: change.values,
    seenVersion: change.version,
    by: change.by,
    now: change.now,
  })
  return { version, values: change.values }
}

/** Cards on file and open authorizations of other services: they stay behind when this service is chosen. */
export async function strandedBy(db: Kysely<Database>, serviceId: string) {
  const cards = await db
    .selectFrom('card')
    .innerJoin('customer', 'customer.id', 'card.customer_id')
    .select((eb) => [
      'customer.number',
      'customer.family_name',
      'customer.given_name',
      eb.fn.countAll<number>().as('cards'),
    ])
    .where('card.on_file', '=', 1)
    .where('card.removed_at', 'is', null)
    .where('card.service', '!=', serviceId)
    .groupBy(['customer.number', 'customer.family_name', 'customer.given_name'])
    .orderBy('customer.number')
    .execute()
  const openOf = (status: 'unknown' | 'authorized') =>
    db
      .selectFrom('payment')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('status', '=', sql.lit(status))
      .where('service', '!=', serviceId)
      .executeTakeFirstOrThrow()
  const open = await Promise.all([openOf('unknown'), openOf('authorized')])
  return {
    cards: cards.reduce((sum, row) => sum + Number(row.cards), 0),
    openAuthorizations: open.reduce((sum, { count }) => sum + Number(count), 0),
    customers: cards.slice(0, 50).map((row) => ({
      number: row.number,
      name: `${row.family_name} ${row.given_name}`,
      cards: Number(row.cards),
    })),
  }
}
