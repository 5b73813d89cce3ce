import type { AuthorizeResult } from '../gateways/payment-service.port'
import type { Intent } from './3-authorization'
import type { ActiveService, CheckoutDeps } from './deps'

/** An attempt to authorize a turn whose intent is stored. */
export interface TurnAttempt extends Intent {
  readonly cycleId: string
  readonly orderId: string
  readonly checkoutId: string
  readonly subscriptionId: string
  /** The run that counts it. */
  readonly runId: string | null
  readonly turn: number
  readonly amount: number
  readonly token: string
  /** `YYMM` */
  readonly cardExpiry: string
  readonly firstTransactionId: string | null
  /** Authorizations of this turn that were declined before. */
  readonly tries: number
  /** 受注作成日 of the turn behind this one. */
  readonly nextGenerateOn: string | null
  /** The order waits for a check by a person, whatever is paid. */
  readonly held: boolean
  /** When its intent was stored, epoch ms. */
  readonly begunAt: number
}

export interface AnsweredTurn {
  readonly attempt: TurnAttempt
  readonly answer: AuthorizeResult
}

/** Charges that a run has under way at a time. */
export const TURNS_AT_ONCE = 8
/** Requests in a row that came to nothing, before the rest is left for another day. */
const TROUBLES_IN_A_ROW = 16

/** Turned away on this side: the service has surely booked nothing. */
const NOT_SENT = { kind: 'trouble', sent: false, cause: 'unreachable' } as const

/** The service as a run uses it: so many charges at a time, no faster than it allows, and not at all when it is down. */
export class TurnGate {
  readonly #deps: CheckoutDeps
  readonly #active: ActiveService
  readonly #atOnce: number
  /** Ms between two requests. */
  readonly #apartMs: number
  #nextAt = 0
  #troubles = 0

  constructor(deps: CheckoutDeps, active: ActiveService, atOnce = TURNS_AT_ONCE) {
    this.#deps = deps
    this.#active = active
    this.#atOnce = atOnce
    const { requestsPerSecond } = active.capabilities
    this.#apartMs = requestsPerSecond ? 1000 / requestsPerSecond : 0
  }

  /** True when nothing is asked of the service any more. */
  get isDown(): boolean {
    return this.#troubles >= TROUBLES_IN_A_ROW
  }

  /** Asks for all of them; every one gets an answer, if only that it was not sent. */
  async ask(attempts: readonly TurnAttempt[], stop: () => boolean): Promise<AnsweredTurn[]> {
    const answered: AnsweredTurn[] = []
    let at = 0
    const worker = async () => {
      for (let attempt = attempts[at++]; attempt; attempt = attempts[at++]) {
        answered.push({ attempt, answer: stop() ? NOT_SENT : await this.#askOne(attempt) })
      }
    }
    await Promise.all(Array.from({ length: Math.min(this.#atOnce, attempts.length) }, worker))
    return answered
  }

  async #askOne(attempt: TurnAttempt): Promise<AuthorizeResult> {
    await this.#turn()
    if (this.isDown || !this.#isFresh(attempt)) return NOT_SENT
    const sending = this.#active.service.authorize({
      idempotencyKey: attempt.idempotencyKey,
      paymentId: attempt.paymentId,
      token: attempt.token,
      amount: attempt.amount,
      moto: true,
      initiator: 'merchant',
      ...(attempt.firstTransactionId === null ? {} : { firstTransactionId: attempt.firstTransactionId }),
    })
    this.#deps.onStep?.('turn-request-handed-over', attempt.checkoutId)
    const answer = await sending
    this.#deps.onStep?.('turn-answer-received', attempt.checkoutId)
    this.#troubles = answer.kind === 'trouble' ? this.#troubles + 1 : 0
    return answer
  }

  /**
   * An intent that is as old as the service's processing time may have been given up by an inquiry: to send it then could
   * charge a card that is charged anew. It is left before that.
   */
  #isFresh({ begunAt }: TurnAttempt): boolean {
    return this.#deps.clock.now() - begunAt < this.#active.capabilities.maxProcessingMs / 2
  }

  /** Waits until the service takes one more request. */
  async #turn(): Promise<void> {
    if (this.#apartMs === 0) return
    const now = this.#deps.clock.now()
    const at = Math.max(now, this.#nextAt)
    this.#nextAt = at + this.#apartMs
    if (at > now) await new Promise((go) => setTimeout(go, at - now))
  }
}
