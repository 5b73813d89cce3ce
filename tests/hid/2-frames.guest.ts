import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimOrFail, logClaim } from '../support/keypad-events'
import { card, HANG_MS, holder, told, type World } from './world'

const options = { timeout: HANG_MS }

export function frames(world: World): void {
  /** A keypad with reports of this size, claimed. */
  async function claimed(inputBytes: number) {
    const keypad = await world.bus.plug({ inputBytes })
    const log = logClaim(await claimOrFail(world.port(), holder))
    return {
      keypad,
      /** What was read so far: a card of the other format is sent behind it, and marks the end. */
      async read(): Promise<unknown[]> {
        const mark = card('85')
        await keypad.send(mark.bytes)
        for (let count = 1; (await log.until(count))[count - 1] !== 'frame 85';) count += 1
        const readings = log.readings.map(told)
        assert.deepEqual(readings.pop(), mark.expected)
        return readings
      },
    }
  }

  for (const inputBytes of [512, 64, 8]) {
    test(`a card in reports of ${inputBytes} bytes is one reading, byte for byte`, options, async () => {
      const { keypad, read } = await claimed(inputBytes)
      const { bytes, expected } = card()
      await keypad.send(bytes)
      assert.deepEqual(await read(), [expected])
    })
  }

  test('two cards in one report are two readings, in order', options, async () => {
    const { keypad, read } = await claimed(512)
    const [first, second] = [card(), card()]
    await keypad.send(Buffer.concat([first.bytes, second.bytes]))
    assert.deepEqual(await read(), [first.expected, second.expected])
  })

  test('a card that does not begin at the start of its report is read', options, async () => {
    const { keypad, read } = await claimed(512)
    const { bytes, expected } = card()
    await keypad.send(Buffer.concat([Buffer.from('00000000ffa5', 'hex'), bytes]))
    assert.deepEqual(await read(), [expected])
  })

  test('a card behind false starts is read', options, async () => {
    const { keypad, read } = await claimed(512)
    const { bytes, expected } = card()
    // A start with an impossible length, and one whose length ends amid the card.
    await keypad.send(Buffer.concat([Buffer.from('02ffff', 'hex'), Buffer.from('024000', 'hex'), bytes]))
    assert.deepEqual(await read(), ['length', 'etx', expected])
  })

  test('a card with a broken check byte is refused, the next one is read', options, async () => {
    const { keypad, read } = await claimed(64)
    const [broken, next] = [card(), card()]
    const at = broken.bytes.length - 3
    broken.bytes.writeUInt8(broken.bytes.readUInt8(at) ^ 0x01, at)
    await keypad.send(broken.bytes)
    await keypad.send(next.bytes)
    assert.deepEqual(await read(), ['lrc', next.expected])
  })

  test('a card sent a second time is refused', options, async () => {
    const { keypad, read } = await claimed(64)
    const { bytes, expected } = card()
    await keypad.send(bytes)
    await keypad.send(bytes)
    assert.deepEqual(await read(), [expected, 'replay'])
  })
}
