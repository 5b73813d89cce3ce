import { connect } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { readRelayCertificate } from '../../src/main/devices/relay'
import { encodeControl } from '../../src/main/devices/relay/framing'
import { deskProof } from '../../src/main/devices/relay/pairing'
import { manualClock } from '../../src/main/platform/clock'
import { FakeKeypad } from '../support/fake-keypad-hid'
import { claimOrFail, logClaim, statusUntil } from '../support/keypad-events'
import { keyedFrames } from '../support/keypad-vectors'
import { closing, proven, stranger } from '../support/relay-stranger'
import { openRelay, type RelayUnderTest } from '../support/relay-under-test'

const suzuki = { seat: '1番席', operator: '鈴木' }
const sato = { seat: '2番席', operator: '佐藤' }
const frame = Uint8Array.from(Buffer.from(keyedFrames[0]?.bytes ?? '', 'hex'))
const trouble = (word: string) => ({ kind: 'trouble', trouble: word })

let open: RelayUnderTest[] = []
afterEach(async () => {
  await Promise.all(open.map((relay) => relay.close()))
  open = []
})
async function start(options: Parameters<typeof openRelay>[0] = {}): Promise<RelayUnderTest> {
  const relay = await openRelay(options)
  open.push(relay)
  return relay
}

describe('a desk at the real relay', () => {
  it('takes the keypad, reads a card, and every buffer of it is overwritten', async () => {
    const relay = await start()
    const desk = relay.desk()
    expect(await desk.status()).toEqual({
      kind: 'ready',
      facts: { serial: '644T055742', model: 'ID TECH SREDKey', firmware: '1.02', securityLevel: '3' },
    })
    const claim = await claimOrFail(desk, suzuki)
    const log = logClaim(claim)
    const reports = relay.bus.keypad.sendReports(frame)
    expect(reports.every((report) => report.every((byte) => byte === 0))).toBe(true)
    expect(await log.until(1)).toEqual(['frame C0'])
    await claim.release()
  })

  it('bytes without a holder go nowhere and are overwritten', async () => {
    const relay = await start()
    const one = await proven(relay)
    const reports = relay.bus.keypad.sendReports(frame)
    expect(reports.every((report) => report.every((byte) => byte === 0))).toBe(true)
    // What comes next over the same connection is the answer to the ping, not the card.
    one.socket.write(encodeControl({ type: 'ping' }))
    await one.until('pong')
    expect(one.said.map((message) => message.type)).toEqual(['hello', 'welcome', 'pong'])
    one.socket.destroy()
  })

  it('only the holder gets the bytes; the other seat sees who it is', async () => {
    const relay = await start()
    const [first, second] = [relay.desk(), relay.desk({ seat: '2番席' })]
    const claim = await claimOrFail(first, suzuki)
    expect(await second.claim(sato)).toEqual({ kind: 'in-use', holder: suzuki })
    expect(await statusUntil(second, (status) => status.kind === 'in-use')).toMatchObject({ holder: suzuki })
    const watcher = await proven(relay)
    const log = logClaim(claim)
    relay.bus.keypad.sendReports(frame)
    expect(await log.until(1)).toEqual(['frame C0'])
    watcher.socket.write(encodeControl({ type: 'ping' }))
    await watcher.until('pong')
    watcher.socket.destroy()
    const free = statusUntil(second, (status) => status.kind === 'ready')
    await claim.release()
    await free
    const next = logClaim(await claimOrFail(second, sato))
    relay.bus.keypad.sendReports(frame)
    expect(await next.until(1)).toEqual(['frame C0'])
  })

  it('a release of somebody else is passed over', async () => {
    const relay = await start()
    await claimOrFail(relay.desk(), suzuki)
    const other = await proven(relay)
    other.socket.write(encodeControl({ type: 'release', claim: 1 }))
    other.socket.write(encodeControl({ type: 'ping' }))
    await other.until('pong')
    expect(other.said.some((message) => message.type === 'released')).toBe(false)
    expect(relay.relay.state).toMatchObject({ holder: suzuki })
    other.socket.destroy()
  })

  it('the end of the holder frees the keypad', async () => {
    const relay = await start()
    const second = relay.desk({ seat: '2番席' })
    const first = await proven(relay)
    first.socket.write(encodeControl({ type: 'claim', request: 1, holder: suzuki }))
    await first.until('claimed')
    await statusUntil(second, (status) => status.kind === 'in-use')
    const free = statusUntil(second, (status) => status.kind === 'ready')
    first.socket.destroy()
    await free
    await claimOrFail(second, sato)
  })

  it('a holder that falls silent is let go by the heartbeat', async () => {
    const relay = await start({ heartbeatMs: 100, missedLimit: 2 })
    const second = relay.desk({ seat: '2番席' })
    const silent = await proven(relay)
    silent.socket.write(encodeControl({ type: 'claim', request: 1, holder: suzuki }))
    await silent.until('claimed')
    await statusUntil(second, (status) => status.kind === 'in-use')
    await silent.closed
    await statusUntil(second, (status) => status.kind === 'ready')
  })

  it('unplugged at the far side in the middle of a card, and plugged in again', async () => {
    const relay = await start()
    const desk = relay.desk()
    const log = logClaim(await claimOrFail(desk, suzuki))
    relay.bus.keypad.sendReports(frame.subarray(0, 64))
    await log.receiving()
    const interfaces = relay.bus.interfaces
    relay.bus.interfaces = []
    relay.bus.keypad.unplug()
    expect(await log.until(1)).toEqual(['lost unplugged'])
    expect(await statusUntil(desk, (status) => status.kind === 'trouble')).toMatchObject({ kind: 'trouble' })
    const missing = await desk.claim(suzuki)
    expect(['not-found', 'unplugged']).toContain('trouble' in missing ? missing.trouble : null)
    const back = statusUntil(desk, (status) => status.kind === 'ready')
    relay.bus.keypad = new FakeKeypad()
    relay.bus.interfaces = interfaces
    await back
    const next = logClaim(await claimOrFail(desk, suzuki))
    relay.bus.keypad.sendReports(frame)
    expect(await next.until(1)).toEqual(['frame C0'])
  })

  it('a keypad that cannot encrypt is refused, and a sound one in its place is found at the next try', async () => {
    const relay = await start()
    const desk = relay.desk()
    await statusUntil(desk, (status) => status.kind === 'ready')
    const worn = statusUntil(
      desk,
      (status) => status.kind === 'trouble' && status.trouble === 'keys-exhausted',
    )
    const old = relay.bus.keypad
    relay.bus.keypad = new FakeKeypad({ level: '0' })
    old.unplug()
    await worn
    relay.bus.keypad = new FakeKeypad()
    const sound = statusUntil(desk, (status) => status.kind === 'ready')
    expect(await desk.claim(suzuki)).toEqual(trouble('keys-exhausted'))
    await sound
    await claimOrFail(desk, suzuki)
  })

  it('the end of the relay ends the claim', async () => {
    const relay = await start()
    const desk = relay.desk()
    const log = logClaim(await claimOrFail(desk, suzuki))
    await relay.relay.close()
    expect(await log.until(1)).toEqual(['lost relay-refused'])
  })
})

describe('who is let in', () => {
  it('another code, no code, and after five wrong ones nobody of that address for a while', async () => {
    const clock = manualClock(1_000_000)
    const relay = await start({ clock })
    const attempt = () => relay.desk({ pairingCode: 'WRONG-WRONG-WRONG' }).status()
    expect(await relay.desk({ pairingCode: null }).status()).toEqual(trouble('relay-pairing'))
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      expect(await attempt()).toEqual(trouble('relay-pairing'))
      clock.advance(1000)
    }
    expect(await attempt()).toEqual(trouble('relay-pairing-locked'))
    expect(await relay.desk().status()).toEqual(trouble('relay-pairing-locked'))
    clock.advance(60_000)
    expect((await relay.desk().status()).kind).toBe('ready')
    // Right once: the count begins anew.
    expect(await attempt()).toEqual(trouble('relay-pairing'))
  })

  it('a proof is worth nothing on another connection', async () => {
    const relay = await start()
    const first = await stranger(relay.port)
    const hello = await first.until('hello')
    const deskNonce = Buffer.alloc(32, 9).toString('base64')
    const relayNonce = hello.type === 'hello' ? hello.nonce : ''
    const proof = deskProof(relay.code, { relayNonce, deskNonce, fingerprint256: relay.fingerprint256 })
    const second = await stranger(relay.port)
    await second.until('hello')
    second.socket.write(
      encodeControl({
        type: 'hello',
        protocol: 'uketsuke-relay',
        version: 1,
        seat: 'x',
        nonce: deskNonce,
        proof,
      }),
    )
    expect(await second.until('error')).toMatchObject({ code: 'pairing' })
    await second.closed
    first.socket.destroy()
  })

  it('a desk refuses another certificate, and pins the one that the relay shows', async () => {
    const relay = await start()
    const other = { fingerprint256: '00'.repeat(32) }
    expect(await relay.desk({ tls: other }).status()).toEqual(trouble('certificate-changed'))
    expect(await readRelayCertificate({ host: '127.0.0.1', port: relay.port })).toEqual({
      kind: 'certificate',
      fingerprint256: relay.fingerprint256,
      simulator: false,
    })
  })

  it.each(['0.0.0.0', '::', '8.8.8.8', 'localhost', '', '127.1'])('does not listen at %j', async (host) => {
    await expect(openRelay({ host })).rejects.toThrow(RangeError)
  })

  it('33 desks are one too many; 40 strangers do not keep a desk out', async () => {
    const relay = await start()
    const strangers = Array.from({ length: 40 }, () => {
      const socket = connect({ host: '127.0.0.1', port: relay.port, rejectUnauthorized: false })
      return { socket, closed: closing(socket) }
    })
    // Eight of one address may wait at a time; the others are closed at once.
    await Promise.all(strangers.slice(8).map(({ closed }) => closed))
    for (const { socket } of strangers) socket.destroy()
    await Promise.all(strangers.map(({ closed }) => closed))
    const desks = []
    for (let count = 0; count < 32; count += 1) {
      const desk = relay.desk({ reconnectMs: 60_000 })
      expect((await desk.status()).kind).toBe('ready')
      desks.push(desk)
    }
    expect(await relay.desk({ reconnectMs: 60_000 }).status()).toEqual(trouble('relay-refused'))
    const [first] = desks
    await first?.close()
    const late = relay.desk()
    await statusUntil(late, (status) => status.kind === 'ready')
  })
})
