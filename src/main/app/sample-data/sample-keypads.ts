import type { Insertable } from 'kysely'
import type { KeypadEventTable, KeypadTable } from '../../db/database.types'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { newId } from '../../platform/ids'

const MINUTE = 60_000
const DAY = 86_400_000
/** The serial number of the simulated keypad: registered, so that it takes cards at once. */
export const SIMULATED_SERIAL = 'TEST000001'

interface Sample {
  readonly serial: string
  readonly seat: string
  readonly usesLeft: number
  readonly stopped?: 'lost' | 'tampered'
  readonly lastSeenAgo: number
}

const SAMPLES: readonly Sample[] = [
  { serial: SIMULATED_SERIAL, seat: '受付1番', usesLeft: 1_048_411, lastSeenAgo: 16 * 60 * MINUTE },
  { serial: 'TEST000002', seat: '受付2番', usesLeft: 731_204, lastSeenAgo: 15 * 60 * MINUTE },
  { serial: 'TEST000003', seat: '受付3番', usesLeft: 8_932, lastSeenAgo: 17 * 60 * MINUTE },
  { serial: 'TEST000004', seat: '予備', usesLeft: 1_040_006, stopped: 'lost', lastSeenAgo: 9 * DAY },
  { serial: 'TEST000005', seat: '受付4番', usesLeft: 902_377, stopped: 'tampered', lastSeenAgo: 3 * DAY },
]

const REGISTERED_AGO = 12 * DAY
const NO_NETWORK = { ethernet: null, wifi: null, bluetooth: null, usb: null, relay: null }

function keypadOf(sample: Sample, shopId: string, adminId: string, now: number): Insertable<KeypadTable> {
  const { serial, stopped } = sample
  const simulated = serial === SIMULATED_SERIAL
  return {
    id: newId(),
    device_key: serial,
    serial,
    model: simulated ? 'Simulated SREDKey' : 'ID TECH SREDKey 2',
    cable: simulated ? 'relay' : 'usb',
    state: stopped ? 'stopped' : 'registered',
    stop_reason: stopped ?? null,
    shop_id: shopId,
    seat: sample.seat,
    online: 0,
    holder: null,
    firmware: simulated ? '1.00' : 'V1.02.117',
    security_level: '3',
    key_set: 'FFFF9876543210E',
    uses_left: sample.usesLeft,
    network: JSON.stringify(NO_NETWORK),
    latency_ms: null,
    registered_at: now - REGISTERED_AGO,
    registered_by: adminId,
    first_seen_at: now - REGISTERED_AGO - 20 * MINUTE,
    last_seen_at: now - sample.lastSeenAgo,
    updated_at: now - sample.lastSeenAgo,
    version: 1,
  }
}

type Happened = readonly [ago: number, type: KeypadEventTable['type'], subtype: string, detail: object]

function eventsOf(sample: Sample, by: string): readonly Happened[] {
  const { seat, stopped, lastSeenAgo } = sample
  const place = { shop: 'さくら通販 本店', seat, by }
  const at = REGISTERED_AGO + 20 * MINUTE
  const firstSeen: Happened[] =
    sample.serial === SIMULATED_SERIAL
      ? [[at, 'connection', 'connected', { by: 'relay', at: '127.0.0.1' }]]
      : [
          [at, 'power', 'started', { reason: 'plugged-in' }],
          [at, 'connection', 'connected', { by: 'usb', at: '' }],
        ]
  const start: Happened[] = [
    ...firstSeen,
    [REGISTERED_AGO, 'settings', 'registered', place],
    [lastSeenAgo, 'connection', 'disconnected', { cause: stopped ? 'unplugged' : 'desk-closed' }],
  ]
  if (!stopped) return start
  const note = stopped === 'lost' ? '棚卸しで見つからない' : '底面のシールに開封の跡'
  return [...start, [lastSeenAgo - 30 * MINUTE, 'settings', 'stopped', { reason: stopped, note, by }]]
}

/** Five keypads of the invented shop with what happened to them. */
export function keypadStatements(
  { db }: DeskDatabase,
  people: { readonly shopId: string; readonly adminId: string; readonly adminName: string },
  now: number,
): Statement[] {
  const { shopId, adminId, adminName } = people
  const keypads = SAMPLES.map((sample) => keypadOf(sample, shopId, adminId, now))
  const events = SAMPLES.flatMap((sample, index) =>
    eventsOf(sample, adminName).map(([ago, type, subtype, detail]) => ({
      id: newId(),
      keypad_id: keypads[index]?.id ?? '',
      at: now - ago,
      last_at: now - ago,
      times: 1,
      type,
      subtype,
      detail: JSON.stringify(detail),
    })),
  )
  return [
    { query: db.insertInto('keypad').values(keypads).compile() },
    { query: db.insertInto('keypad_event').values(events).compile() },
  ]
}
