import { createTables, type Schema } from './schema'

/**
 * Orders with several deliveries, gifts, and how they reached the shop. `ship_*` of an order stay its first delivery;
 * orders from before have no row of `order_shipment`, and those columns are their one delivery. The check of the
 * payment method grows by konbini and none: the column is written anew, because SQLite cannot change a check.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table order_shipment (
      order_id text not null references sales_order (id),
      position bigint not null,
      address_id text,
      name text not null,
      phone text not null,
      postal_code text not null,
      prefecture text not null,
      city text not null,
      address text not null,
      building text,
      deliver_on text,
      slot_code text,
      slot_label text,
      carrier text not null,
      ship_on text,
      gift text not null,
      primary key (order_id, position)
    );
    alter table order_line add column shipment bigint not null default 1;
    alter table sales_order add column channel text not null default 'phone'
      check (channel in ('phone', 'postcard', 'fax', 'mail'));
    alter table sales_order add column offer_code text;
    alter table sales_order add column medium text;
    alter table sales_order add column paid_by text not null default 'none'
      check (paid_by in ('card', 'cod', 'deferred', 'bank-transfer', 'konbini', 'none'));
    update sales_order set paid_by = payment_method;
    alter table sales_order drop column payment_method;
    alter table sales_order rename column paid_by to payment_method`,
  )
}
