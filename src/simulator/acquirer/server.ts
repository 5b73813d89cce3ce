import { createServer as createHttps, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { z } from 'zod'
import type { Engine } from './engine'
import { Authorize, FollowUp } from './engine'
import type { FaultQueue } from './faults'
import type { Journal } from './journal'
import { play, send, type Call, type Held } from './play'
import { SERVICES, type ServiceProfile } from './services'

export interface ServiceServer {
  readonly port: number
  /** False: connections are refused until it listens again. */
  listen(on: boolean): Promise<void>
  close(): Promise<void>
}

const MAX_BODY = 64 * 1024

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes: unknown = chunk
    if (!Buffer.isBuffer(bytes)) continue
    length += bytes.length
    if (length > MAX_BODY) throw new Error('body too long')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

const parse = <T>(schema: z.ZodType<T>, body: Buffer): T => schema.parse(JSON.parse(body.toString('utf8')))

/** What a request asks for; null when there is no such path. */
function callOf(
  engine: Engine,
  service: ServiceProfile,
  request: IncomingMessage,
  body: Buffer,
): Call | null {
  const [, version, noun, id, step] = (request.url ?? '').split('?')[0]?.split('/') ?? []
  if (version !== 'v1') return null
  if (noun === 'handshake') {
    const { maxProcessingMs, holdMs, idempotency, plans } = service
    const can = { zeroAmountCheck: true, partialRefund: true }
    const capabilities = { idempotency, maxProcessingMs, holdMs, ...can, plans }
    return {
      operation: 'handshake',
      run: () => ({ status: 200, body: { service: service.id, name: service.name, capabilities } }),
    }
  }
  if (noun === 'tokens' && request.method === 'POST') {
    return { operation: 'tokens', run: (code) => engine.tokenize(service, body, code) }
  }
  if (noun !== 'payments') return null
  if (id === undefined) {
    const wanted = parse(Authorize, body)
    return { operation: 'authorize', run: (code) => engine.authorize(service, wanted, code) }
  }
  const paymentId = decodeURIComponent(id)
  if (step === undefined) return { operation: 'inquire', run: () => engine.inquire(service, paymentId) }
  if (step !== 'capture' && step !== 'void' && step !== 'refund') return null
  const wanted = { ...parse(FollowUp, body), paymentId }
  return { operation: step, run: (code) => engine.followUp(service, step, wanted, code) }
}

/** The services' HTTPS door on loopback. Which service is meant, the merchant's key tells. */
export async function serveServices(options: {
  engine: Engine
  faults: FaultQueue
  merchantKeys: Readonly<Record<string, string>>
  journal: Journal
  held: Held
  certificate: { pem: string }
  port: number
}): Promise<ServiceServer> {
  const { engine, faults } = options
  const sockets = new Set<Duplex>()
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request)
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const service = SERVICES.find((candidate) => options.merchantKeys[candidate.id] === key)
    if (!service) return send(response, { status: 401, body: { error: 'unknown merchant' } })
    engine.expireHolds()
    const call = callOf(engine, service, request, body)
    if (!call) return send(response, { status: 404, body: { error: 'no such path' } })
    return play(call, faults.take(call.operation), response, options)
  }
  let server: Server
  let port = options.port
  const open = async (): Promise<void> => {
    server = createHttps(
      { key: options.certificate.pem, cert: options.certificate.pem },
      (request, response) => {
        handle(request, response).catch(() => {
          if (!response.headersSent) send(response, { status: 400, body: { error: 'malformed' } })
        })
      },
    )
    server.on('connection', (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    const address = server.address()
    if (typeof address === 'object' && address) ({ port } = address)
  }
  const shut = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
    })
  }
  await open()
  let listening = true
  return {
    get port() {
      return port
    },
    async listen(on) {
      if (on === listening) return
      listening = on
      await (on ? open() : shut())
    },
    close: () => (listening ? shut() : Promise.resolve()),
  }
}
