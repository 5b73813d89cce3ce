import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setHidMode } from '../../src/main/devices/hid'
import { claimOrFail, logClaim, statusUntil } from '../support/keypad-events'
import { answers, SET_HID_MODE } from './replies'
import { card, HANG_MS, holder, isReady, told, trouble, type World } from './world'

const options = { timeout: HANG_MS }
const GENERIC_DESKTOP = 0x01
const KEYBOARD = { product: 0x2620, usagePage: GENERIC_DESKTOP, usage: 0x06 }
const hidMode = { command: SET_HID_MODE, name: 'ID TECH SREDKey', product: 0x2610, usagePage: 0xff00 }
const replies = answers('644T055742', { [SET_HID_MODE]: '06' })

export function keyboardMode(world: World): void {
  const { bus } = world
  test('a keypad that types is refused, and switched to HID by the one write', options, async () => {
    const keypad = await bus.plug({ ...KEYBOARD, replies, turns: { ...hidMode, when: 'answered' } })
    const port = world.port()
    assert.deepEqual(await port.status(), trouble('keyboard-mode'))
    assert.deepEqual(await keypad.commands(), [])

    assert.deepEqual(await setHidMode({ lockFolder: world.lockFolder }), { kind: 'switched' })
    assert.deepEqual((await keypad.commands()).slice(0, 1), ['0253230130034000'])
    await statusUntil(port, isReady)
    assert.deepEqual(await setHidMode({ lockFolder: world.lockFolder }), { kind: 'already' })
    const log = logClaim(await claimOrFail(port, holder))
    const { bytes, expected } = card()
    await keypad.send(bytes)
    await log.until(1)
    assert.deepEqual(log.readings.map(told), [expected])
    const writes = (await keypad.commands()).filter((command) => !command.startsWith('0252'))
    assert.deepEqual(writes, ['0253230130034000'])
  })

  test('a keypad that is gone before the write has ended is switched all the same', options, async () => {
    await bus.plug({ ...KEYBOARD, replies, turns: { ...hidMode, when: 'at-once' } })
    assert.deepEqual(await setHidMode({ lockFolder: world.lockFolder }), { kind: 'switched' })
    assert.ok(isReady(await statusUntil(world.port(), isReady)))
  })

  test('a keypad that does not take the write says so and stays as it is', options, async () => {
    await bus.plug(KEYBOARD)
    assert.deepEqual(await setHidMode({ lockFolder: world.lockFolder }), { kind: 'refused' })
    assert.deepEqual(await world.port().status(), trouble('keyboard-mode'))
  })

  test('without a keypad there is nothing to switch', options, async () => {
    assert.deepEqual(await setHidMode({ lockFolder: world.lockFolder }), trouble('not-found'))
  })
}
