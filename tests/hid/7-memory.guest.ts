import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needlesOf, searchMemory } from '../../scripts/lib/memory.mjs'
import { TEST_CARDS } from '../../src/simulator/keypad/test-cards'
import { otherDesk } from './other-process'
import { card, HANG_MS, type World } from './world'

const pan = TEST_CARDS[0]?.pan ?? ''

export function memory(world: World): void {
  test(
    'no card number lies in the memory of a desk that has read cards over HID',
    { timeout: HANG_MS },
    async () => {
      const keypad = await world.bus.plug({ inputBytes: 64 })
      const desk = otherDesk(world.lockFolder)
      await desk.until('ready')
      // Nobody has asked for this one.
      await keypad.send(card().bytes)
      desk.tell('claim')
      await desk.until('claimed')
      await keypad.send(card().bytes)
      await desk.until('frame C0')
      const broken = card().bytes
      broken.writeUInt8(broken.readUInt8(broken.length - 3) ^ 0x01, broken.length - 3)
      await keypad.send(broken)
      await desk.until('lrc')
      await keypad.send(card('85').bytes)
      await desk.until('frame 85')
      const { found, scanned } = searchMemory(desk.pid, needlesOf(pan))
      assert.deepEqual(found, [])
      assert.ok(scanned > 10e6, `${scanned} bytes`)
      // The same search sees what does lie there.
      desk.tell(pan.split('').toReversed().join(''))
      await desk.until('kept')
      const planted = searchMemory(desk.pid, needlesOf(pan))
      assert.notDeepEqual(planted.found, [])
      await desk.kill()
    },
  )
}
