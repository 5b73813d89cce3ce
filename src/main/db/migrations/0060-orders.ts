import { createTables, type Schema } from './schema'

/** Orders with their lines, taxes and what was read to the caller. One order a checkout at most. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table sales_order (
      id text not null primary key,
      number bigint not null unique,
      checkout_id text unique references checkout (id),
      status text not null check (status in (
        'new', 'waiting-check', 'waiting-payment', 'waiting-ship-date', 'ship-instructed', 'shipped', 'returned',
        'cancelled'
      )),
      shop_id text not null references shop (id),
      operator_id text not null references staff_user (id),
      customer_id text not null references customer (id),
      customer_name text not null,
      customer_kana text not null,
      customer_phone text not null,
      customer_postal_code text not null,
      customer_prefecture text not null,
      customer_city text not null,
      customer_address text not null,
      customer_building text,
      ship_name text not null,
      ship_phone text not null,
      ship_postal_code text not null,
      ship_prefecture text not null,
      ship_city text not null,
      ship_address text not null,
      ship_building text,
      deliver_on text,
      slot_code text,
      payment_method text not null check (payment_method in ('card', 'cod', 'deferred', 'bank-transfer')),
      subtotal bigint not null,
      shipping bigint not null,
      fee bigint not null,
      discount bigint not null,
      total bigint not null,
      note text,
      read_back_at bigint,
      read_back_by text,
      ordered_at bigint not null,
      updated_at bigint not null,
      version bigint not null
    );
    create index sales_order_latest on sales_order (ordered_at, id);
    create index sales_order_customer on sales_order (customer_id, ordered_at);
    create index sales_order_status on sales_order (status, ordered_at, id);
    create table order_line (
      order_id text not null references sales_order (id),
      position bigint not null,
      kind text not null check (kind in ('product', 'shipping', 'fee', 'discount')),
      product_id text references product (id),
      code text,
      name text not null,
      unit_price bigint not null,
      quantity bigint not null,
      amount bigint not null,
      tax_class text not null check (tax_class in ('standard', 'reduced')),
      rate_percent bigint not null,
      primary key (order_id, position)
    );
    create table order_tax (
      order_id text not null references sales_order (id),
      rate_percent bigint not null,
      taxable bigint not null,
      tax bigint not null,
      primary key (order_id, rate_percent)
    );
    create table order_read_back (
      order_id text not null primary key references sales_order (id),
      sentences text not null,
      read_at bigint not null,
      read_by text not null
    )`,
  )
}
