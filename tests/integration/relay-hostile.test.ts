import { createServer, type Server, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { KeypadPort } from '../../src/main/devices/keypad.port'
import { relayKeypad } from '../../src/main/devices/relay'
import { systemClock } from '../../src/main/platform/clock'
import { controlBytes, DeskReader, reportBytes, type DeskSays } from '../../src/simulator/keypad/wire'
import { ksnMemory, logClaim } from '../support/keypad-events'
import { keyedFrames } from '../support/keypad-vectors'

const holder = { seat: '1番席', operator: '鈴木' }
const frame = Buffer.from(keyedFrames[0]?.bytes ?? '', 'hex')
const hello = {
  type: 'hello',
  protocol: 'uketsuke-relay',
  version: 1,
  relay: 'test',
  nonce: Buffer.alloc(32, 7).toString('base64'),
  pairing: false,
  heartbeatMs: 5000,
  missedLimit: 3,
}
const facts = { serial: 'X', model: null, firmware: null, securityLevel: '3' }
const welcome = { type: 'welcome', proof: null, keypad: { kind: 'ready', facts, holder: null } }
const open: { port: KeypadPort; server: Server }[] = []

afterEach(async () => {
  for (const { port, server } of open.splice(0)) {
    await port.close()
    server.close()
  }
})

/** A desk connected to a server that behaves as written. */
async function deskAt(
  connected: (socket: Socket) => void,
  said: (message: DeskSays, socket: Socket) => void = () => undefined,
): Promise<KeypadPort> {
  const server = createServer((socket) => {
    const reader = new DeskReader()
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      for (const message of reader.push(chunk)) said(message, socket)
    })
    connected(socket)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = relayKeypad({
    host: '127.0.0.1',
    port: typeof address === 'object' && address !== null ? address.port : 0,
    tls: null,
    pairingCode: null,
    training: true,
    ksnMemory: ksnMemory(),
    clock: systemClock,
    answerTimeoutMs: 300,
    reconnectMs: 60_000,
  })
  open.push({ port, server })
  return port
}

const greeting = (socket: Socket) => socket.write(Buffer.concat([controlBytes(hello), controlBytes(welcome)]))
const trouble = (word: string) => ({ kind: 'trouble', trouble: word })
const lengthOnly = (length: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  return bytes
}

describe('a relay that is none', () => {
  it.each<[string, string, (socket: Socket) => void]>([
    ['an HTTP server', 'relay-protocol', (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nhello')],
    ['a silent one', 'relay-unreachable', () => undefined],
    ['one that closes', 'relay-refused', (socket) => socket.end()],
    ['one that resets', 'relay-refused', (socket) => socket.resetAndDestroy()],
    ['a length of zero', 'relay-protocol', (socket) => socket.write(Buffer.alloc(4))],
    ['a huge length', 'relay-protocol', (socket) => socket.write(lengthOnly(0xffff_ffff))],
    ['half a message', 'relay-unreachable', (socket) => socket.write(controlBytes(hello).subarray(0, 50))],
    ['an unknown kind', 'relay-protocol', (socket) => socket.write(Buffer.from([0, 0, 0, 2, 9, 9]))],
    ['no JSON', 'relay-protocol', (socket) => socket.write(Buffer.from([0, 0, 0, 2, 1, 0x7b]))],
    ['no UTF-8', 'relay-protocol', (socket) => socket.write(Buffer.from([0, 0, 0, 3, 1, 0xff, 0xfe]))],
    [
      'JSON that is no object',
      'relay-protocol',
      (socket) => socket.write(Buffer.from([0, 0, 0, 2, 1, 0x31])),
    ],
    [
      'a hello of another protocol',
      'relay-protocol',
      (s) => s.write(controlBytes({ ...hello, protocol: 'x' })),
    ],
    ['a heartbeat of nothing', 'relay-protocol', (s) => s.write(controlBytes({ ...hello, heartbeatMs: 0 }))],
    ['a welcome before the hello', 'relay-protocol', (socket) => socket.write(controlBytes(welcome))],
    [
      'two hellos',
      'relay-protocol',
      (s) => s.write(Buffer.concat([controlBytes(hello), controlBytes(hello)])),
    ],
    ['a report before the welcome', 'relay-protocol', (socket) => socket.write(reportBytes(1, frame))],
    ['a version that it refuses', 'relay-protocol', (s) => s.write(controlBytes(error('version')))],
    ['a full one', 'relay-refused', (socket) => socket.write(controlBytes(error('too-many')))],
    [
      'a name full of control characters',
      'relay-protocol',
      (s) => s.write(controlBytes({ ...hello, relay: '\u0007' })),
    ],
  ])('%s', async (_what, word, connected) => {
    const port = await deskAt(connected)
    expect(await port.status()).toEqual(trouble(word))
  })

  it('random bytes end in a trouble, never in a crash', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
        fc.boolean(),
        async (bytes, afterHello) => {
          const port = await deskAt((socket) => {
            if (afterHello) socket.write(controlBytes(hello))
            socket.end(Buffer.from(bytes))
          })
          expect((await port.status()).kind).toBe('trouble')
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('a relay that misbehaves later', () => {
  it('unknown messages of a later version are passed over, byte by byte', async () => {
    const bytes = Buffer.concat([
      controlBytes({ ...hello, colour: 'red' }),
      controlBytes({ type: 'weather', sun: true }),
      controlBytes(welcome),
    ])
    const port = await deskAt((socket) => {
      socket.setNoDelay(true)
      for (const byte of bytes) socket.write(Buffer.from([byte]))
    })
    expect(await port.status()).toEqual({ kind: 'ready', facts })
  })

  it('a frame for another claim is wiped, one for this claim is read', async () => {
    const port = await deskAt(greeting, (message, socket) => {
      if (message.type !== 'claim') return
      socket.write(controlBytes({ type: 'claimed', request: message['request'], claim: 8, facts }))
      socket.write(reportBytes(7, frame))
      socket.write(reportBytes(8, frame))
    })
    const result = await port.claim(holder)
    if (result.kind !== 'claimed') throw new Error('not claimed')
    const log = logClaim(result.claim)
    expect(await log.until(1)).toEqual(['frame C0'])
    expect(log.words).toHaveLength(1)
  })

  it('garbage during a claim takes the claim away', async () => {
    const port = await deskAt(greeting, (message, socket) => {
      if (message.type !== 'claim') return
      socket.write(controlBytes({ type: 'claimed', request: message['request'], claim: 1, facts }))
      socket.write(frame.subarray(0, 20))
      socket.write(Buffer.alloc(20_000, 0xff))
    })
    const result = await port.claim(holder)
    if (result.kind !== 'claimed') throw new Error('not claimed')
    expect(await logClaim(result.claim).until(1)).toEqual(['lost relay-protocol'])
    expect((await port.status()).kind).toBe('ready')
  })

  it('a claim that is answered too late is given back', async () => {
    let released: (claim: unknown) => void = () => undefined
    const givenBack = new Promise((resolve) => {
      released = resolve
    })
    let late: () => void = () => undefined
    const port = await deskAt(greeting, (message, socket) => {
      if (message.type === 'claim') {
        late = () =>
          socket.write(controlBytes({ type: 'claimed', request: message['request'], claim: 5, facts }))
      }
      if (message.type === 'release') released(message['claim'])
    })
    expect(await port.claim(holder)).toEqual(trouble('relay-unreachable'))
    late()
    expect(await givenBack).toBe(5)
  })

  it('long names of ours are cut to what the protocol allows', async () => {
    let seen: (holder: unknown) => void = () => undefined
    const claimed = new Promise((resolve) => {
      seen = resolve
    })
    const port = await deskAt(greeting, (message, socket) => {
      if (message.type !== 'claim') return
      seen(message['holder'])
      socket.write(controlBytes({ type: 'busy', request: message['request'], holder }))
    })
    expect(await port.claim({ seat: 'あ'.repeat(300), operator: 'a\nb' })).toEqual({ kind: 'in-use', holder })
    expect(await claimed).toEqual({ seat: 'あ'.repeat(100), operator: 'a b' })
  })
})

function error(code: string) {
  return { type: 'error', code, message: '' }
}
