import { z } from 'zod'
import type {
  FollowUpRequest,
  FollowUpResult,
  InquiryResult,
  PaymentService,
  ServiceDecline,
  ServiceTrouble,
} from '../payment-service.port'
import { Approved, Declined, Found, Handshake, NotFound, Tokenized } from './answers'
import { openConnection, troubleOf, type Timeouts } from './connection'
import type { ExchangeRequest, RawAnswer } from './exchange'

export type ServiceOperation =
  | 'handshake'
  | 'tokens'
  | 'authorize'
  | 'capture'
  | 'void'
  | 'refund'
  | 'inquire'

/** `request-sent`: handed to the operating system. `answer-received`: last byte here, not yet read. */
export type ServiceEvent = 'request-sent' | 'answer-received'

export interface HttpServiceOptions {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly fingerprint256: string
  readonly merchantKey: string
  readonly timeouts?: Timeouts
  /** For measurements; called in the middle of the work, so it must be quick. */
  readonly trace?: (event: ServiceEvent, operation: ServiceOperation) => void
}

const TIMEOUTS: Timeouts = { connectMs: 5_000, answerMs: 20_000 }
const GARBAGE: ServiceTrouble = { kind: 'trouble', sent: true, cause: 'garbage' }
const SERVER_ERROR: ServiceTrouble = { kind: 'trouble', sent: true, cause: 'server-error' }

const REJECTED: ServiceTrouble = { kind: 'trouble', sent: false, cause: 'rejected' }

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The service has seen this request before (same key or order id): what came of the first, only its books tell. */
const CONFLICT = 409
/** Turned away before the request was looked at (RFC 9110, 15.5.2): the merchant key is not known there. */
const UNAUTHORIZED = 401

/** Turned away because too much was asked (RFC 6585, 4): nothing of the request was done. */
const TOO_MANY = 429

/** Reads an answer: what the schema says, a decline, or trouble. Nothing of a service is believed unparsed. */
function read<T>(answer: RawAnswer, schema: z.ZodType<T>): T | ServiceDecline | ServiceTrouble {
  const { status, text, retryAfterMs } = answer
  if (status >= 500 || status === CONFLICT) return SERVER_ERROR
  if (status === UNAUTHORIZED) return REJECTED
  if (status === TOO_MANY) return { kind: 'trouble', sent: false, cause: 'busy', retryAfterMs }
  const body = parseJson(text)
  const good = status >= 200 && status < 300 ? schema.safeParse(body) : null
  if (good?.success) return good.data
  const declined = Declined.safeParse(body)
  return declined.success ? declined.data : GARBAGE
}

/** A payment service that speaks JSON over HTTPS behind a pinned certificate. */
export function httpPaymentService(options: HttpServiceOptions): PaymentService {
  const connection = openConnection(options.url, options.fingerprint256, options.timeouts ?? TIMEOUTS)
  const authorization = `Bearer ${options.merchantKey}`
  const { trace } = options

  async function ask<T>(
    operation: ServiceOperation,
    request: Omit<ExchangeRequest, 'onSent' | 'onAnswered'>,
    schema: z.ZodType<T>,
  ): Promise<T | ServiceDecline | ServiceTrouble> {
    const hooks = trace && {
      // undici tells just before it writes, in the same turn: the microtask runs after the write.
      onSent: () => queueMicrotask(() => trace('request-sent', operation)),
      onAnswered: () => trace('answer-received', operation),
    }
    try {
      return read(await connection.send({ ...request, ...hooks }), schema)
    } catch (error) {
      return troubleOf(error)
    }
  }

  const post = <T>(operation: ServiceOperation, path: string, body: object, schema: z.ZodType<T>) => {
    const headers = { authorization, 'content-type': 'application/json' }
    return ask(operation, { method: 'POST', path, headers, body: JSON.stringify(body) }, schema)
  }
  const get = <T>(operation: ServiceOperation, path: string, schema: z.ZodType<T>) =>
    ask(operation, { method: 'GET', path, headers: { authorization } }, schema)
  const payment = (id: string) => `/v1/payments/${encodeURIComponent(id)}`
  const followUp =
    (kind: 'capture' | 'void' | 'refund') =>
    (request: FollowUpRequest): Promise<FollowUpResult> =>
      post(kind, `${payment(request.paymentId)}/${kind}`, request, Approved)

  return {
    id: options.id,
    async identify() {
      const answer = await get('handshake', '/v1/handshake', Handshake)
      if ('kind' in answer) return answer.kind === 'trouble' ? answer : GARBAGE
      return {
        service: answer.service,
        name: options.name,
        simulator: connection.isSimulator(),
        capabilities: answer.capabilities,
      }
    },
    async tokenize(frame, signal) {
      const headers = { authorization, 'content-type': 'application/octet-stream' }
      const cancel = signal ? { signal } : {}
      return frame.use((body) =>
        ask('tokens', { method: 'POST', path: '/v1/tokens', headers, body, ...cancel }, Tokenized),
      )
    },
    authorize: (request) => post('authorize', '/v1/payments', request, Approved),
    capture: followUp('capture'),
    void: followUp('void'),
    refund: followUp('refund'),
    async inquire(paymentId): Promise<InquiryResult> {
      const answer = await get('inquire', payment(paymentId), z.union([Found, NotFound]))
      return answer.kind === 'declined' ? GARBAGE : answer
    },
    close: () => connection.close(),
  }
}
