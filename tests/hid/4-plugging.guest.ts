import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { findKeypads, nodeHidBinding } from '../../src/main/devices/hid'
import { claimOrFail, logClaim, statusUntil } from '../support/keypad-events'
import { answers } from './replies'
import { card, HANG_MS, holder, isReady, told, trouble, type World } from './world'

const options = { timeout: HANG_MS }

export function plugging(world: World): void {
  test('unplugged amid a card: nothing is read, and the keypad is found again', options, async () => {
    const keypad = await world.bus.plug()
    const port = world.port()
    const log = logClaim(await claimOrFail(port, holder))
    await keypad.send(card().bytes.subarray(0, 64))
    await log.receiving()
    await keypad.unplug()
    assert.deepEqual(await log.until(1), ['lost unplugged'])
    assert.deepEqual(await port.status(), trouble('not-found'))

    const again = await world.bus.plug()
    await statusUntil(port, isReady)
    const next = logClaim(await claimOrFail(port, holder))
    const { bytes, expected } = card()
    await again.send(bytes)
    await next.until(1)
    assert.deepEqual(next.readings.map(told), [expected])
    assert.deepEqual(log.words, ['lost unplugged'])
  })

  test('two keypads at once: each has its own lock and reads its own cards', options, async () => {
    const serials = ['TEST000001', 'TEST000002'] as const
    const [a, b] = [
      await world.bus.plug({ uniq: 'unit-a', replies: answers(serials[0]) }),
      await world.bus.plug({ uniq: 'unit-b', replies: answers(serials[1]) }),
    ]
    const found = findKeypads(await (await nodeHidBinding()).devices())
    assert.deepEqual(found.map(({ path }) => path).sort(), [a.node, b.node].sort())

    const [portA, portB] = [a, b].map(({ node }) => world.port(({ path }) => path === node))
    assert.ok(portA !== undefined && portB !== undefined)
    const claims = [await claimOrFail(portA, holder), await claimOrFail(portB, { ...holder, seat: '2番席' })]
    assert.equal(readdirSync(world.lockFolder).length, 2)
    const [logA, logB] = claims.map(logClaim)
    assert.ok(logA !== undefined && logB !== undefined)

    const [cardA, cardB] = [card('C0', serials[0]), card('C0', serials[1])]
    // Turn by turn, so that the pieces of both are under way at once.
    await a.send(cardA.bytes.subarray(0, 64))
    await b.send(cardB.bytes.subarray(0, 64))
    await a.send(cardA.bytes.subarray(64))
    await b.send(cardB.bytes.subarray(64))
    await Promise.all([logA.until(1), logB.until(1)])
    assert.deepEqual(logA.readings.map(told), [cardA.expected])
    assert.deepEqual(logB.readings.map(told), [cardB.expected])
  })
}
