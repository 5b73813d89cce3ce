import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { keyedFrame } from '../support/acquirer'
import { hostileGround, http, REQUEST, sent, type HostileGround } from '../support/hostile-service'

let ground: HostileGround

beforeAll(async () => {
  ground = await hostileGround()
})
afterEach(() => ground.clear())

const APPROVED = {
  kind: 'approved',
  serviceTransactionId: 'txn_1',
  approvalCode: '123456',
  holdUntil: null,
}

describe('an answer that is no answer', () => {
  it.each([
    ['words', http(200, 'welcome to the café'), 'garbage'],
    ['nothing', http(200, ''), 'garbage'],
    ['broken JSON', http(200, '{"kind":"approved",'), 'garbage'],
    ['another JSON', http(200, '[]'), 'garbage'],
    ['a promise without its parts', http(200, '{"kind":"approved"}'), 'garbage'],
    ['wrong types', http(200, JSON.stringify({ ...APPROVED, serviceTransactionId: 7 })), 'garbage'],
    ['an empty id', http(200, JSON.stringify({ ...APPROVED, serviceTransactionId: '' })), 'garbage'],
    [
      'an endless id',
      http(200, JSON.stringify({ ...APPROVED, serviceTransactionId: 'x'.repeat(999) })),
      'garbage',
    ],
    ['a redirect', http(302, '', 'location: https://127.0.0.1:1/\r\n'), 'garbage'],
    ['no content', 'HTTP/1.1 204 X\r\n\r\n', 'garbage'],
    ['approval with an error status', http(400, JSON.stringify(APPROVED)), 'garbage'],
    ['a decline without a code', http(402, '{"kind":"declined"}'), 'garbage'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'garbage'],
    ['two lengths', `HTTP/1.1 200 X\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}`, 'garbage'],
    ['endless headers', `HTTP/1.1 200 X\r\n${'x-more: and more\r\n'.repeat(20_000)}\r\n`, 'garbage'],
    ['an error page', http(500, '<html>'), 'server-error'],
    ['a gateway in between', http(502, JSON.stringify(APPROVED)), 'server-error'],
    ['a conflict', http(409, '{"kind":"declined","code":"999","rawCode":"seen before"}'), 'server-error'],
  ])('%s', async (_what, text, cause) => {
    const server = await ground.answering(text)
    expect(await ground.adapter(server.port).authorize(REQUEST)).toEqual(sent(cause))
    expect(server.received()).toContain('"key-of-this-attempt"')
  })

  it('reads a good one from the same kind of server', async () => {
    const server = await ground.answering(http(200, JSON.stringify(APPROVED)))
    expect(await ground.adapter(server.port).authorize(REQUEST)).toEqual(APPROVED)
    expect(server.received()).toMatch(/^POST \/v1\/payments HTTP\/1\.1\r\n/)
    expect(server.received().toLowerCase()).toContain('authorization: bearer merchant')
  })

  it('an answer without end is given up, and its line is cut', async () => {
    let closed: Promise<unknown> = Promise.resolve()
    const server = await ground.hostile((socket) => {
      closed = new Promise((resolve) => {
        socket.once('close', resolve)
      })
      socket.write('HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n')
      const pour = (): void => {
        while (!socket.destroyed && socket.write(`4000\r\n${' '.repeat(0x4000)}\r\n`));
      }
      socket.on('drain', pour)
      pour()
    })
    expect(await ground.adapter(server.port).authorize(REQUEST)).toEqual(sent('garbage'))
    await closed
  })
})

describe('a token that is not believed', () => {
  const TOKEN = {
    kind: 'tokenized',
    token: 'tok_12345678',
    brand: 'VISA',
    masked: '411111******1111',
    expiryYYMM: '3012',
  }

  it.each([
    ['more digits than may be shown', { masked: '41111111***1111' }],
    ['the whole number', { masked: '4111111111111111' }],
    ['digits hidden between marks', { masked: '4*1111111111111*1111' }],
    ['no last three digits', { masked: '************' }],
    ['no month', { expiryYYMM: '3013' }],
    ['no token', { token: '' }],
    ['a brand without end', { brand: 'V'.repeat(500) }],
  ])('%s', async (_what, wrong) => {
    const server = await ground.answering(http(200, JSON.stringify({ ...TOKEN, ...wrong })))
    expect(await ground.adapter(server.port).tokenize(keyedFrame())).toEqual(sent('garbage'))
  })

  it('but a good one is', async () => {
    const server = await ground.answering(http(200, JSON.stringify({ ...TOKEN, pan: '4111111111111111' })))
    expect(await ground.adapter(server.port).tokenize(keyedFrame())).toEqual(TOKEN)
  })
})

describe('books that are not believed', () => {
  const FOUND = {
    kind: 'found',
    state: 'authorized',
    serviceTransactionId: 'txn_1',
    approvalCode: '1',
    holdUntil: null,
    capturedAmount: 0,
    refundedAmount: 0,
    operationKeys: [],
    code: null,
    rawCode: null,
  }

  it.each([
    ['a state that nobody knows', { state: 'perhaps' }],
    ['money that is no whole yen', { capturedAmount: 0.5 }],
    ['less than nothing', { refundedAmount: -1 }],
  ])('%s', async (_what, wrong) => {
    const server = await ground.answering(http(200, JSON.stringify({ ...FOUND, ...wrong })))
    expect(await ground.adapter(server.port).inquire('payment-1')).toEqual(sent('garbage'))
  })

  it('a decline is no answer to an inquiry: it never means "not found"', async () => {
    const server = await ground.answering(http(402, '{"kind":"declined","code":"999","rawCode":"x"}'))
    expect(await ground.adapter(server.port).inquire('payment-1')).toEqual(sent('garbage'))
    const missing = await ground.answering(http(404, '{"error":"no such path"}'))
    expect(await ground.adapter(missing.port).inquire('payment-1')).toEqual(sent('garbage'))
  })

  it('an id cannot leave its place in the path', async () => {
    const server = await ground.answering(http(200, JSON.stringify(FOUND)))
    await ground.adapter(server.port).inquire('../handshake?x=1#\r\nx: y')
    expect(server.received()).toMatch(/^GET \/v1\/payments\/\.\.%2Fhandshake%3Fx%3D1%23%0D%0Ax%3A%20y HTTP/)
  })
})
