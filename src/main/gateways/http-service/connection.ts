import type { TLSSocket } from 'node:tls'
import { buildConnector, errors, Pool } from 'undici'
import type { ServiceTrouble } from '../payment-service.port'

/** The certificate is not the one that was pinned: nothing has been sent. */
export class WrongCertificate extends Error {
  override name = 'WrongCertificate'
}

/** An answer longer than any that a payment service has reason to give. */
export class AnswerTooLong extends Error {
  override name = 'AnswerTooLong'
}

const MAX_ANSWER_BYTES = 64 * 1024

export interface Timeouts {
  /** Milliseconds. */
  readonly connectMs: number
  /** From the request to the end of the answer, milliseconds. */
  readonly answerMs: number
}

export interface Answer {
  readonly status: number
  readonly body: unknown
}

export interface Connection {
  /** True when the pinned certificate is the simulator's; known after the first connection. */
  isSimulator(): boolean
  send(request: {
    method: 'GET' | 'POST'
    path: string
    headers: Record<string, string>
    body?: Uint8Array | string
    signal?: AbortSignal
  }): Promise<Answer>
  close(): Promise<void>
}

const plain = (fingerprint: string): string => fingerprint.replaceAll(':', '').toUpperCase()

/** Organization in the certificate of every simulator; real services never have it. */
const SIMULATOR_ORGANIZATION = 'Uketsuke Simulator'

/** HTTPS to one service, kept alive, with its certificate pinned by fingerprint (SHA-256). */
export function openConnection(url: string, fingerprint256: string, timeouts: Timeouts): Connection {
  let simulator = false
  const connectTls = buildConnector({ rejectUnauthorized: false, timeout: timeouts.connectMs })
  const pool = new Pool(url, {
    connections: 4,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    connect: (options, callback) => {
      connectTls(options, (error, socket) => {
        if (error) return callback(error, null)
        const certificate = (socket as TLSSocket).getPeerCertificate?.()
        if (plain(certificate?.fingerprint256 ?? '') !== plain(fingerprint256)) {
          socket.destroy()
          return callback(new WrongCertificate('certificate is not the pinned one'), null)
        }
        simulator = certificate?.subject.O === SIMULATOR_ORGANIZATION
        return callback(null, socket)
      })
    },
  })
  return {
    isSimulator: () => simulator,
    async send(request) {
      const limit = AbortSignal.timeout(timeouts.answerMs)
      const signal = request.signal ? AbortSignal.any([limit, request.signal]) : limit
      const { statusCode, body } = await pool.request({
        method: request.method,
        path: request.path,
        headers: request.headers,
        body: request.body ?? null,
        headersTimeout: timeouts.answerMs,
        bodyTimeout: timeouts.answerMs,
        signal,
      })
      const chunks: Uint8Array[] = []
      let length = 0
      for await (const chunk of body as AsyncIterable<Uint8Array>) {
        length += chunk.length
        if (length > MAX_ANSWER_BYTES) throw new AnswerTooLong('answer too long')
        chunks.push(chunk)
      }
      return { status: statusCode, body: parseJson(Buffer.concat(chunks).toString('utf8')) }
    },
    close: () => pool.close(),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** What a failed request means for the money: `sent: false` only when it surely never left this machine. */
export function troubleOf(error: unknown): ServiceTrouble {
  const inner = error instanceof Error && error.cause !== undefined ? error.cause : error
  for (const candidate of [error, inner]) {
    if (candidate instanceof WrongCertificate) return { kind: 'trouble', sent: false, cause: 'certificate' }
    if (candidate instanceof errors.ConnectTimeoutError)
      return { kind: 'trouble', sent: false, cause: 'unreachable' }
    switch (codeOf(candidate)) {
      case 'ECONNREFUSED':
        return { kind: 'trouble', sent: false, cause: 'refused' }
      case 'EHOSTUNREACH':
      case 'ENETUNREACH':
      case 'ENOTFOUND':
      case 'EAI_AGAIN':
        return { kind: 'trouble', sent: false, cause: 'unreachable' }
      case 'EPROTO':
      case 'ERR_SSL_WRONG_VERSION_NUMBER':
        return { kind: 'trouble', sent: false, cause: 'certificate' }
    }
  }
  if (error instanceof AnswerTooLong) return { kind: 'trouble', sent: true, cause: 'garbage' }
  const names = ['TimeoutError', 'HeadersTimeoutError', 'BodyTimeoutError']
  const timedOut = error instanceof Error && names.includes(error.name)
  return { kind: 'trouble', sent: true, cause: timedOut ? 'timeout' : 'cut' }
}
