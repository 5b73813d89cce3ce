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
import { calmCollector } from '../src/main/platform/collector'
import { keyedBytes, startAcquirer } from '../tests/support/acquirer'
import { openWorld } from '../tests/support/checkout-world'
import { FakeBus, FakeKeypad, SREDKEY } from '../tests/support/fake-keypad-hid'
import { print, stats } from './stats'

/**
 * A card entry as the popup makes it, from the report that ends the frame: receiver, KSN counter written for
 * good, record of keypads asked, frame handed to the service. The reference is the same counter written the same way
 * by a prepared statement on the calling thread, on a file beside it, in turn with ours: with synchronous FULL it
 * is what the disk alone takes.
 */
const ROUNDS = 400
const WARM = 40
const SERIAL = 'TEST000001'
const KEY_SET = 'FFFF9876543210E0'

async function measure(synchronous: 'FULL' | 'OFF', folder: string): Promise<void> {
  const path = join(folder, `desk-${synchronous}.db`)
  const acquirer = await startAcquirer(join(folder, `acquirer-${synchronous}`))
  let sentAt = 0
  const service = acquirer.service('sim-key', {
    trace: (event) => {
      if (event === 'request-sent') sentAt = performance.now()
    },
  })
  const world = await openWorld({ kind: 'sqlite', path, synchronous }, service)
  const { database, events } = world.deps
  const watch = keypadRegistry({ database, clock, log: silentLog, events })
  const seat = keypadSeat({ events, watch })
  const bus = new FakeBus(new FakeKeypad({ serial: SERIAL }), [SREDKEY])
  const ksnMemory = await openKsnMemory(database.db, clock)
  const lockFolder = join(folder, `locks-${synchronous}`)
  await seat.use(hidKeypad({ clock, ksnMemory, lockFolder, binding: async () => bus }))
  const keypad = seat.port()
  await keypad?.status()
  const { checkoutId } = await openCheckout(world.deps, world.actor)

  const entry = async (bytes: Buffer): Promise<number> => {
    let lastByteAt = 0
    const holder = { seat: 'bench', operator: 'bench' }
    const options = {
      keypad,
      holder,
      owner: { checkoutId },
      watch,
      seatIsOpen: () => true,
      timeoutMs: 30_000,
    }
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

  const bare = bareCounter(join(folder, `bare-${synchronous}.db`), synchronous)
  const [ours, reference]: [number[], number[]] = [[], []]
  for (const bytes of frames) {
    ours.push(await entry(bytes))
    reference.push(bare.write())
  }
  bare.close()
  await seat.close()
  await watch.leave()
  await world.close()
  await acquirer.stop()
  const [mine, plain] = [stats(ours.slice(WARM)), stats(reference.slice(WARM))]
  const code = synchronous === 'OFF'
  print({
    name: `card entry, our part, synchronous=${synchronous}`,
    from: 'last report of the frame at the keypad port',
    to: 'tokenization request-sent',
    ours: mine,
    reference: plain,
    ratio: Math.round((mine.median / plain.median) * 100) / 100,
    goal: code ? 'p99 <= 2 ms' : 'p99 <= 2 ms beyond the p99 of the bare write',
    met: mine.p99 <= (code ? 2 : 2 + plain.p99),
  })
}

/** A counter in a file of its own, written as the desk writes the keypad's. */
function bareCounter(path: string, synchronous: 'FULL' | 'OFF') {
  const file = new DatabaseFile(path)
  file.pragma('journal_mode = WAL')
  file.pragma(`synchronous = ${synchronous}`)
  file.exec(
    'create table counter (key_set text primary key, counter integer not null, seen_at integer not null)',
  )
  file.prepare('insert into counter values (?, 0, 0)').run(KEY_SET)
  const update = file.prepare('update counter set counter = counter + 1, seen_at = ? where key_set = ?')
  return {
    write(): number {
      const from = performance.now()
      if (update.run(Date.now(), KEY_SET).changes !== 1) throw new Error('the reference wrote nothing')
      return performance.now() - from
    },
    close: () => file.close(),
  }
}

// Encrypting is the keypad's work, and its garbage too.
const frames = Array.from({ length: ROUNDS + WARM }, (_, index) => keyedBytes({ counter: index + 1 }))
calmCollector()
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
for (const synchronous of ['FULL', 'OFF'] as const) await measure(synchronous, folder)
rmSync(folder, { recursive: true, force: true })
