import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { enterCard } from '../src/main/checkout/card-entry'
import { openCheckout } from '../src/main/checkout/checkout.service'
import { keypadSeat } from '../src/main/checkout/keypad-seat'
import { openKsnMemory } from '../src/main/composition/ksn-memory'
import { hidKeypad } from '../src/main/devices/hid'
import { keypadRegistry } from '../src/main/features/keypad-monitor/keypad-monitor.service'
import { systemClock as clock } from '../src/main/platform/clock'
import { silentLog } from '../src/main/platform/log'
import { keyedBytes, startAcquirer } from '../tests/support/acquirer'
import { openWorld } from '../tests/support/checkout-world'
import { FakeBus, FakeKeypad, SREDKEY } from '../tests/support/fake-keypad-hid'
import { print, stats } from './stats'

/**
 * A card entry as the popup makes it, from the report that ends the frame: receiver, KSN counter written for
 * good, record of keypads asked, frame handed to the service. The reference is the same counter written the same way
 * by a prepared statement on the calling thread.
 */
const ROUNDS = 400
const WARM = 40
const SERIAL = 'TEST000001'
const KEY_SET = 'FFFF9876543210E0'

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
const path = join(folder, 'desk.db')
const acquirer = await startAcquirer(join(folder, 'acquirer'))
let sentAt = 0
const service = acquirer.service('sim-key', {
  trace: (event) => {
    if (event === 'request-sent') sentAt = performance.now()
  },
})
const world = await openWorld({ kind: 'sqlite', path }, service)
const { database, events } = world.deps
const watch = keypadRegistry({ database, clock, log: silentLog, events })
const seat = keypadSeat({ events, watch })
const bus = new FakeBus(new FakeKeypad({ serial: SERIAL }), [SREDKEY])
const ksnMemory = await openKsnMemory(database.db, clock)
const lockFolder = join(folder, 'locks')
await seat.use(hidKeypad({ clock, ksnMemory, lockFolder, binding: async () => bus }))
const keypad = seat.port()
await keypad?.status()
const { checkoutId } = await openCheckout(world.deps, world.actor)

async function entry(bytes: Buffer): Promise<number> {
  let lastByteAt = 0
  const holder = { seat: 'bench', operator: 'bench' }
  const options = { keypad, holder, owner: { checkoutId }, watch, seatIsOpen: () => true, timeoutMs: 30_000 }
  for await (const event of enterCard(world.deps, options)) {
    if ('failure' in event) throw new Error(JSON.stringify(event.failure))
    if (event.step !== 'waiting') continue
    // A person takes seconds to key a card: what the open entry has written down is written by then.
    await watch.touch(null)
    lastByteAt = performance.now()
    bus.keypad.sendReports(bytes, bytes.length)
  }
  return sentAt - lastByteAt
}

const ours: number[] = []
// Encrypting is the keypad's work, and its garbage too.
const frames = Array.from({ length: ROUNDS + WARM }, (_, index) => keyedBytes({ counter: index + 1 }))
for (const [round, bytes] of frames.entries()) {
  const ms = await entry(bytes)
  if (round >= WARM) ours.push(ms)
}
await seat.close()
await watch.leave()
await world.close()
await acquirer.stop()

const bare = new DatabaseFile(path)
bare.pragma('journal_mode = WAL')
bare.pragma('synchronous = FULL')
const write = bare.prepare('update keypad_counter set counter = ? where key_set = ?')
const reference: number[] = []
for (let round = 1; round <= ROUNDS + WARM; round++) {
  const from = performance.now()
  if (write.run(ROUNDS + WARM + round, KEY_SET).changes !== 1) throw new Error('the reference wrote nothing')
  if (round > WARM) reference.push(performance.now() - from)
}
bare.close()
const [mine, plain] = [stats(ours), stats(reference)]
print({
  name: 'card entry, our part',
  from: 'last report of the frame at the keypad port',
  to: 'tokenization request-sent',
  ours: mine,
  reference: plain,
  ratio: Math.round((mine.median / plain.median) * 100) / 100,
  goal: 'p99 <= 2 ms',
  met: mine.p99 <= 2,
})
rmSync(folder, { recursive: true, force: true })
