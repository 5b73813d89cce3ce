import { createTables, type Schema } from './schema'

/**
 * Cards as tokens, half-made orders, payments and their operations. The partial unique indexes are the guard
 * against a second charge: one live payment a checkout, one open operation a payment.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table card (
      id text not null primary key,
      customer_id text references customer (id),
      checkout_id text,
      service text not null,
      token text not null,
      brand text not null,
      masked text not null,
      last3 text not null,
      expiry_yymm text not null,
      on_file bigint not null check (on_file in (0, 1)),
      keypad_serial text,
      created_at bigint not null,
      removed_at bigint,
      version bigint not null
    );
    create index card_customer on card (customer_id);
    create index card_checkout on card (checkout_id);
    create table keypad_counter (
      key_set text not null primary key,
      counter bigint not null,
      updated_at bigint not null
    );
    create table checkout (
      id text not null primary key,
      kind text not null check (kind in ('order')),
      status text not null check (status in ('editing', 'authorizing', 'read-back', 'completed', 'discarded')),
      form text not null,
      form_version bigint not null,
      order_number bigint,
      operator_id text not null references staff_user (id),
      seat text not null,
      customer_id text,
      amount bigint,
      authorized_at bigint,
      created_at bigint not null,
      updated_at bigint not null,
      version bigint not null
    );
    create index checkout_open on checkout (updated_at) where status in ('editing', 'authorizing', 'read-back');
    create table payment (
      id text not null primary key,
      number text not null unique,
      checkout_id text not null references checkout (id),
      order_id text,
      service text not null,
      card_id text references card (id),
      method text not null check (method in ('card')),
      amount bigint not null check (amount >= 0),
      status text not null check (
        status in ('unknown', 'authorized', 'captured', 'partially-refunded', 'refunded', 'voided', 'failed')
      ),
      brand text,
      masked text,
      last3 text,
      expiry_yymm text,
      service_transaction_id text,
      approval_code text,
      code text,
      raw_code text,
      hold_until bigint,
      keypad_serial text,
      operator_id text not null references staff_user (id),
      created_at bigint not null,
      updated_at bigint not null,
      version bigint not null
    );
    create unique index payment_one_live on payment (checkout_id) where status in ('unknown', 'authorized', 'captured');
    create index payment_checkout on payment (checkout_id);
    create index payment_order on payment (order_id);
    create index payment_open on payment (service, status) where status in ('unknown', 'authorized');
    create table payment_operation (
      id text not null primary key,
      payment_id text not null references payment (id),
      kind text not null check (kind in ('authorize', 'capture', 'void', 'refund', 'inquire', 'check')),
      idempotency_key text not null unique,
      amount bigint not null,
      status text not null check (status in ('unknown', 'succeeded', 'failed')),
      cause text,
      code text,
      raw_code text,
      approval_code text,
      sent_at bigint,
      started_at bigint not null,
      resolved_at bigint
    );
    create unique index operation_one_open on payment_operation (payment_id)
      where status = 'unknown' and kind <> 'inquire';
    create index operation_payment on payment_operation (payment_id, started_at)`,
  )
}
