import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createTcpServer, connect, type AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { keyedFrame } from '../support/acquirer'
import {
  HASTY,
  hostileGround,
  http,
  PATIENT,
  REQUEST,
  sent,
  unsent,
  type HostileGround,
} from '../support/hostile-service'

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

describe('a line that fails', () => {
  it('is cut before the answer', async () => {
    const server = await ground.hostile((socket) => void socket.destroy())
    expect(await ground.adapter(server.port).authorize(REQUEST)).toEqual(sent('cut'))
  })

  it('is cut in the headers', async () => {
    const server = await ground.hostile((socket) => void socket.end('HTTP/1.1 200 X\r\ncontent-le'))
    expect(await ground.adapter(server.port).authorize(REQUEST)).toEqual(sent('cut'))
  })

  it('is cut in the body', async () => {
    const server = await ground.hostile(
      (socket) => void socket.end('HTTP/1.1 200 X\r\ncontent-length: 50\r\n\r\n{"kind"'),
    )
    expect(await ground.adapter(server.port).authorize(REQUEST)).toEqual(sent('cut'))
  })

  it('stays silent', async () => {
    const server = await ground.hostile(() => undefined)
    expect(await ground.adapter(server.port, HASTY).authorize(REQUEST)).toEqual(sent('timeout'))
  })

  it('drips: the whole answer has one time, not each drop', async () => {
    const server = await ground.hostile((socket) => {
      socket.write('HTTP/1.1 200 X\r\ncontent-length: 99999\r\n\r\n')
      const drip = setInterval(() => socket.write(' '), 20)
      socket.on('close', () => clearInterval(drip))
    })
    expect(await ground.adapter(server.port, HASTY).authorize(REQUEST)).toEqual(sent('timeout'))
  })

  it('is disturbed below TLS after the request: nobody can tell what was booked', async () => {
    const inner = await ground.hostile((_socket, server) => {
      if (server.received().includes('key-of-this-attempt')) disturb()
    })
    let disturb = (): void => undefined
    const port = await ground.listen(
      createTcpServer((socket) => {
        const onward = connect(inner.port, '127.0.0.1')
        onward.on('error', () => undefined)
        socket.pipe(onward)
        onward.pipe(socket)
        // Plain text in the middle of encrypted records: OpenSSL takes it for a wrong protocol version.
        disturb = () => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')
      }),
    )
    expect(await ground.adapter(port).authorize(REQUEST)).toEqual(sent('cut'))
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
    expect(await ground.adapter(port).authorize(REQUEST)).toEqual(unsent('refused'))
  })

  it('somebody listens and says nothing', async () => {
    const port = await ground.listen(createTcpServer())
    const service = ground.adapter(port, { connectMs: 300, answerMs: 20_000 })
    expect(await service.authorize(REQUEST)).toEqual(unsent('unreachable'))
  })

  it('the line is cut in the handshake', async () => {
    const port = await ground.listen(createTcpServer((socket) => socket.once('data', () => socket.destroy())))
    expect(await ground.adapter(port).authorize(REQUEST)).toEqual(unsent('unreachable'))
  })

  it('plain HTTP on this port', async () => {
    const port = await ground.listen(createHttpServer((_request, response) => response.end('{}')))
    expect(await ground.adapter(port).authorize(REQUEST)).toEqual(unsent('certificate'))
  })

  it('another certificate: not one byte is written, neither of a payment nor of a frame', async () => {
    const server = await ground.answering(http(200, JSON.stringify(APPROVED)))
    const service = ground.adapter(server.port, PATIENT, 'AB'.repeat(32))
    expect(await service.authorize(REQUEST)).toEqual(unsent('certificate'))
    expect(await service.tokenize(keyedFrame())).toEqual(unsent('certificate'))
    expect(await service.identify()).toEqual(unsent('certificate'))
    expect(server.received()).toBe('')
  })

  it('an empty pin matches nothing', async () => {
    const server = await ground.answering(http(200, JSON.stringify(APPROVED)))
    expect(await ground.adapter(server.port, PATIENT, '').authorize(REQUEST)).toEqual(unsent('certificate'))
    expect(server.received()).toBe('')
  })

  it('every line is taken by a request that hangs', async () => {
    const lines = 16
    const hanging = new Set<TLSSocket>()
    let allHang = (): void => undefined
    const taken = new Promise<void>((resolve) => {
      allHang = resolve
    })
    const server = await ground.hostile((socket, { received }) => {
      hanging.add(socket)
      if (received().split('key-of-this-attempt').length > lines) allHang()
    })
    const service = ground.adapter(server.port)
    const answers = Array.from({ length: lines }, () => service.authorize(REQUEST))
    await taken
    const cancel = new AbortController()
    const waiting = service.tokenize(keyedFrame(), cancel.signal)
    cancel.abort()
    expect(await waiting).toEqual(unsent('unreachable'))
    for (const socket of hanging) socket.destroy()
    expect(await Promise.all(answers)).toEqual(Array.from({ length: lines }, () => sent('cut')))
    expect(server.received()).not.toContain('/v1/tokens')
  })

  it('given up while it waited for its line: it is not sent later either', async () => {
    const server = await ground.answering(http(200, JSON.stringify(APPROVED)))
    let open = (): void => undefined
    let outcome: Promise<string> = Promise.resolve('')
    const port = await ground.listen(
      createTcpServer((socket) => {
        // The first line hangs in its handshake until it is opened; then it carries something, or is closed.
        const onward = connect(server.port, '127.0.0.1')
        onward.on('error', () => undefined)
        onward.pipe(socket)
        open = () => void socket.pipe(onward)
        outcome = once(socket, 'close').then(() => server.received())
      }),
    )
    const service = ground.adapter(port, HASTY)
    expect(await service.authorize(REQUEST)).toEqual(unsent('unreachable'))
    open()
    expect(await outcome).toBe('')
  })

  it('the caller had given up before', async () => {
    const server = await ground.hostile(() => undefined)
    const answer = await ground.adapter(server.port).tokenize(keyedFrame(), AbortSignal.abort())
    expect(answer).toEqual(unsent('unreachable'))
    expect(server.received()).toBe('')
  })

  it('the service was closed', async () => {
    const server = await ground.answering(http(200, JSON.stringify(APPROVED)))
    const service = ground.adapter(server.port)
    await service.close()
    expect(await service.authorize(REQUEST)).toEqual(unsent('unreachable'))
  })
})
