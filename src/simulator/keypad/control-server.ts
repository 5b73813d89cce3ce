import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { FAULTS } from './device'

/** What `POST /key` takes. */
export const KeyRequest = z.object({
  pan: z.string().regex(/^\d{12,19}$/),
  /** YYMM */
  exp: z.string().regex(/^\d{4}$/),
  format: z.enum(['C0', '85']).default('C0'),
  fault: z.enum(FAULTS).nullable().default(null),
})
export type KeyRequest = z.infer<typeof KeyRequest>

export type KeyAnswer =
  /** `delivered` is false when no desk held the keypad. */
  { readonly ok: true; readonly delivered: boolean } | { readonly ok: false; readonly error: string }

const PlugRequest = z.object({ plugged: z.boolean() })
const MAX_BODY_BYTES = 4096

export interface Controls {
  readonly key: (request: KeyRequest) => Promise<KeyAnswer>
  readonly setPlugged: (plugged: boolean) => void
  readonly state: () => object
}

export interface ControlServer {
  readonly port: number
  /** Bearer token that every request must carry. */
  readonly token: string
  close(): Promise<void>
}

/** HTTP on loopback for the command line and for tests: POST /key, POST /plug, GET /state. */
export async function startControlServer(controls: Controls): Promise<ControlServer> {
  const token = randomBytes(24).toString('base64url')
  const server = createServer((request, response) => {
    void serve(request, token, controls).then(
      ([status, body]) => send(response, status, body),
      () => send(response, 400, { ok: false, error: 'bad request' }),
    )
  })
  const port = await listen(server)
  return {
    port,
    token,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
}

async function serve(request: IncomingMessage, token: string, controls: Controls): Promise<[number, object]> {
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    return [401, { ok: false, error: 'token' }]
  }
  const route = `${request.method} ${request.url}`
  if (route === 'GET /state') return [200, controls.state()]
  if (route === 'POST /plug') {
    controls.setPlugged(PlugRequest.parse(await readBody(request)).plugged)
    return [200, { ok: true }]
  }
  if (route !== 'POST /key') return [404, { ok: false, error: 'not found' }]
  const answer = await controls.key(KeyRequest.parse(await readBody(request)))
  return [answer.ok ? 200 : 422, answer]
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    const piece = Buffer.from(chunk)
    bytes += piece.length
    if (bytes > MAX_BODY_BYTES) throw new RangeError('body too large')
    chunks.push(piece)
  }
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  return value
}
