import { connect as connectPlain } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { encodeControl, encodeReport } from '../../src/main/devices/relay/framing'
import { controlBytes } from '../../src/simulator/keypad/wire'
import { closing, proven, stranger, type Stranger } from '../support/relay-stranger'
import { openRelay, type RelayUnderTest } from '../support/relay-under-test'

const suzuki = { seat: '1番席', operator: '鈴木' }

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
    const dripping = async (one: Stranger) => {
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
