import type { BlacklistSettings } from '../../contract/blacklist'
import type { CheckoutForm } from '../../contract/checkout'
import { ONE_TIME } from '../../contract/payment-plan'
import type { SubscriptionSettings } from '../../contract/subscription-settings'
import type { DeskEvent } from '../../contract/system'
import type { DeskDatabase } from '../db/open-database'
import type { ShopCharges } from '../domain/pricing/order-totals'
import type { PaymentService, PaymentServiceCapabilities } from '../gateways/payment-service.port'
import type { Clock } from '../platform/clock'
import type { Emitter } from '../platform/emitter'
import type { Log } from '../platform/log'
import type { SecretBox } from '../platform/secrets'
import type { FailureCause } from './failures'
import { FIRST_SHIPMENT } from './stored-form'

/** A payment service that is set up, with what it said it can do. */
export interface ActiveService {
  readonly service: PaymentService
  readonly capabilities: PaymentServiceCapabilities
}

/** The service to use, or the cause that stands in the way. */
export type ServiceChoice =
  | { readonly ready: true; readonly active: ActiveService }
  | { readonly ready: false; readonly cause: FailureCause }

/** Named moments of an authorization, for benchmarks and for the table of kill points. */
export type CheckoutStep =
  | 'proceed-received'
  | 'intent-stored'
  | 'request-handed-over'
  | 'answer-received'
  | 'answer-stored'
  | 'void-intent-stored'
  | 'void-answer-received'
  | 'void-answer-stored'
  | 'order-prepared'
  | 'card-checked'
  | 'card-stored'
  | 'order-stored'
  | 'view-ready'
  | TurnStep

/** The same of a run of 定期. */
export type TurnStep =
  | 'turns-prepared'
  | 'turns-stored'
  | 'turn-request-handed-over'
  | 'turn-answer-received'
  | 'turns-answered'
  | 'turns-settled'

/** Everything the flow needs from outside; built once in the composition. */
export interface CheckoutDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly box: SecretBox
  readonly log: Log
  readonly events: Emitter<DeskEvent>
  /** The service that is set up; or why there is none that could be used. */
  activeService(): Promise<ServiceChoice>
  charges(): Promise<ShopCharges>
  /** When an order is held, and after how many declined cards no more are taken. */
  blacklistRules(): Promise<BlacklistSettings>
  /** 設定 > 定期 */
  subscriptionSettings(): Promise<SubscriptionSettings>
  onStep?(step: CheckoutStep, checkoutId: string): void
}

/** Who does something, and where. */
export interface Actor {
  readonly userId: string
  readonly userName: string
  readonly shopId: string
  readonly seat: string
}

export const EMPTY_FORM: CheckoutForm = {
  customer: { kind: 'none', phone: '' },
  lines: [],
  shipments: [FIRST_SHIPMENT],
  channel: 'phone',
  offerCode: '',
  medium: '',
  payment: { method: null, cardId: null, keepCard: false },
  note: '',
  discount: null,
  plan: ONE_TIME,
}
