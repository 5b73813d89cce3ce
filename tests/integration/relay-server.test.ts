import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectPlain, type Socket } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hidDevice } from '../../src/main/devices/hid'
import { readRelayCertificate } from '../../src/main/devices/relay'
import { encodeControl, encodeReport, MessageReader } from '../../src/main/devices/relay/framing'
import type { RelayMessage } from '../../src/main/devices/relay/messages'
import { deskProof } from '../../src/main/devices/relay/pairing'
import { manualClock, systemClock } from '../../src/main/platform/clock'
import { silentLog } from '../../src/main/platform/log'
import { relayIdentity } from '../../src/main/relay/certificate'
import { runRelay, type RelayLine } from '../../src/main/relay/run'
import { controlBytes } from '../../src/simulator/keypad/wire'
import { FakeBus, FakeKeypad } from '../support/fake-keypad-hid'
import { claimOrFail, logClaim, statusUntil } from '../support/keypad-events'
import { keyedFrames } from '../support/keypad-vectors'
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

/** Resolves when the connection has ended, by whatever. */
const closing = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.on('error', () => undefined)
    socket.once('close', () => resolve())
  })

/** A TLS connection that speaks for itself, and what the relay says to it. */
async function stranger(port: number): Promise<{
  socket: TLSSocket
  said: RelayMessage[]
  until(type: RelayMessage['type']): Promise<RelayMessage>
  closed: Promise<void>
}> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
  const closed = closing(socket)
  const reader = new MessageReader()
  const said: RelayMessage[] = []
  let checks: (() => void)[] = []
  socket.on('data', (chunk: Buffer) => {
    for (const item of reader.push(chunk)) if (item.kind === 'control') said.push(item.message)
    for (const check of checks) check()
  })
  await once(socket, 'secureConnect')
  const until = (type: RelayMessage['type']) =>
    new Promise<RelayMessage>((resolve) => {
      const check = () => {
        const found = said.find((message) => message.type === type)
        if (!found) return
        checks = checks.filter((other) => other !== check)
        resolve(found)
      }
      checks.push(check)
      check()
    })
  return { socket, said, until, closed }
}

/** A stranger who knows the code, past its opening. */
async function proven(relay: RelayUnderTest) {
  const one = await stranger(relay.port)
  const hello = await one.until('hello')
  const deskNonce = Buffer.alloc(32, 9).toString('base64')
  const relayNonce = hello.type === 'hello' ? hello.nonce : ''
  const proof = deskProof(relay.code, { relayNonce, deskNonce, fingerprint256: relay.fingerprint256 })
  one.socket.write(
    encodeControl({
      type: 'hello',
      protocol: 'uketsuke-relay',
      version: 1,
      seat: '9番席',
      nonce: deskNonce,
      proof,
    }),
  )
  await one.until('welcome')
  return one
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

  it('the end of the relay is told, and after its restart the desk goes on', async () => {
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

describe('what is not the protocol', () => {
  const lengthOnly = (length: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(length)
    return bytes
  }
  it.each<[string, string, Buffer]>([
    ['a length of zero', 'bad-message', Buffer.alloc(4)],
    ['a huge length', 'too-large', lengthOnly(0xffff_ffff)],
    ['one byte too many', 'too-large', lengthOnly(8194)],
    ['HTTP', 'too-large', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['an unknown kind', 'bad-message', Buffer.from([0, 0, 0, 2, 9, 9])],
    ['no JSON', 'bad-message', Buffer.from([0, 0, 0, 2, 1, 0x7b])],
    ['no UTF-8', 'bad-message', Buffer.from([0, 0, 0, 3, 1, 0xff, 0xfe])],
    ['a claim before the hello', 'bad-message', controlBytes({ type: 'claim', request: 1, holder: suzuki })],
    ['a report', 'bad-message', encodeReport(1, Buffer.from([1]))[0] ?? Buffer.alloc(0)],
    ['another protocol', 'bad-message', controlBytes({ type: 'hello', protocol: 'x', version: 1 })],
    [
      'another version',
      'version',
      controlBytes({
        type: 'hello',
        protocol: 'uketsuke-relay',
        version: 2,
        seat: '',
        nonce: Buffer.alloc(32).toString('base64'),
        proof: null,
      }),
    ],
  ])('%s: refused and closed, and the next desk is served', async (_what, code, bytes) => {
    const relay = await start()
    const one = await stranger(relay.port)
    one.socket.write(bytes)
    expect(await one.until('error')).toMatchObject({ code })
    await one.closed
    expect((await relay.desk().status()).kind).toBe('ready')
  })

  it('a desk that turns bad loses its claim', async () => {
    const relay = await start()
    const one = await proven(relay)
    one.socket.write(encodeControl({ type: 'claim', request: 1, holder: suzuki }))
    await one.until('claimed')
    one.socket.write(Buffer.alloc(4))
    await one.until('error')
    expect(relay.relay.state).toMatchObject({ holder: null })
    await one.closed
  })

  it('one byte after another without end is no hello and no sign of life', async () => {
    const relay = await start({ helloTimeoutMs: 300, heartbeatMs: 100, missedLimit: 3 })
    const dripping = async (one: Awaited<ReturnType<typeof stranger>>) => {
      one.socket.write(lengthOnly(8000))
      const drip = setInterval(() => one.socket.write(Buffer.from([1])), 20)
      await one.closed
      clearInterval(drip)
    }
    await dripping(await stranger(relay.port))
    await dripping(await proven(relay))
    expect((await relay.desk().status()).kind).toBe('ready')
  })

  it('a connection that never begins TLS is closed', async () => {
    const relay = await start({ helloTimeoutMs: 300 })
    const socket = connectPlain({ host: '127.0.0.1', port: relay.port })
    await closing(socket)
    expect((await relay.desk().status()).kind).toBe('ready')
  })
})

describe('the relay program', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'relay-run-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  async function run(...args: string[]) {
    const lines: RelayLine[] = []
    const bus = new FakeBus()
    const keypad = hidDevice({
      lockFolder: join(folder, 'locks'),
      binding: async () => bus,
      read: { featureReportBytes: 8, replyTimeoutMs: 60, pollMs: 1 },
    })
    const complaints: string[] = []
    const result = await runRelay(args, {
      folder: join(folder, 'relay'),
      keypad,
      clock: systemClock,
      log: silentLog,
      say: (line) => lines.push(line),
      complain: (text) => complaints.push(text),
    })
    return { result, lines, bus, complaints }
  }
  async function ready(...args: string[]) {
    const { result, lines, bus } = await run('--listen', '127.0.0.1', '--port', '0', ...args)
    if (result.kind !== 'running') throw new Error(JSON.stringify(lines))
    const [line] = lines
    if (line === undefined || !('ready' in line)) throw new Error('no ready line')
    return { run: result, line, lines, bus }
  }

  it('shows a new code once, keeps none, and keeps certificate and pairing over a restart', async () => {
    const first = await ready('--name', '受注センター')
    expect(first.line).toMatchObject({
      relay: { name: '受注センター', host: '127.0.0.1' },
      keypad: { kind: 'ready' },
    })
    expect(first.line.pairingCode).toMatch(/^([2-9A-HJ-NP-Z]{5}-){4}[2-9A-HJ-NP-Z]{5}$/)
    await first.run.close()
    expect(first.lines.at(-1)).toEqual({ event: 'ended' })
    const second = await ready()
    expect(second.line.pairingCode).toBeNull()
    expect(second.line.relay.fingerprint256).toBe(first.line.relay.fingerprint256)
    await second.run.close()
    const files = readdirSync(join(folder, 'relay'))
    expect(files.toSorted()).toEqual(['pairing.json', 'relay-cert.pem', 'relay-key.pem'])
    const letters = first.line.pairingCode?.replaceAll('-', '') ?? ''
    for (const file of files) {
      const path = join(folder, 'relay', file)
      if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
      expect(readFileSync(path, 'utf8').replaceAll('-', '')).not.toContain(letters)
    }
    const third = await ready('--new-pairing')
    expect(third.line.pairingCode).not.toBeNull()
    expect(third.line.pairingCode).not.toBe(first.line.pairingCode)
    await third.run.close()
  })

  it('tells when the keypad is unplugged', async () => {
    const { run: running, lines, bus } = await ready()
    bus.interfaces = []
    bus.keypad.unplug()
    expect(lines.at(-1)).toEqual({ event: 'keypad', keypad: { kind: 'trouble', trouble: 'unplugged' } })
    await running.close()
  })

  it.each([
    [[]],
    [['--listen', '0.0.0.0']],
    [['--listen', 'localhost']],
    [['--listen', '127.0.0.1', '--port', '70000']],
    [['--listen', '127.0.0.1', '--fast']],
  ])('ends with 2 and its usage for %j', async (args) => {
    const { result, lines, complaints } = await run(...args)
    expect(result).toEqual({ kind: 'failed', exitCode: 2 })
    expect(lines).toMatchObject([{ error: 'usage' }])
    expect(complaints.join('')).toContain('--listen')
  })

  it('ends with 3 when the port is taken, with 4 when what is kept is broken', async () => {
    const { run: running, line } = await ready()
    const second = await run('--listen', '127.0.0.1', '--port', String(line.relay.port))
    expect(second.result).toEqual({ kind: 'failed', exitCode: 3 })
    expect(second.lines).toMatchObject([{ error: 'address' }])
    await running.close()
    writeFileSync(join(folder, 'relay', 'pairing.json'), '{"storedKey":"')
    expect((await run('--listen', '127.0.0.1', '--port', '0')).result).toEqual({
      kind: 'failed',
      exitCode: 4,
    })
    writeFileSync(join(folder, 'relay', 'relay-cert.pem'), 'nothing')
    await expect(relayIdentity(join(folder, 'relay'), systemClock)).rejects.toThrow()
  })
})
