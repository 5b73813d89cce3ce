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
import { openConnection, troubleOf, type Answer, type Timeouts } from './connection'

export interface HttpServiceOptions {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly fingerprint256: string
  readonly merchantKey: string
  readonly timeouts?: Timeouts
}

const TIMEOUTS: Timeouts = { connectMs: 5_000, answerMs: 20_000 }
const GARBAGE: ServiceTrouble = { kind: 'trouble', sent: true, cause: 'garbage' }
const SERVER_ERROR: ServiceTrouble = { kind: 'trouble', sent: true, cause: 'server-error' }

/** Reads an answer: what the schema says, a decline, or trouble. Nothing of a service is believed unparsed. */
function read<T>(answer: Answer, schema: z.ZodType<T>): T | ServiceDecline | ServiceTrouble {
  if (answer.status >= 500) return SERVER_ERROR
  const good = answer.status < 300 ? schema.safeParse(answer.body) : null
  if (good?.success) return good.data
  const declined = Declined.safeParse(answer.body)
  return declined.success
    ? { kind: 'declined', code: declined.data.code, rawCode: declined.data.rawCode }
    : GARBAGE
}

/** A payment service that speaks JSON over HTTPS behind a pinned certificate. */
export function httpPaymentService(options: HttpServiceOptions): PaymentService {
  const connection = openConnection(options.url, options.fingerprint256, options.timeouts ?? TIMEOUTS)
  const authorization = `Bearer ${options.merchantKey}`

  async function post<T>(path: string, body: object, schema: z.ZodType<T>) {
    try {
      const headers = { authorization, 'content-type': 'application/json' }
      return read(
        await connection.send({ method: 'POST', path, headers, body: JSON.stringify(body) }),
        schema,
      )
    } catch (error) {
      return troubleOf(error)
    }
  }

  async function get<T>(path: string, schema: z.ZodType<T>) {
    try {
      return read(await connection.send({ method: 'GET', path, headers: { authorization } }), schema)
    } catch (error) {
      return troubleOf(error)
    }
  }

  const followUp =
    (kind: 'capture' | 'void' | 'refund') =>
    (request: FollowUpRequest): Promise<FollowUpResult> =>
      post(`/v1/payments/${encodeURIComponent(request.paymentId)}/${kind}`, request, Approved)

  return {
    id: options.id,
    async identify() {
      const answer = await get('/v1/handshake', Handshake)
      if ('kind' in answer) return answer.kind === 'trouble' ? answer : GARBAGE
      return {
        service: answer.service,
        name: options.name,
        simulator: connection.isSimulator(),
        capabilities: answer.capabilities,
      }
    },
    async tokenize(frame, signal) {
      try {
        const headers = { authorization, 'content-type': 'application/octet-stream' }
        const answer = await frame.use((bytes) =>
          connection.send({
            method: 'POST',
            path: '/v1/tokens',
            headers,
            body: bytes,
            ...(signal ? { signal } : {}),
          }),
        )
        return read(answer, Tokenized)
      } catch (error) {
        return troubleOf(error)
      }
    },
    authorize: (request) => post('/v1/payments', request, Approved),
    capture: followUp('capture'),
    void: followUp('void'),
    refund: followUp('refund'),
    async inquire(paymentId): Promise<InquiryResult> {
      const answer = await get(`/v1/payments/${encodeURIComponent(paymentId)}`, z.union([Found, NotFound]))
      return answer.kind === 'declined' ? GARBAGE : answer
    },
    close: () => connection.close(),
  }
}
