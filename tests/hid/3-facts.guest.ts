import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeHidBinding } from '../../src/main/devices/hid'
import { parseBlockReply, readCommand } from '../../src/main/devices/hid/commands'
import { ask, DEFAULT_READ_OPTIONS } from '../../src/main/devices/hid/feature-reports'
import {
  answers,
  FIRMWARE,
  firmwareReply,
  KSN,
  ksnReply,
  LEVEL,
  levelReply,
  SERIAL,
  USB_MODE,
  usbModeReply,
} from './replies'
import { HANG_MS, trouble, type World } from './world'

const options = { timeout: HANG_MS }

export function facts(world: World): void {
  test('a keypad tells who it is in pieces of 8 bytes, after some that are not ready', options, async () => {
    const keypad = await world.bus.plug({ replies: answers() })
    assert.deepEqual(await world.port().status(), {
      kind: 'ready',
      facts: { serial: '644T055742', model: 'ID TECH SREDKey', firmware: '1.02', securityLevel: '3' },
    })
    const padded = [LEVEL, FIRMWARE, SERIAL].map((command) => command.padEnd(16, '0'))
    assert.deepEqual(await keypad.commands(), padded)
  })

  test('KSN and USB mode are read over the same wire', options, async () => {
    const ksn = 'ffff9876543210e00001'
    const { node } = await world.bus.plug({
      replies: { [KSN]: ksnReply(ksn), [USB_MODE]: usbModeReply('0') },
    })
    const handle = await (await nodeHidBinding()).open(node)
    const read = async (id: number) => {
      const answer = await ask(handle, readCommand(id), DEFAULT_READ_OPTIONS, (bytes) =>
        parseBlockReply(bytes, id),
      )
      return Buffer.isBuffer(answer) ? answer.toString('hex') : answer
    }
    assert.equal(await read(0x51), ksn)
    assert.equal(await read(0x23), '30')
    assert.equal(await read(0x7e), 'refused')
    await handle.close()
  })

  test('a keypad that refuses every question is ready under the name of its plug', options, async () => {
    await world.bus.plug()
    assert.deepEqual(await world.port().status(), {
      kind: 'ready',
      facts: { serial: 'unit-1', model: 'ID TECH SREDKey 2', firmware: null, securityLevel: null },
    })
  })

  for (const [word, replies] of [
    ['keys-exhausted', { [LEVEL]: levelReply('0') }],
    ['not-encrypting', { [LEVEL]: levelReply('1') }],
    ['keyboard-mode', { [FIRMWARE]: firmwareReply('ID TECH SREDKey USB-KB  V 1.02') }],
  ] as const) {
    test(`what a keypad tells can refuse it: ${word}`, options, async () => {
      await world.bus.plug({ replies: answers('644T055742', replies) })
      const { facts, ...status } = { facts: undefined, ...(await world.port().status()) }
      assert.deepEqual(status, trouble(word))
      assert.equal(facts?.serial, '644T055742')
    })
  }
}
