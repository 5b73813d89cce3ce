import assert from 'node:assert/strict'
import { chmodSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { foreignHolders, KNOWN_KEYPADS } from '../../src/main/devices/hid'
import { statusUntil } from '../support/keypad-events'
import { foreignProgram, otherDesk } from './other-process'
import { HANG_MS, isReady, trouble, type World } from './world'

const options = { timeout: HANG_MS }
const NOBODY = 65534
/** The project's folder, as the host names it. */
const root = process.env.HID_ROOT ?? ''

export function sharing(world: World): void {
  test('one desk at a time; the device of a desk that died is taken over', options, async () => {
    await world.bus.plug()
    const other = otherDesk(world.lockFolder)
    await other.until('ready')
    const port = world.port()
    assert.deepEqual(await port.status(), trouble('busy'))
    await other.kill()
    assert.ok(isReady(await statusUntil(port, isReady)))
    const third = otherDesk(world.lockFolder)
    await third.until('busy')
    await third.kill()
  })

  test('a program of somebody else that has the keypad open is named', options, async () => {
    const { node } = await world.bus.plug()
    const port = world.port()
    assert.ok(isReady(await port.status()))
    assert.deepEqual(await foreignHolders(node), [])
    const program = await foreignProgram(node)
    assert.deepEqual(await foreignHolders(node), [{ pid: program.pid, name: 'sh' }])
    // Opens are shared: the keypad still works, which is why the other one must be told.
    assert.ok(isReady(await port.status()))
    await program.kill()
    assert.deepEqual(await foreignHolders(node), [])
    assert.deepEqual(await foreignHolders(node, { self: 0 }), [{ pid: process.pid, name: 'node' }])
  })

  test('a user without the right to the device is told so, and gets it with the right', options, async () => {
    const { node } = await world.bus.plug()
    chmodSync(node, 0o000)
    const other = otherDesk(world.lockFolder, NOBODY)
    await other.until('permission-denied')
    chmodSync(node, 0o666)
    await other.until('ready')
    assert.deepEqual(other.words, ['permission-denied', 'ready'])
    await other.kill()
  })

  test('the rule that gives the right names the vendor that is looked for', options, () => {
    const rule = readFileSync(`${root}/resources/udev/60-uketsuke-keypad.rules`, 'utf8')
    const lines = rule.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    const vendor = KNOWN_KEYPADS.vendorId.toString(16).padStart(4, '0')
    assert.deepEqual(lines, [`SUBSYSTEM=="hidraw", ATTRS{idVendor}=="${vendor}", TAG+="uaccess"`])
  })
}
