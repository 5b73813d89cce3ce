import type { Insertable } from 'kysely'
import type { CheckoutTable, Database, PaymentOperationTable, PaymentTable } from '../../db/database.types'
import type { OrderLineTable, OrderTaxTable, SalesOrderTable } from '../../db/order-tables.types'
import type { OrderShipmentTable } from '../../db/shipment-tables.types'
import type { SubscriptionCycleTable, SubscriptionEventTable } from '../../db/subscription-tables.types'

/** Rows of the sample shop's 定期, table by table. */
export interface SampleRows {
  readonly subscription: Insertable<Database['subscription']>[]
  readonly subscription_item: Insertable<Database['subscription_item']>[]
  readonly subscription_price_step: Insertable<Database['subscription_price_step']>[]
  readonly subscription_turn_change: Insertable<Database['subscription_turn_change']>[]
  readonly subscription_cycle: Insertable<SubscriptionCycleTable>[]
  readonly subscription_event: Insertable<SubscriptionEventTable>[]
  readonly subscription_run: Insertable<Database['subscription_run']>[]
  readonly card: Insertable<Database['card']>[]
  readonly checkout: Insertable<CheckoutTable>[]
  readonly sales_order: Insertable<SalesOrderTable>[]
  readonly order_shipment: Insertable<OrderShipmentTable>[]
  readonly order_line: Insertable<OrderLineTable>[]
  readonly order_tax: Insertable<OrderTaxTable>[]
  readonly payment: Insertable<PaymentTable>[]
  readonly payment_operation: Insertable<PaymentOperationTable>[]
}

export type ContractRow = SampleRows['subscription'][number]
