import { createServer, type IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Books } from './books'
import { FaultOrder, Operation, type FaultQueue } from './faults'
import type { Journal } from './journal'
import type { Held } from './play'
import type { ServiceServer } from './server'

export interface ControlOptions {
  readonly token: string
  readonly books: Books
  readonly faults: FaultQueue
  readonly journal: Journal
  readonly held: Held
  readonly services: ServiceServer
  readonly advanceClock: (ms: number) => void
}

const Wait = z.object({
  operation: Operation,
  stage: z.enum(['arrived', 'booked', 'answered']),
  after: z.int().min(0),
})

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    const bytes: unknown = chunk
    if (Buffer.isBuffer(bytes)) chunks.push(bytes)
  }
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? {} : JSON.parse(text)
}

async function answer(options: ControlOptions, request: IncomingMessage): Promise<object | null> {
  switch (`${request.method} ${request.url}`) {
    case 'GET /books':
      return options.books.all()
    case 'POST /fault':
      options.faults.add(FaultOrder.parse(await jsonOf(request)))
      return {}
    case 'POST /clear':
      options.faults.clear()
      await options.services.listen(true)
      return {}
    case 'POST /release':
      return { released: options.held.release() }
    case 'GET /mark':
      return { seq: options.journal.seq }
    case 'POST /wait': {
      const { operation, stage, after } = Wait.parse(await jsonOf(request))
      return { seq: await options.journal.next(operation, stage, after) }
    }
    case 'POST /listen':
      await options.services.listen(z.object({ on: z.boolean() }).parse(await jsonOf(request)).on)
      return {}
    case 'POST /clock':
      options.advanceClock(z.object({ ms: z.int().min(0) }).parse(await jsonOf(request)).ms)
      return {}
    default:
      return null
  }
}

/** The switchboard of training and tests: faults, clock and a look into the books. Loopback and bearer token only. */
export async function serveControl(options: ControlOptions): Promise<{ port: number; close(): void }> {
  const server = createServer((request, response) => {
    const reply = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.headers.authorization !== `Bearer ${options.token}`) return void reply(401, {})
    answer(options, request).then(
      (body) => reply(body ? 200 : 404, body ?? {}),
      () => reply(400, { error: 'malformed' }),
    )
    return undefined
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return { port, close }
}
