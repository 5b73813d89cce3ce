import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import {
  createServer as createTcpServer,
  connect,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { httpPaymentService } from '../../src/main/gateways/http-service/http-payment-service'
import type { AuthorizeRequest, PaymentService } from '../../src/main/gateways/payment-service.port'
import { acquirerCertificate, type Certificate } from '../../src/simulator/acquirer/certificate'
import { acquirerFolder, keyedFrame } from '../support/acquirer'

const PATIENT = { connectMs: 10_000, answerMs: 20_000 }
/** Long enough to connect on a busy machine, short enough for a test that waits for its end. */
const HASTY = { connectMs: 10_000, answerMs: 600 }

let certificate: Certificate
const undo: (() => unknown)[] = []

beforeAll(async () => {
  const own = acquirerFolder()
  certificate = await acquirerCertificate(own.folder)
  own.remove()
})
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** Listens on a free port; all its sockets are cut when the test ends. */
async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  undo.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

interface Hostile {
  readonly port: number
  /** What reached the far side, in clear. */
  received(): string
}

/** A TLS server with the pinned certificate that does as it likes once it has read something. */
async function hostile(act: (socket: TLSSocket, server: Hostile) => void): Promise<Hostile> {
  let text = ''
  const server = createTlsServer({ key: certificate.pem, cert: certificate.pem }, (socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      act(socket, told)
    })
  })
  server.on('tlsClientError', () => undefined)
  const told: Hostile = { port: await listen(server), received: () => text }
  return told
}

function adapter(
  port: number,
  timeouts = PATIENT,
  fingerprint256 = certificate.fingerprint256,
): PaymentService {
  const service = httpPaymentService({
    id: 'hostile',
    name: 'hostile',
    url: `https://127.0.0.1:${port}`,
    fingerprint256,
    merchantKey: 'merchant',
    timeouts,
  })
  undo.push(() => service.close())
  return service
}

const REQUEST: AuthorizeRequest = {
  idempotencyKey: 'key-of-this-attempt',
  paymentId: 'payment-1',
  token: 'tok_1234567890',
  amount: 3_980,
  moto: true,
  initiator: 'customer',
}

const sent = (cause: string) => ({ kind: 'trouble', sent: true, cause })
const unsent = (cause: string) => ({ kind: 'trouble', sent: false, cause })
const http = (status: number, body: string, headers = '') =>
  `HTTP/1.1 ${status} X\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`
const answering = (text: string) => hostile((socket) => void socket.write(text))

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
    ['an unknown merchant', http(401, '{"error":"unknown merchant"}'), 'garbage'],
    ['approval with an error status', http(400, JSON.stringify(APPROVED)), 'garbage'],
    ['a decline without a code', http(402, '{"kind":"declined"}'), 'garbage'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'garbage'],
    ['two lengths', `HTTP/1.1 200 X\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}`, 'garbage'],
    ['endless headers', `HTTP/1.1 200 X\r\n${'x-more: and more\r\n'.repeat(20_000)}\r\n`, 'garbage'],
    ['an error page', http(500, '<html>'), 'server-error'],
    ['a gateway in between', http(502, JSON.stringify(APPROVED)), 'server-error'],
    ['a conflict', http(409, '{"kind":"declined","code":"999","rawCode":"seen before"}'), 'server-error'],
  ])('%s', async (_what, text, cause) => {
    const server = await answering(text)
    expect(await adapter(server.port).authorize(REQUEST)).toEqual(sent(cause))
    expect(server.received()).toContain('"key-of-this-attempt"')
  })

  it('reads a good one from the same kind of server', async () => {
    const server = await answering(http(200, JSON.stringify(APPROVED)))
    expect(await adapter(server.port).authorize(REQUEST)).toEqual(APPROVED)
    expect(server.received()).toMatch(/^POST \/v1\/payments HTTP\/1\.1\r\n/)
    expect(server.received().toLowerCase()).toContain('authorization: bearer merchant')
  })

  it('an answer without end is given up, and its line is cut', async () => {
    let closed: Promise<unknown> = Promise.resolve()
    const server = await hostile((socket) => {
      closed = once(socket, 'close')
      socket.write('HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n')
      const pour = (): void => {
        while (!socket.destroyed && socket.write(`4000\r\n${' '.repeat(0x4000)}\r\n`));
      }
      socket.on('drain', pour)
      pour()
    })
    expect(await adapter(server.port).authorize(REQUEST)).toEqual(sent('garbage'))
    await closed
  })
})

describe('a line that fails', () => {
  it('is cut before the answer', async () => {
    const server = await hostile((socket) => void socket.destroy())
    expect(await adapter(server.port).authorize(REQUEST)).toEqual(sent('cut'))
  })

  it('is cut in the headers', async () => {
    const server = await hostile((socket) => void socket.end('HTTP/1.1 200 X\r\ncontent-le'))
    expect(await adapter(server.port).authorize(REQUEST)).toEqual(sent('cut'))
  })

  it('is cut in the body', async () => {
    const server = await hostile(
      (socket) => void socket.end('HTTP/1.1 200 X\r\ncontent-length: 50\r\n\r\n{"kind"'),
    )
    expect(await adapter(server.port).authorize(REQUEST)).toEqual(sent('cut'))
  })

  it('stays silent', async () => {
    const server = await hostile(() => undefined)
    expect(await adapter(server.port, HASTY).authorize(REQUEST)).toEqual(sent('timeout'))
  })

  it('drips: the whole answer has one time, not each drop', async () => {
    const server = await hostile((socket) => {
      socket.write('HTTP/1.1 200 X\r\ncontent-length: 99999\r\n\r\n')
      const drip = setInterval(() => socket.write(' '), 20)
      socket.on('close', () => clearInterval(drip))
    })
    expect(await adapter(server.port, HASTY).authorize(REQUEST)).toEqual(sent('timeout'))
  })

  it('is disturbed below TLS after the request: nobody can tell what was booked', async () => {
    const inner = await hostile((_socket, server) => {
      if (server.received().includes('key-of-this-attempt')) disturb()
    })
    let disturb = (): void => undefined
    const port = await listen(
      createTcpServer((socket) => {
        const onward = connect(inner.port, '127.0.0.1')
        onward.on('error', () => undefined)
        socket.pipe(onward)
        onward.pipe(socket)
        // A fatal alert in clear, in the middle of encrypted records: OpenSSL calls that a protocol error.
        disturb = () => void socket.write(Buffer.from('15030300020228', 'hex'))
      }),
    )
    expect(await adapter(port).authorize(REQUEST)).toEqual(sent('cut'))
  })
})

describe('a request that has surely not left', () => {
  it('nobody listens', async () => {
    const server = createTcpServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')
    expect(await adapter(port).authorize(REQUEST)).toEqual(unsent('refused'))
  })

  it('somebody listens and says nothing', async () => {
    const port = await listen(createTcpServer())
    const service = adapter(port, { connectMs: 300, answerMs: 20_000 })
    expect(await service.authorize(REQUEST)).toEqual(unsent('unreachable'))
  })

  it('the line is cut in the handshake', async () => {
    const port = await listen(createTcpServer((socket) => socket.once('data', () => socket.destroy())))
    expect(await adapter(port).authorize(REQUEST)).toEqual(unsent('unreachable'))
  })

  it('plain HTTP on this port', async () => {
    const port = await listen(createHttpServer((_request, response) => response.end('{}')))
    expect(await adapter(port).authorize(REQUEST)).toEqual(unsent('certificate'))
  })

  it('another certificate: not one byte is written, neither of a payment nor of a frame', async () => {
    const server = await answering(http(200, JSON.stringify(APPROVED)))
    const service = adapter(server.port, PATIENT, 'AB'.repeat(32))
    expect(await service.authorize(REQUEST)).toEqual(unsent('certificate'))
    expect(await service.tokenize(keyedFrame())).toEqual(unsent('certificate'))
    expect(await service.identify()).toEqual(unsent('certificate'))
    expect(server.received()).toBe('')
  })

  it('an empty pin matches nothing', async () => {
    const server = await answering(http(200, JSON.stringify(APPROVED)))
    expect(await adapter(server.port, PATIENT, '').authorize(REQUEST)).toEqual(unsent('certificate'))
    expect(server.received()).toBe('')
  })

  it('every line is taken by a request that hangs', async () => {
    const server = await hostile(() => undefined)
    const service = adapter(server.port, HASTY)
    const answers = await Promise.all(
      Array.from({ length: 17 }, (_, index) =>
        service.authorize({ ...REQUEST, paymentId: `payment-${index}` }),
      ),
    )
    const told = (index: number) => server.received().includes(`"payment-${index}"`)
    expect(answers.map((answer) => 'sent' in answer && answer.sent)).toEqual(
      Array.from({ length: 17 }, (_, index) => told(index)),
    )
    expect(answers.filter((answer) => 'sent' in answer && !answer.sent)).toEqual([unsent('unreachable')])
  })

  it('the caller had given up before', async () => {
    const server = await hostile(() => undefined)
    const answer = await adapter(server.port).tokenize(keyedFrame(), AbortSignal.abort())
    expect(answer).toEqual(unsent('unreachable'))
    expect(server.received()).toBe('')
  })

  it('the service was closed', async () => {
    const server = await answering(http(200, JSON.stringify(APPROVED)))
    const service = adapter(server.port)
    await service.close()
    expect(await service.authorize(REQUEST)).toEqual(unsent('unreachable'))
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
    const server = await answering(http(200, JSON.stringify({ ...TOKEN, ...wrong })))
    expect(await adapter(server.port).tokenize(keyedFrame())).toEqual(sent('garbage'))
  })

  it('but a good one is', async () => {
    const server = await answering(http(200, JSON.stringify({ ...TOKEN, pan: '4111111111111111' })))
    expect(await adapter(server.port).tokenize(keyedFrame())).toEqual(TOKEN)
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
    const server = await answering(http(200, JSON.stringify({ ...FOUND, ...wrong })))
    expect(await adapter(server.port).inquire('payment-1')).toEqual(sent('garbage'))
  })

  it('a decline is no answer to an inquiry: it never means "not found"', async () => {
    const server = await answering(http(402, '{"kind":"declined","code":"999","rawCode":"x"}'))
    expect(await adapter(server.port).inquire('payment-1')).toEqual(sent('garbage'))
    const missing = await answering(http(404, '{"error":"no such path"}'))
    expect(await adapter(missing.port).inquire('payment-1')).toEqual(sent('garbage'))
  })

  it('an id cannot leave its place in the path', async () => {
    const server = await answering(http(200, JSON.stringify(FOUND)))
    await adapter(server.port).inquire('../handshake?x=1#\r\nx: y')
    expect(server.received()).toMatch(/^GET \/v1\/payments\/\.\.%2Fhandshake%3Fx%3D1%23%0D%0Ax%3A%20y HTTP/)
  })
})
