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
/** A service that has too much to do and does not say for how long. */
const USUAL_WAIT_MS = 1_000
/** A service that wants to be left alone for longer than this is down, as a run sees it. */
const LONGEST_WAIT_MS = 300_000
/** A charge that was turned away so often is left for the next run. */
const TURNED_AWAY_MOST = 20
/** How soon somebody who waits notices that it is over. */
const LOOK_EVERY_MS = 250

/** Turned away on this side: the service has surely booked nothing. */
const NOT_SENT = { kind: 'trouble', sent: false, cause: 'unreachable' } as const

/** What the gate needs of the desk, and of the service. */
export type TurnDeps = Pick<CheckoutDeps, 'clock' | 'onStep'>
export interface TurnService {
  readonly service: Pick<ActiveService['service'], 'authorize'>
  readonly capabilities: Pick<ActiveService['capabilities'], 'maxProcessingMs' | 'requestsPerSecond'>
}

/** The service as a run uses it: so many charges at a time, no faster than it allows, and not at all when it is down. */
export class TurnGate {
  readonly #deps: TurnDeps
  readonly #active: TurnService
  readonly #atOnce: number
  /** Ms between two requests. */
  readonly #apartMs: number
  #nextAt = 0
  #heldUntil = 0
  #troubles = 0
  #leftAlone = false

  constructor(deps: TurnDeps, active: TurnService, atOnce = TURNS_AT_ONCE) {
    this.#deps = deps
    this.#active = active
    this.#atOnce = atOnce
    const { requestsPerSecond } = active.capabilities
    this.#apartMs = requestsPerSecond ? 1000 / requestsPerSecond : 0
  }

  /** True when nothing is asked of the service any more. */
  get isDown(): boolean {
    return this.#leftAlone || this.#troubles >= TROUBLES_IN_A_ROW
  }

  /** Waits while the service has too much to do: an intent that is stored meanwhile would grow too old to be sent. */
  async open(stop: () => boolean): Promise<void> {
    await this.#until(this.#heldUntil, stop)
  }

  /** Asks for all of them; every one gets an answer, if only that it was not sent. */
  async ask(attempts: readonly TurnAttempt[], stop: () => boolean): Promise<AnsweredTurn[]> {
    const answered: AnsweredTurn[] = []
    let at = 0
    const worker = async () => {
      for (let attempt = attempts[at++]; attempt; attempt = attempts[at++]) {
        answered.push({ attempt, answer: await this.#askOne(attempt, stop) })
      }
    }
    await Promise.all(Array.from({ length: Math.min(this.#atOnce, attempts.length) }, worker))
    return answered
  }

  async #askOne(attempt: TurnAttempt, stop: () => boolean): Promise<AuthorizeResult> {
    for (let times = 1; times <= TURNED_AWAY_MOST; times++) {
      await this.#turn(stop)
      if (stop() || this.isDown || !this.#isFresh(attempt)) return NOT_SENT
      const answer = await this.#send(attempt)
      if (answer.kind !== 'trouble' || answer.cause !== 'busy') {
        this.#troubles = answer.kind === 'trouble' ? this.#troubles + 1 : 0
        return answer
      }
      this.#hold(answer.retryAfterMs ?? USUAL_WAIT_MS)
    }
    this.#troubles++
    return NOT_SENT
  }

  async #send(attempt: TurnAttempt): Promise<AuthorizeResult> {
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
    return answer
  }

  /** Nobody asks before the time that the service has named. */
  #hold(waitMs: number): void {
    if (waitMs > LONGEST_WAIT_MS) this.#leftAlone = true
    this.#heldUntil = Math.max(this.#heldUntil, this.#deps.clock.now() + waitMs)
  }

  /**
   * An intent that is as old as the service's processing time may have been given up by an inquiry: to send it then could
   * charge a card that is charged anew. It is left before that.
   */
  #isFresh({ begunAt }: TurnAttempt): boolean {
    return this.#deps.clock.now() - begunAt < this.#active.capabilities.maxProcessingMs / 2
  }

  /** Waits until the service takes one more request. */
  async #turn(stop: () => boolean): Promise<void> {
    for (;;) {
      const at = Math.max(this.#deps.clock.now(), this.#nextAt, this.#heldUntil)
      this.#nextAt = at + this.#apartMs
      await this.#until(at, stop)
      // Somebody else was turned away meanwhile: the place in the row is taken anew.
      if (this.#heldUntil <= at || stop() || this.isDown) return
    }
  }

  /** Waits until a moment, or until nobody wants it any more. */
  async #until(at: number, stop: () => boolean): Promise<void> {
    for (let left = at - this.#deps.clock.now(); left > 0 && !stop() && !this.isDown;) {
      const waitMs = Math.min(left, LOOK_EVERY_MS)
      await new Promise((go) => setTimeout(go, waitMs))
      left = Math.min(left - waitMs, at - this.#deps.clock.now())
    }
  }
}
