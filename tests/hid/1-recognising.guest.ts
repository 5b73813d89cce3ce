import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findKeypads, nodeHidBinding } from '../../src/main/devices/hid'
import { HANG_MS, trouble, type World } from './world'

const options = { timeout: HANG_MS }

export function recognising(world: World): void {
  test('a device of another vendor, or another product of the vendor, is no keypad', options, async () => {
    await world.bus.plug({ vendor: 0x1209, product: 0x0001, name: 'SRED look-alike' })
    await world.bus.plug({ uniq: 'unit-2', product: 0x3820, name: 'ID TECH Augusta' })
    const devices = await (await nodeHidBinding()).devices()
    assert.deepEqual(devices.map(({ vendorId }) => vendorId).sort(), [0x0acd, 0x1209])
    assert.deepEqual(findKeypads(devices), [])
    assert.deepEqual(await world.port().status(), trouble('not-found'))
  })

  test('a keypad is known by its name and its vendor-defined page', options, async () => {
    const { node } = await world.bus.plug({ notReady: 0 })
    const found = findKeypads(await (await nodeHidBinding()).devices())
    assert.deepEqual(
      found.map(({ path, mode, device }) => [path, mode, device.product, device.usagePage]),
      [[node, 'hid', 'ID TECH SREDKey 2', 0xff00]],
    )
    assert.equal((await world.port().status()).kind, 'ready')
  })

  test('a keypad without a name is known by its product id', options, async () => {
    await world.bus.plug({ name: '', product: 0x2610 })
    assert.equal((await world.port().status()).kind, 'ready')
  })
}
