import { TLSSocket } from 'node:tls'
import { buildConnector, errors, Pool } from 'undici'
import type { ServiceTrouble } from '../payment-service.port'
import { AnswerTimeout, AnswerTooLong, exchange, ExchangeFailed } from './exchange'
import type { ExchangeRequest, RawAnswer } from './exchange'

type NotSentCause = Exclude<Extract<ServiceTrouble, { sent: false }>['cause'], 'busy'>

/** No connection came about, or it leads to somebody else: nothing has been sent over it. */
class NotConnected extends Error {
  override name = 'NotConnected'
  readonly reason: NotSentCause

  constructor(reason: NotSentCause, cause?: unknown) {
    super(`not connected: ${reason}`, { cause })
    this.reason = reason
  }
}

export interface Timeouts {
  /** Milliseconds. */
  readonly connectMs: number
  /** From the call to the end of the answer, milliseconds. */
  readonly answerMs: number
}

export interface Connection {
  /** True when the pinned certificate is the simulator's; known after the first connection. */
  isSimulator(): boolean
  /** Rejects with `ExchangeFailed` only. */
  send(request: ExchangeRequest): Promise<RawAnswer>
  /** Lets running requests end, for a moment; what is still open then is cut. */
  close(): Promise<void>
}

const MAX_ANSWER_BYTES = 64 * 1024
const CLOSE_GRACE_MS = 2_000
/** More than a desk has requests at once, so that hanging ones do not make others wait unsent. */
const CONNECTIONS = 16

/** Organization in the certificate of every simulator; real services never have it. */
const SIMULATOR_ORGANIZATION = 'Uketsuke Simulator'

const plain = (fingerprint: string): string => fingerprint.replaceAll(':', '').toUpperCase()

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Why no connection came about. TLS errors mean that the far side is not what was pinned (plain HTTP, say). */
function connectReason(error: unknown): NotSentCause {
  const code = codeOf(error)
  if (code === 'ECONNREFUSED') return 'refused'
  return code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')
    ? 'certificate'
    : 'unreachable'
}

/**
 * HTTPS to one service, kept alive, with its certificate pinned by fingerprint (SHA-256). The pin replaces chain
 * and name: the handshake itself proves that the far side holds the key of exactly this certificate.
 */
export function openConnection(url: string, fingerprint256: string, timeouts: Timeouts): Connection {
  let simulator = false
  const pinned = plain(fingerprint256)
  const connectTls = buildConnector({
    rejectUnauthorized: false,
    timeout: timeouts.connectMs,
    // A resumed session would not show its certificate again.
    maxCachedSessions: 0,
  })
  const pool = new Pool(url, {
    connections: CONNECTIONS,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    connect: (options, callback) => {
      connectTls(options, (error, socket) => {
        if (error) return callback(new NotConnected(connectReason(error), error), null)
        const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate() : null
        if (!certificate || plain(certificate.fingerprint256 ?? '') !== pinned) {
          socket.destroy()
          return callback(new NotConnected('certificate'), null)
        }
        // Node leaves a socket open after a TLS error on it; without this the request would wait for its timeout.
        socket.once('error', () => socket.destroy())
        simulator = certificate.subject.O === SIMULATOR_ORGANIZATION
        return callback(null, socket)
      })
    },
  })
  const limits = { answerMs: timeouts.answerMs, maxAnswerBytes: MAX_ANSWER_BYTES }
  return {
    isSimulator: () => simulator,
    send: (request) => exchange(pool, request, limits),
    async close() {
      const cut = setTimeout(() => void pool.destroy(), CLOSE_GRACE_MS)
      await pool.close().catch(() => undefined)
      clearTimeout(cut)
    },
  }
}

/** What a failed request means for the money: `sent: false` only when it surely never left this machine. */
export function troubleOf(error: unknown): ServiceTrouble {
  const failed = error instanceof ExchangeFailed ? error : new ExchangeFailed(true, error)
  const { cause } = failed
  if (!failed.sent) {
    const reason = cause instanceof NotConnected ? cause.reason : 'unreachable'
    return { kind: 'trouble', sent: false, cause: reason }
  }
  if (cause instanceof AnswerTimeout) return { kind: 'trouble', sent: true, cause: 'timeout' }
  const unreadable =
    cause instanceof AnswerTooLong ||
    cause instanceof errors.HTTPParserError ||
    cause instanceof errors.HeadersOverflowError ||
    cause instanceof errors.ResponseContentLengthMismatchError
  return { kind: 'trouble', sent: true, cause: unreadable ? 'garbage' : 'cut' }
}
