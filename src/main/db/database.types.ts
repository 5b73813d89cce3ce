import type { BlacklistTables } from './blacklist-tables.types'
import type { CustomerMailTables } from './customer-mail-tables.types'
import type { OrderShipmentTable } from './shipment-tables.types'
import type { ColumnType, Generated } from 'kysely'
import type { OpenTabTable, PhoneCallTable, ServingLeaseTable } from './call-tables.types'
import type {
  CallbackTable,
  ConsentEventTable,
  ContactLogOrderTable,
  ContactLogTable,
  ContactMasterTable,
  IdentityCheckTable,
  PinnedNoteTable,
} from './contact-tables.types'
import type {
  CustomerAddressTable,
  CustomerListTable,
  CustomerOtherPhoneTable,
  CustomerSearchTable,
  CustomerTable,
  CustomerTagTable,
  SavedSearchTable,
} from './customer-tables.types'
import type {
  CustomerImportChangeTable,
  CustomerImportFaultTable,
  CustomerImportKeptTable,
  CustomerImportMappingTable,
  CustomerImportTable,
  JobTable,
} from './import-tables.types'
import type {
  ClosedWeekdayTable,
  DeliveryRuleTable,
  LeadTimeTable,
  PostalDataPartTable,
  PostalDataTable,
  RemoteAreaTable,
  SpecialDayTable,
} from './delivery-tables.types'
import type {
  KeypadInspectionAnswerTable,
  KeypadInspectionPhotoTable,
  KeypadInspectionTable,
} from './inspection-tables.types'
import type { MergeTables } from './merge-tables.types'
import type { KeypadEventTable, KeypadTable, KeypadUpdateTable } from './keypad-tables.types'
import type { SequenceTable, SettingTable, ShopTable, StaffUserTable } from './people-tables.types'
import type {
  MediumTable,
  OfferProductTable,
  OfferTable,
  ProductTable,
  TaxRateTable,
} from './product-tables.types'
import type { SubscriptionBulkTables } from './subscription-bulk-tables.types'
import type { SubscriptionImportTables } from './subscription-import-tables.types'
import type { MailOutboxTable, OptionContractTable, OptionStepTable } from './option-tables.types'
import type {
  SubscriptionCycleTable,
  SubscriptionEventTable,
  SubscriptionItemTable,
  SubscriptionPriceStepTable,
  SubscriptionRunTable,
  SubscriptionTable,
  SubscriptionTurnChangeTable,
} from './subscription-tables.types'
import type {
  OrderLineTable,
  OrderReadBackTable,
  OrderRevisionTable,
  OrderTaxTable,
  SalesOrderTable,
} from './order-tables.types'

export type {
  CustomerTable,
  KeypadEventTable,
  KeypadTable,
  OrderLineTable,
  OrderTaxTable,
  ProductTable,
  SalesOrderTable,
  TaxRateTable,
}

/** Epoch milliseconds, UTC. */
type Instant = number
/** 0 or 1: the one form of truth that both databases keep alike. */
type Flag = number

export interface DeliverySlotTable {
  carrier: string
  code: string
  label: string
  valid_from: string
  valid_to: string | null
}

/** A card as the payment service knows it. No number, no KSN, no frame. */
export interface CardTable {
  id: string
  customer_id: string | null
  checkout_id: string | null
  service: string
  token: string
  brand: string
  masked: string
  last3: string
  expiry_yymm: string
  on_file: Flag
  keypad_serial: string | null
  created_at: Instant
  removed_at: Instant | null
  version: number
}

export interface KeypadCounterTable {
  key_set: string
  counter: number
  updated_at: Instant
}

export interface CheckoutTable {
  id: string
  kind: 'order'
  status: 'editing' | 'authorizing' | 'read-back' | 'completed' | 'discarded'
  /** The form, sealed with the app's key. */
  form: string
  form_version: number
  order_number: number | null
  operator_id: string
  seat: string
  customer_id: string | null
  amount: number | null
  authorized_at: Instant | null
  created_at: Instant
  updated_at: Instant
  version: number
  purpose: Generated<'order' | 'order-change' | 'card-on-file' | 'subscription' | 'subscription-turn'>
  /** The order that is being changed. */
  order_id: Generated<string | null>
  /** The card on file that the new one takes the place of. */
  replaces_card_id: Generated<string | null>
  /** 保留: until when the keypad is kept for this checkout. */
  held_until: Generated<Instant | null>
  /** Who answers for the discount. */
  discount_by: Generated<string | null>
}

export interface PaymentTable {
  id: string
  /** 取引ID, six characters of base 36. */
  number: string
  checkout_id: string
  order_id: string | null
  service: string
  card_id: string | null
  method: 'card'
  amount: number
  status: 'unknown' | 'authorized' | 'captured' | 'partially-refunded' | 'refunded' | 'voided' | 'failed'
  brand: string | null
  masked: string | null
  last3: string | null
  expiry_yymm: string | null
  service_transaction_id: string | null
  approval_code: string | null
  code: string | null
  raw_code: string | null
  hold_until: Instant | null
  keypad_serial: string | null
  operator_id: string
  created_at: Instant
  updated_at: Instant
  version: number
  /** 支払区分 */
  plan: Generated<'one-time' | 'installments' | 'revolving' | 'bonus'>
  /** 分割の回数; null for every other plan. */
  installments: Generated<number | null>
}

export interface PaymentOperationTable {
  id: string
  payment_id: string
  kind: 'authorize' | 'capture' | 'void' | 'refund' | 'inquire' | 'check'
  idempotency_key: string
  amount: number
  status: 'unknown' | 'succeeded' | 'failed'
  cause: string | null
  code: string | null
  raw_code: string | null
  approval_code: string | null
  sent_at: Instant | null
  started_at: Instant
  resolved_at: Instant | null
}

/** 操作ログ: appended only, each row carries the hash of the row before it. */
export interface AuditEventTable {
  seq: Generated<number>
  at: Instant
  seat: string
  actor_id: string | null
  action: string
  object_type: string
  object_id: string | null
  /** JSON of ids and codes; never personal data. */
  detail: string
  prev_hash: string
  hash: ColumnType<string, string, never>
}

/** All tables, the same on both databases. */
export interface Database
  extends BlacklistTables, CustomerMailTables, MergeTables, SubscriptionBulkTables, SubscriptionImportTables {
  setting: SettingTable
  sequence: SequenceTable
  shop: ShopTable
  staff_user: StaffUserTable
  customer: CustomerTable
  customer_other_phone: CustomerOtherPhoneTable
  customer_address: CustomerAddressTable
  customer_tag: CustomerTagTable
  customer_list: CustomerListTable
  customer_search: CustomerSearchTable
  saved_search: SavedSearchTable
  product: ProductTable
  tax_rate: TaxRateTable
  medium: MediumTable
  offer: OfferTable
  offer_product: OfferProductTable
  delivery_slot: DeliverySlotTable
  card: CardTable
  keypad_counter: KeypadCounterTable
  checkout: CheckoutTable
  payment: PaymentTable
  payment_operation: PaymentOperationTable
  sales_order: SalesOrderTable
  order_line: OrderLineTable
  order_shipment: OrderShipmentTable
  order_tax: OrderTaxTable
  order_read_back: OrderReadBackTable
  order_revision: OrderRevisionTable
  audit_event: AuditEventTable
  keypad: KeypadTable
  keypad_event: KeypadEventTable
  keypad_update: KeypadUpdateTable
  keypad_inspection: KeypadInspectionTable
  keypad_inspection_answer: KeypadInspectionAnswerTable
  keypad_inspection_photo: KeypadInspectionPhotoTable
  option_contract: OptionContractTable
  option_step: OptionStepTable
  mail_outbox: MailOutboxTable
  job: JobTable
  customer_import: CustomerImportTable
  customer_import_fault: CustomerImportFaultTable
  customer_import_change: CustomerImportChangeTable
  customer_import_kept: CustomerImportKeptTable
  customer_import_mapping: CustomerImportMappingTable
  contact_master: ContactMasterTable
  contact_log: ContactLogTable
  contact_log_order: ContactLogOrderTable
  callback: CallbackTable
  pinned_note: PinnedNoteTable
  identity_check: IdentityCheckTable
  consent_event: ConsentEventTable
  phone_call: PhoneCallTable
  serving_lease: ServingLeaseTable
  open_tab: OpenTabTable
  delivery_rule: DeliveryRuleTable
  closed_weekday: ClosedWeekdayTable
  special_day: SpecialDayTable
  lead_time: LeadTimeTable
  remote_area: RemoteAreaTable
  postal_data: PostalDataTable
  postal_data_part: PostalDataPartTable
  subscription: SubscriptionTable
  subscription_item: SubscriptionItemTable
  subscription_price_step: SubscriptionPriceStepTable
  subscription_turn_change: SubscriptionTurnChangeTable
  subscription_cycle: SubscriptionCycleTable
  subscription_event: SubscriptionEventTable
  subscription_run: SubscriptionRunTable
}
