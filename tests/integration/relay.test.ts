import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { KeypadPort } from '../../src/main/devices/keypad.port'
import { readRelayCertificate, relayKeypad, type RelayKeypadOptions } from '../../src/main/devices/relay'
import { systemClock } from '../../src/main/platform/clock'
import { claimOrFail, ksnMemory, logClaim, statusUntil } from '../support/keypad-events'
import { simulatorFolder, startSimulator, type SimulatorProcess } from '../support/keypad-simulator'

const suzuki = { seat: '1番席', operator: '鈴木' }
const sato = { seat: '2番席', operator: '佐藤' }
const ports: KeypadPort[] = []

function desk(
  options: Partial<RelayKeypadOptions> & Pick<RelayKeypadOptions, 'port'>,
): KeypadPort & { readonly memory: ReturnType<typeof ksnMemory> } {
  const memory = ksnMemory()
  const port = relayKeypad({
    host: '127.0.0.1',
    tls: null,
    pairingCode: null,
    training: true,
    ksnMemory: memory,
    clock: systemClock,
    reconnectMs: 20,
    ...options,
  })
  ports.push(port)
  return Object.assign(port, { memory })
}

afterEach(async () => {
  await Promise.all(ports.splice(0).map((port) => port.close()))
})

describe('one simulator, plain TCP on this PC', () => {
  const place = simulatorFolder()
  let simulator: SimulatorProcess
  beforeAll(async () => {
    simulator = await startSimulator(place.folder)
  })
  afterAll(async () => {
    await simulator.stop()
    place.remove()
  })
  const open = () => desk({ port: simulator.relay.port })

  it('tells the keypad', async () => {
    expect(await open().status()).toEqual({
      kind: 'ready',
      facts: { serial: 'TEST000001', model: 'Simulated SREDKey', firmware: '1.00', securityLevel: '3' },
    })
  })

  it('a second seat sees who holds the keypad, and gets it after the release', async () => {
    const [first, second] = [open(), open()]
    const claim = await claimOrFail(first, suzuki)
    expect(await second.claim(sato)).toEqual({ kind: 'in-use', holder: suzuki })
    expect(await second.status()).toMatchObject({ kind: 'in-use', holder: suzuki })
    const free = statusUntil(second, (status) => status.kind === 'ready')
    await claim.release()
    await free
    await (await claimOrFail(second, sato)).release()
  })

  it('a desk that goes away loses its claim', async () => {
    const [first, second] = [open(), open()]
    await claimOrFail(first, suzuki)
    await statusUntil(second, (status) => status.kind === 'in-use')
    await first.close()
    await statusUntil(second, (status) => status.kind === 'ready')
  })

  it.each([
    ['C0', { masked: '4111********1111', serial: 'TEST000001' }],
    ['85', { masked: null, serial: null }],
  ] as const)('a card keyed as %s', async (format, facts) => {
    const port = open()
    const claim = await claimOrFail(port, suzuki)
    const log = logClaim(claim)
    expect(await simulator.key({ format })).toEqual({ status: 200, body: { ok: true, delivered: true } })
    await log.receiving()
    expect(await log.until(1)).toEqual([`frame ${format}`])
    const [reading] = log.readings
    if (reading?.kind !== 'frame') throw new Error('no frame')
    expect(reading.frame.facts).toMatchObject({ format, expiryYYMM: '3012', cipher: 'TDES-CBC', ...facts })
    expect(reading.frame.use((bytes) => Buffer.from(bytes).includes('4111111111111111'))).toBe(false)
    expect(await reading.lateRefusal).toBeNull()
    expect(port.memory.stored.get(reading.frame.facts.keySet)).toBe(reading.frame.facts.counter)
    reading.frame.wipe()
    await claim.release()
  })

  it.each([
    ['broken-lrc', ['lrc']],
    ['cut-frame', ['incomplete']],
    ['pause', ['incomplete']],
    ['two-frames', ['frame C0', 'frame C0']],
    ['plaintext', ['not-encrypted']],
    ['swipe', ['swipe']],
    ['slow-bytes', ['frame C0']],
  ])('fault %s', async (fault, expected) => {
    const claim = await claimOrFail(open(), suzuki)
    const log = logClaim(claim)
    await simulator.key({ fault })
    const words = await log.until(expected.length)
    expect(words.slice(0, expected.length)).toEqual(expected)
    // Cipher bytes left over after a gap may look like the start of a frame: refused again, never read.
    expect(words.slice(expected.length).filter((word) => word.startsWith('frame'))).toEqual([])
    await claim.release()
  })

  it('fault replayed-ksn, and a good read after it', async () => {
    const claim = await claimOrFail(open(), suzuki)
    const log = logClaim(claim)
    await simulator.key()
    await log.until(1)
    await simulator.key({ fault: 'replayed-ksn' })
    await log.until(2)
    await simulator.key({ pan: '378282246310005' })
    expect(await log.until(3)).toEqual(['frame C0', 'replay', 'frame C0'])
    await claim.release()
  })

  it('a card keyed while nobody waits is discarded', async () => {
    expect((await simulator.key()).body).toEqual({ ok: true, delivered: false })
    const claim = await claimOrFail(open(), suzuki)
    const log = logClaim(claim)
    await simulator.key()
    expect(await log.until(1)).toEqual(['frame C0'])
    await claim.release()
  })

  it('unplugged in the middle of a frame, and plugged in again', async () => {
    const port = open()
    const log = logClaim(await claimOrFail(port, suzuki))
    const keyed = simulator.key({ fault: 'pause' })
    await log.receiving()
    await simulator.plug(false)
    expect(await log.until(1)).toEqual(['lost unplugged'])
    expect(await port.status()).toEqual({ kind: 'trouble', trouble: 'unplugged' })
    expect(await port.claim(suzuki)).toEqual({ kind: 'trouble', trouble: 'unplugged' })
    const back = statusUntil(port, (status) => status.kind === 'ready')
    await simulator.plug(true)
    await back
    await keyed
  })

  it('only published test cards, only with the token', async () => {
    expect((await simulator.key({ pan: '4111111111111129' })).status).toBe(422)
    expect((await simulator.key({ exp: '3013' })).status).toBe(422)
    expect((await simulator.key({ fault: 'fire' })).status).toBe(400)
    const card = { pan: '4111111111111111', exp: '3012' }
    expect((await simulator.control('/key', card, 'guess')).status).toBe(401)
    expect((await simulator.control('/keys', card)).status).toBe(404)
  })

  it('wants TLS as soon as it is not training, and for every other address', async () => {
    const { port } = simulator.relay
    const trouble = (word: string) => ({ kind: 'trouble', trouble: word })
    expect(await desk({ port, training: false }).status()).toEqual(trouble('tls-required'))
    expect(await desk({ port, host: '192.168.0.1' }).status()).toEqual(trouble('tls-required'))
    expect(await desk({ port, host: '8.8.8.8' }).status()).toEqual(trouble('address-not-private'))
    expect(await desk({ port, host: 'localhost' }).claim(sato)).toEqual(trouble('address-not-private'))
  })
})

describe('TLS and pairing', () => {
  const place = simulatorFolder()
  const code = 'ABCDE-FGH23'
  let simulator: SimulatorProcess
  let tls: { fingerprint256: string }
  beforeAll(async () => {
    simulator = await startSimulator(place.folder, '--tls', '--pairing', code)
    tls = { fingerprint256: simulator.relay.fingerprint256 ?? '' }
  })
  afterAll(async () => {
    await simulator.stop()
    place.remove()
  })
  const trouble = (word: string) => ({ kind: 'trouble', trouble: word })

  it('a pinned certificate and the code let a card through', async () => {
    const port = desk({ port: simulator.relay.port, tls, pairingCode: 'abcde fgh23' })
    const claim = await claimOrFail(port, suzuki)
    const log = logClaim(claim)
    await simulator.key()
    expect(await log.until(1)).toEqual(['frame C0'])
    await claim.release()
  })

  it('the certificate can be read for pinning', async () => {
    expect(await readRelayCertificate({ host: '127.0.0.1', port: simulator.relay.port })).toEqual({
      kind: 'certificate',
      fingerprint256: tls.fingerprint256,
      simulator: true,
    })
  })

  it('refuses another certificate, another code, no code, and the simulator in production', async () => {
    const { port } = simulator.relay
    const other = { fingerprint256: '00'.repeat(32) }
    expect(await desk({ port, tls: other, pairingCode: code }).status()).toEqual(
      trouble('certificate-changed'),
    )
    expect(await desk({ port, tls, pairingCode: 'ZZZZZ-ZZZZZ' }).status()).toEqual(trouble('relay-pairing'))
    expect(await desk({ port, tls, pairingCode: null }).status()).toEqual(trouble('relay-pairing'))
    expect(await desk({ port, tls, pairingCode: code, training: false }).status()).toEqual(
      trouble('simulator-refused'),
    )
  })

  it('plain TCP to a TLS relay and TLS to something else come to nothing', async () => {
    const plain = await desk({ port: simulator.relay.port, answerTimeoutMs: 500 }).status()
    expect(plain).toMatchObject({ kind: 'trouble' })
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const port = await listening(server)
    expect(await desk({ port, tls }).status()).toEqual(trouble('relay-protocol'))
    server.close()
  })

  it('keeps its certificate over a restart', async () => {
    await simulator.stop()
    simulator = await startSimulator(place.folder, '--tls', '--pairing', code)
    expect(simulator.relay.fingerprint256).toBe(tls.fingerprint256)
  })
})

describe('when the relay is gone', () => {
  it('process killed in mid-frame: the claim is lost; after a restart it goes on with a new counter', async () => {
    const place = simulatorFolder()
    const first = await startSimulator(place.folder)
    const { port } = first.relay
    const keypad = desk({ port })
    const log = logClaim(await claimOrFail(keypad, suzuki))
    await first.key()
    await log.until(1)
    // The answer never comes: the process dies in between.
    const keyed = first.key({ fault: 'pause' }).catch(() => null)
    await log.receiving(2)
    await first.stop('SIGKILL')
    await keyed
    expect(await log.until(2)).toEqual(['frame C0', 'lost relay-refused'])
    expect(await keypad.status()).toEqual({ kind: 'trouble', trouble: 'relay-refused' })
    const back = statusUntil(keypad, (status) => status.kind === 'ready')
    const second = await startSimulator(place.folder, '--port', String(port))
    await back
    const claim = await claimOrFail(keypad, suzuki)
    const next = logClaim(claim)
    await second.key()
    expect(await next.until(1)).toEqual(['frame C0'])
    await claim.release()
    await second.stop()
    place.remove()
  })

  it('a relay that has stopped answering is noticed by its heartbeat', async () => {
    const place = simulatorFolder()
    const simulator = await startSimulator(place.folder, '--heartbeat', '100')
    const keypad = desk({ port: simulator.relay.port, answerTimeoutMs: 300 })
    const log = logClaim(await claimOrFail(keypad, suzuki))
    simulator.signal('SIGSTOP')
    expect(await log.until(1)).toEqual(['lost relay-unreachable'])
    const back = statusUntil(keypad, (status) => status.kind === 'ready')
    simulator.signal('SIGCONT')
    await back
    await simulator.stop()
    place.remove()
  })

  it('nobody listens', async () => {
    const server = createServer()
    const port = await listening(server)
    await new Promise((resolve) => server.close(resolve))
    expect(await desk({ port }).status()).toEqual({ kind: 'trouble', trouble: 'relay-refused' })
    expect(await desk({ port }).claim(sato)).toEqual({ kind: 'trouble', trouble: 'relay-refused' })
  })
})

function listening(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}
