import { createHash, randomBytes, randomInt } from 'node:crypto'
import { z } from 'zod'
import type { BookedPayment, Books } from './books'
import { brandOf, cardMark, codeOfCard, maskOf, monthOf, tokenRefusal } from './cards'
import { openFrame } from './decrypt'
import { ONE_TIME, Plan, takesPlan } from './plans'
import { sampleToken } from './sample-tokens'
import { codeOfAmount, type ServiceProfile } from './services'

export const Authorize = z.object({
  idempotencyKey: z.string().min(8).max(100),
  paymentId: z.string().min(1).max(100),
  token: z.string().min(8).max(200),
  amount: z.int().min(0).max(999_999_999),
  moto: z.boolean(),
  initiator: z.enum(['customer', 'merchant']),
  firstTransactionId: z.string().max(100).optional(),
  plan: Plan.default(ONE_TIME),
})
export const FollowUp = z.object({
  idempotencyKey: z.string().min(8).max(100),
  paymentId: z.string().min(1).max(100),
  serviceTransactionId: z.string().max(100),
  amount: z.int().min(0).max(999_999_999),
})

export interface Reply {
  readonly status: number
  readonly body: object
}

const ok = (body: object): Reply => ({ status: 200, body })
const declined = (code: string, rawCode: string, status = 402): Reply => ({
  status,
  body: { kind: 'declined', code, rawCode },
})

/** The largest amount that these services take in one payment. */
const MAX_AMOUNT = 9_999_999

export interface Clock {
  now(): number
}

/** What the acquirer does with a request, apart from how it arrives and how it is made to fail. */
export class Engine {
  readonly #books: Books
  readonly #clock: Clock

  constructor(books: Books, clock: Clock) {
    this.#books = books
    this.#clock = clock
  }

  /** Opens the frame and gives a token for the card; the number itself is kept nowhere. */
  tokenize(service: ServiceProfile, frame: Buffer, forcedCode: string | null): Reply {
    return this.#books.transaction(() => {
      const reply = this.#token(service, frame, forcedCode)
      const outcome = reply.status === 200 ? 'approved' : String(Reply.parse(reply).body['code'])
      this.#log(service, { paymentId: '', idempotencyKey: '', amount: 0 }, 'tokenize', outcome)
      return reply
    })
  }

  #token(service: ServiceProfile, frame: Buffer, forcedCode: string | null): Reply {
    if (forcedCode !== null) return declined(forcedCode, `R${forcedCode}`)
    const card = openFrame(frame)
    if (!card) return declined('203', 'frame')
    const refusal = tokenRefusal(card, monthOf(this.#clock.now()))
    if (refusal) return declined(refusal.code, refusal.rawCode)
    const token = `tok_${randomBytes(18).toString('base64url')}`
    const brand = brandOf(card.pan)
    const masked = maskOf(card.pan)
    this.#books.addToken({
      token,
      service: service.id,
      mark: cardMark(this.#books.secret, card.pan),
      brand,
      masked,
      expiry: card.expiryYYMM,
      fixed_code: codeOfCard(card.pan),
    })
    return ok({ kind: 'tokenized', token, brand, masked, expiryYYMM: card.expiryYYMM })
  }

  /** Books an authorization in the service's own way of telling a repeat from a new one. */
  authorize(service: ServiceProfile, request: z.infer<typeof Authorize>, forcedCode: string | null): Reply {
    return this.#books.transaction(() => {
      const repeated = this.#repeated(service, 'authorize', request)
      if (repeated) return repeated
      if (service.idempotency === 'order-id') {
        const known = this.#books.payment(service.id, request.paymentId)
        if (known && known.state !== 'declined') return declined('999', 'duplicate-order-id', 409)
      }
      const reply = this.#book(service, request, forcedCode)
      this.#keep(service, 'authorize', request, reply)
      return reply
    })
  }

  #book(service: ServiceProfile, request: z.infer<typeof Authorize>, forcedCode: string | null): Reply {
    const token = this.#books.token(service.id, request.token) ?? sampleToken(service.id, request.token)
    const { code, rawCode } = this.#verdict(service, request, token, forcedCode)
    const payment: BookedPayment = {
      service: service.id,
      payment_id: request.paymentId,
      token: request.token,
      amount: request.amount,
      state: code === null ? 'authorized' : 'declined',
      transaction_id: `txn_${randomBytes(9).toString('base64url')}`,
      approval_code: code === null ? String(randomInt(1_000_000)).padStart(6, '0') : '',
      hold_until: this.#clock.now() + service.holdMs,
      captured: 0,
      refunded: 0,
      code,
      raw_code: rawCode,
      moto: request.moto ? 1 : 0,
      initiator: request.initiator,
      first_transaction_id: request.firstTransactionId ?? null,
      created_at: this.#clock.now(),
      plan: request.plan.kind,
      installments: request.plan.kind === 'installments' ? request.plan.count : null,
    }
    this.#books.addPayment(payment)
    this.#log(service, request, 'authorize', code ?? 'approved')
    return code === null ? approved(payment) : declined(code, payment.raw_code ?? code)
  }

  #verdict(
    service: ServiceProfile,
    { amount, plan }: z.infer<typeof Authorize>,
    token: { readonly fixed_code: string | null } | undefined,
    forced: string | null,
  ): { code: string | null; rawCode: string | null } {
    if (!token) return { code: '101', rawCode: 'no-such-token' }
    if (forced === null && !takesPlan(service, plan)) return { code: '999', rawCode: 'plan-not-offered' }
    const code = this.#codeFor(amount, token.fixed_code, forced)
    return { code, rawCode: code === null ? null : `R${code}` }
  }

  #codeFor(amount: number, fixed: string | null, forced: string | null): string | null {
    return forced ?? fixed ?? codeOfAmount(amount, 'authorize') ?? (amount > MAX_AMOUNT ? '207' : null)
  }

  /** Capture, void or refund of a booked payment. */
  followUp(
    service: ServiceProfile,
    kind: 'capture' | 'void' | 'refund',
    request: z.infer<typeof FollowUp>,
    forcedCode: string | null,
  ): Reply {
    return this.#books.transaction(() => {
      const repeated = this.#repeated(service, kind, request)
      if (repeated) return repeated
      const payment = this.#books.paymentOf(service.id, request.paymentId, request.serviceTransactionId)
      const code = forcedCode ?? (payment ? this.#lateCode(service, kind, payment) : '501')
      const change = payment && code === null ? changeOf(kind, payment, request.amount) : null
      const refused = change ? null : (code ?? '501')
      this.#log(service, request, kind, refused ?? 'approved')
      if (payment && change) this.#books.changePayment(payment.transaction_id, change)
      const reply =
        payment && change
          ? approved({ ...payment, ...change })
          : declined(refused ?? '501', rawCodeOf(code, payment))
      this.#keep(service, kind, request, reply)
      return reply
    })
  }

  /** Why a sale that could be given back cannot: its total asks for a code, or its time is over. */
  #lateCode(service: ServiceProfile, kind: string, payment: BookedPayment): string | null {
    if (kind !== 'refund') return null
    const late = this.#clock.now() > payment.created_at + service.refundMs
    return codeOfAmount(payment.amount, 'refund') ?? (late ? '504' : null)
  }

  inquire(service: ServiceProfile, paymentId: string): Reply {
    const payment = this.#books.payment(service.id, paymentId)
    if (!payment) return ok({ kind: 'not-found' })
    return ok({
      kind: 'found',
      state: payment.state,
      serviceTransactionId: payment.transaction_id,
      approvalCode: payment.approval_code,
      holdUntil: payment.state === 'authorized' ? payment.hold_until : null,
      capturedAmount: payment.captured,
      refundedAmount: payment.refunded,
      operationKeys: this.#books.operationKeys(service.id, paymentId),
      code: payment.code,
      rawCode: payment.raw_code,
    })
  }

  /** Holds that have run out are released by the service itself. */
  expireHolds(): void {
    for (const payment of this.#books.expired(this.#clock.now())) {
      this.#books.changePayment(payment.transaction_id, { state: 'voided', captured: 0, refunded: 0 })
      this.#books.addOperation({
        service: payment.service,
        payment_id: payment.payment_id,
        kind: 'expire',
        key: '',
        amount: payment.amount,
        outcome: 'approved',
        at: this.#clock.now(),
      })
    }
  }

  /** The `key` style answers a repeat with its first answer, for good, and refuses the key with another body. */
  #repeated(service: ServiceProfile, kind: string, body: Keyed): Reply | null {
    if (service.idempotency !== 'key') return null
    const known = this.#books.answer(service.id, body.idempotencyKey)
    if (!known) return null
    if (known.body_hash !== hashOf(kind, body)) return declined('999', 'key-with-another-body', 409)
    return Reply.parse(JSON.parse(known.answer))
  }

  #keep(service: ServiceProfile, kind: string, body: Keyed, reply: Reply): void {
    if (service.idempotency !== 'key') return
    this.#books.keepAnswer(service.id, body.idempotencyKey, hashOf(kind, body), JSON.stringify(reply))
  }

  #log(
    service: ServiceProfile,
    request: { paymentId: string; idempotencyKey: string; amount: number },
    kind: string,
    outcome: string,
  ): void {
    this.#books.addOperation({
      service: service.id,
      payment_id: request.paymentId,
      kind,
      key: request.idempotencyKey,
      amount: request.amount,
      outcome,
      at: this.#clock.now(),
    })
  }
}

const Reply = z.object({ status: z.int(), body: z.record(z.string(), z.unknown()) })
interface Keyed {
  readonly idempotencyKey: string
}
const hashOf = (kind: string, body: Keyed): string =>
  createHash('sha256')
    .update(`${kind} ${JSON.stringify(body)}`)
    .digest('hex')

const rawCodeOf = (code: string | null, payment: BookedPayment | undefined): string => {
  if (code !== null && payment) return `R${code}`
  return payment ? `state-${payment.state}` : 'no-such-payment'
}

const approved = (payment: BookedPayment): Reply =>
  ok({
    kind: 'approved',
    serviceTransactionId: payment.transaction_id,
    approvalCode: payment.approval_code,
    holdUntil: payment.state === 'authorized' ? payment.hold_until : null,
  })

/** The payment after a step, or null when the step is not possible in its state. */
function changeOf(
  kind: 'capture' | 'void' | 'refund',
  payment: BookedPayment,
  amount: number,
): { state: BookedPayment['state']; captured: number; refunded: number } | null {
  const { captured, refunded } = payment
  switch (kind) {
    case 'capture':
      return payment.state === 'authorized' && amount > 0 && amount <= payment.amount
        ? { state: 'captured', captured: amount, refunded }
        : null
    case 'void':
      return payment.state === 'authorized' ? { state: 'voided', captured, refunded } : null
    case 'refund': {
      const open = payment.state === 'captured' || payment.state === 'partially-refunded'
      if (!open || amount <= 0 || refunded + amount > captured) return null
      const state = refunded + amount === captured ? 'refunded' : 'partially-refunded'
      return { state, captured, refunded: refunded + amount }
    }
  }
}
