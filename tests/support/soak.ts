import type { EventEmitter } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeskEvent } from '../../src/contract/system'
import { keypadSeat } from '../../src/main/checkout/keypad-seat'
import { hidKeypad } from '../../src/main/devices/hid'
import { keypadRegistry } from '../../src/main/features/keypad-monitor/keypad-monitor.service'
import { manualClock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { silentLog } from '../../src/main/platform/log'
import { FakeBus, FakeKeypad, SREDKEY } from './fake-keypad-hid'
import { forcedCollection } from './garbage'
import { ksnMemory } from './keypad-events'
import { keyedFrames } from './keypad-vectors'
import { openSeeded } from './seeded'

const START = Date.UTC(2026, 10, 23)
const SECOND = 1_000
const HOUR = 3_600 * SECOND
const SERIAL = '644T055742'
const READ = { featureReportBytes: 8, replyTimeoutMs: 200, pollMs: 0 }
/** Telling everything takes real time: most plugs refuse the questions and are known by their name. */
const TALKATIVE_EVERY = 50
const CARD_EVERY = 10

/** What a program may pile up, measured after forced collection. */
export interface Held {
  readonly bytes: number
  /** Active resources of the process by kind. */
  readonly resources: Readonly<Record<string, number>>
  readonly listeners: number
  readonly lockFiles: number
  readonly events: number
}

const settled = () => new Promise((done) => setImmediate(done))

/**
 * A keypad is pulled and plugged every second, now and then in the middle of a card, for so many hours of a virtual
 * clock, with the desk's own device code, seat and record on a real database. The answer is what was held after the
 * first and after the last hour; `plant` leaks on purpose.
 */
export async function soak(options: {
  readonly hours: number
  readonly plugsAnHour?: number
  readonly plant?: () => void
}): Promise<{ first: Held; last: Held; plugs: number }> {
  const { hours, plugsAnHour = 3_600, plant } = options
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-soak-'))
  const clock = manualClock(START)
  const config = { kind: 'sqlite', path: join(folder, 'desk.db'), synchronous: 'OFF' } as const
  const { database } = await openSeeded(config, clock)
  const events = new Emitter<DeskEvent>()
  const registry = keypadRegistry({ database, clock, log: silentLog, events })
  const seat = keypadSeat({ events, watch: registry })
  const locks = join(folder, 'locks')
  const bus = new FakeBus(new FakeKeypad(), [])
  const binding = async () => bus
  const memory = ksnMemory()
  const collect = forcedCollection()
  await seat.use(
    hidKeypad({ clock, ksnMemory: memory, lockFolder: locks, binding, read: READ, searchMs: HOUR }),
  )
  const port = seat.port()
  if (port === null) throw new Error('no keypad')
  await port.status()
  const emitters: EventEmitter[] = [process]
  const frame = Buffer.from(keyedFrames[0]?.bytes ?? '', 'hex')

  async function plug(count: number): Promise<void> {
    bus.keypad = new FakeKeypad({ noFeatureReports: count % TALKATIVE_EVERY !== 0, serial: SERIAL })
    bus.interfaces = [{ ...SREDKEY, serialNumber: SERIAL }]
    const status = await port?.status()
    if (status?.kind !== 'ready') throw new Error(`plug ${count}: ${JSON.stringify(status)}`)
    if (count % CARD_EVERY === 0) await cardInVain(count)
    clock.advance(SECOND / 2)
  }

  async function cardInVain(count: number): Promise<void> {
    const claimed = await port?.claim({ seat: '1番席', operator: '鈴木' })
    if (claimed?.kind !== 'claimed') throw new Error(`plug ${count}: no claim`)
    claimed.claim.onLost(() => undefined)
    claimed.claim.onReading((reading) => reading.kind === 'frame' && reading.frame.wipe())
    // Every other time the plug is pulled amid the card.
    bus.keypad.sendReports(count % (2 * CARD_EVERY) === 0 ? frame : frame.subarray(0, 100))
    await settled()
    if (count % (2 * CARD_EVERY) === 0) await claimed.claim.release()
  }

  async function pull(): Promise<void> {
    bus.interfaces = []
    bus.keypad.unplug()
    await settled()
    await registry.touch(null)
    clock.advance(SECOND / 2)
  }

  async function held(): Promise<Held> {
    // The lock of the last keypad has been given back when the search for the next one has an answer.
    await port?.status()
    await settled()
    const resources: Record<string, number> = {}
    for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1
    const counted = await database.db
      .selectFrom('keypad_event')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return {
      bytes: collect(),
      resources,
      listeners: emitters.reduce(
        (sum, one) => sum + one.eventNames().reduce((all, name) => all + one.listenerCount(name), 0),
        0,
      ),
      lockFiles: readdirSync(locks).length,
      events: Number(counted.count),
    }
  }

  try {
    let first: Held | null = null
    let count = 0
    for (let hour = 1; hour <= hours; hour++) {
      for (let plugs = 0; plugs < plugsAnHour; plugs++) {
        await plug(++count)
        await pull()
        plant?.()
      }
      if (hour === 1) first = await held()
    }
    const last = await held()
    return { first: first ?? last, last, plugs: count }
  } finally {
    await seat.close()
    await registry.leave()
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
