import type { OfferedPlans, PaymentPlan } from '../../contract/payment-plan'
import type { CardFrame } from '../domain/card-frame'

/** How a service keeps one request from becoming two charges. */
export type IdempotencyStyle =
  /** The service keeps our key for good and answers a repeat with the first result; another body is refused. */
  | 'key'
  /** The service refuses a second authorization with the same order id. */
  | 'order-id'
  /** Nothing: a repeat charges again, so an unknown result may only be inquired. */
  | 'none'

/** What a payment service can do; read once from its handshake. */
export interface PaymentServiceCapabilities {
  readonly idempotency: IdempotencyStyle
  /** Longest time that the service may still be working on a request after the line was lost. Milliseconds. */
  readonly maxProcessingMs: number
  /** How long an authorization holds the amount. Milliseconds. */
  readonly holdMs: number
  /** A card can be checked with amount 0 instead of 1 yen and a void. */
  readonly zeroAmountCheck: boolean
  readonly partialRefund: boolean
  /** 支払区分 that it takes besides 一括. */
  readonly plans: OfferedPlans
  /** Requests that it takes in a second; without it there is no limit that it has told of. */
  readonly requestsPerSecond?: number | undefined
}

/** Who the far side is. A training database accepts only the simulator, production never does. */
export interface ServiceIdentity {
  readonly service: string
  readonly name: string
  /** Told by the certificate of the connection, not by what the service says of itself. */
  readonly simulator: boolean
  readonly capabilities: PaymentServiceCapabilities
}

/**
 * Why there is no answer to use. `sent: false` means that the service has surely booked nothing: the request never
 * left this machine, or was turned away at the door (`rejected`: the service does not know our merchant key).
 */
export type ServiceTrouble =
  | {
      readonly kind: 'trouble'
      readonly sent: false
      readonly cause: 'refused' | 'unreachable' | 'certificate' | 'rejected'
    }
  /** Turned away because too much was asked of it: nothing is booked, and the same may be asked again later. */
  | {
      readonly kind: 'trouble'
      readonly sent: false
      readonly cause: 'busy'
      /** What it wants to be waited for, milliseconds; null: it has not said. */
      readonly retryAfterMs: number | null
    }
  | {
      readonly kind: 'trouble'
      readonly sent: true
      readonly cause: 'timeout' | 'cut' | 'server-error' | 'garbage'
    }

/** The service said no. `code` is a transaction code of the desk (101 … 999), `rawCode` the service's own. */
export interface ServiceDecline {
  readonly kind: 'declined'
  readonly code: string
  readonly rawCode: string
}

/** A card as the service knows it; never the number. */
export interface TokenizedCard {
  readonly token: string
  readonly brand: string
  /** The masked number as the service returns it, at most first 6 + last 4. */
  readonly masked: string
  /** Expiry as YYMM (ISO/IEC 7813 order). */
  readonly expiryYYMM: string
}

/** Who starts a charge: the card holder on the phone, or the shop for a recurring turn. */
export type Initiator = 'customer' | 'merchant'

export interface AuthorizeRequest {
  readonly idempotencyKey: string
  /** The id under which the service files the payment: unique for each attempt (our payment id). */
  readonly paymentId: string
  readonly token: string
  /** Yen, 0 for a check of the card. */
  readonly amount: number
  /** Mail order / telephone order: no 3-D Secure is asked for. */
  readonly moto: boolean
  readonly initiator: Initiator
  /** 支払区分; absent: 一括. Only one that the service offers. */
  readonly plan?: PaymentPlan
  /** The service's id of the first payment of a series, for merchant-initiated charges. */
  readonly firstTransactionId?: string
}

/** One later step on a payment: capture, void or refund. */
export interface FollowUpRequest {
  readonly idempotencyKey: string
  readonly paymentId: string
  readonly serviceTransactionId: string
  /** Yen; ignored by `void`. */
  readonly amount: number
}

export interface Approval {
  readonly kind: 'approved'
  readonly serviceTransactionId: string
  readonly approvalCode: string
  /** End of the hold for an authorization, epoch milliseconds. */
  readonly holdUntil: number | null
}

export type AuthorizeResult = Approval | ServiceDecline | ServiceTrouble
export type FollowUpResult = Approval | ServiceDecline | ServiceTrouble

/** What the service's books say of one payment. */
export type InquiryResult =
  | {
      readonly kind: 'found'
      readonly state: 'authorized' | 'captured' | 'voided' | 'partially-refunded' | 'refunded' | 'declined'
      readonly serviceTransactionId: string
      readonly approvalCode: string
      readonly holdUntil: number | null
      readonly capturedAmount: number
      readonly refundedAmount: number
      /** Idempotency keys of the operations that the service has booked for this payment. */
      readonly operationKeys: readonly string[]
      readonly code: string | null
      readonly rawCode: string | null
    }
  /** Final only after `maxProcessingMs` have passed since the request was sent. */
  | { readonly kind: 'not-found' }
  | ServiceTrouble

export type TokenizeResult =
  | ({ readonly kind: 'tokenized' } & TokenizedCard)
  | ServiceDecline
  | ServiceTrouble

/**
 * A payment service as the checkout sees it. Real services and the simulator stand behind the same port.
 * No method throws for what a network or a service can do: every outcome is a value.
 */
export interface PaymentService {
  /** Stable id that is stored with each token: a token belongs to the service that issued it. */
  readonly id: string
  identify(): Promise<ServiceIdentity | ServiceTrouble>
  /** Sends the encrypted frame and returns a token. Wiping the frame is the caller's duty. */
  tokenize(frame: CardFrame, signal?: AbortSignal): Promise<TokenizeResult>
  authorize(request: AuthorizeRequest): Promise<AuthorizeResult>
  capture(request: FollowUpRequest): Promise<FollowUpResult>
  void(request: FollowUpRequest): Promise<FollowUpResult>
  refund(request: FollowUpRequest): Promise<FollowUpResult>
  /** 照会: asks the service's books for the payment that we filed under `paymentId`. */
  inquire(paymentId: string): Promise<InquiryResult>
  close(): Promise<void>
}
