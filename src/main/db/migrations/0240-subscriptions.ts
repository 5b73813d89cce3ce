import { createTables, type Schema } from './schema'

/**
 * 定期: contracts with what they deliver and for how much, their turns (回), and what happened to them. A turn is one
 * row for good: (contract, index of the rule's date) and (contract, turn number) are unique, so that a run that is
 * killed or started twice makes no turn twice.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table subscription (
      id text not null primary key,
      number bigint not null unique,
      status text not null
        check (status in ('pending', 'active', 'paused', 'payment-stopped', 'cancelled', 'finished')),
      shop_id text not null references shop (id),
      operator_id text not null references staff_user (id),
      customer_id text not null references customer (id),
      checkout_id text unique references checkout (id),
      rule text not null,
      anchor text not null,
      item_mode text not null check (item_mode in ('fixed', 'alternating', 'course')),
      min_turns bigint not null,
      last_turn bigint,
      payment_method text not null
        check (payment_method in ('card', 'cod', 'deferred', 'bank-transfer', 'konbini', 'none')),
      card_id text references card (id),
      first_transaction_id text,
      ship_name text not null,
      ship_phone text not null,
      ship_postal_code text not null,
      ship_prefecture text not null,
      ship_city text not null,
      ship_address text not null,
      ship_building text,
      slot_code text,
      gift text not null,
      channel text not null check (channel in ('phone', 'postcard', 'fax', 'mail')),
      offer_code text,
      note text,
      read_sentences text not null,
      read_at bigint,
      read_by text,
      consent text not null,
      next_index bigint not null,
      next_turn bigint not null,
      last_shipped_on text,
      next_ship_on text,
      next_deliver_on text,
      next_generate_on text,
      change_until text,
      pause_from text,
      pause_until text,
      started_on text not null,
      cancelled_at bigint,
      cancel_reason text,
      cancel_note text,
      import_id text,
      created_at bigint not null,
      updated_at bigint not null,
      version bigint not null
    );
    create index subscription_due on subscription (next_generate_on, id) where status = 'active';
    create index subscription_next on subscription (status, next_deliver_on, id);
    create index subscription_customer on subscription (customer_id);
    create index subscription_by_next on subscription (coalesce(next_deliver_on, '9999-12-31'), id);
    create index subscription_latest on subscription (created_at, id);
    create index subscription_import on subscription (import_id) where import_id is not null;
    create table subscription_item (
      subscription_id text not null references subscription (id),
      set_no bigint not null,
      position bigint not null,
      product_id text not null references product (id),
      quantity bigint not null check (quantity > 0),
      unit_price bigint,
      primary key (subscription_id, set_no, position)
    );
    create index subscription_item_product on subscription_item (product_id, subscription_id);
    create table subscription_price_step (
      subscription_id text not null references subscription (id),
      position bigint not null,
      from_turn bigint not null,
      to_turn bigint,
      kind text not null check (kind in ('percent-off', 'yen-off', 'goods-total')),
      value bigint not null,
      label text not null,
      primary key (subscription_id, position)
    );
    create table subscription_turn_change (
      subscription_id text not null references subscription (id),
      rule_index bigint not null,
      kind text not null check (kind in ('skip', 'move', 'items')),
      move_to text,
      items text,
      by_person text,
      at bigint not null,
      primary key (subscription_id, rule_index, kind)
    );
    create table subscription_cycle (
      id text not null primary key,
      subscription_id text not null references subscription (id),
      rule_index bigint not null,
      turn bigint,
      status text not null
        check (status in ('planned', 'skipped', 'ordered', 'auth-failed', 'authorized', 'shipped', 'failed')),
      rule_date text not null,
      ship_on text,
      deliver_on text,
      order_id text unique references sales_order (id),
      checkout_id text unique references checkout (id),
      amount bigint,
      tries bigint not null,
      next_retry_on text,
      last_code text,
      last_raw_code text,
      attention text,
      called_at bigint,
      run_id text,
      created_at bigint not null,
      updated_at bigint not null,
      version bigint not null,
      unique (subscription_id, rule_index),
      unique (subscription_id, turn)
    );
    create index subscription_cycle_open on subscription_cycle (status, next_retry_on, id);
    create index subscription_cycle_attention on subscription_cycle (subscription_id) where attention is not null;
    create index subscription_cycle_ship on subscription_cycle (ship_on, subscription_id);
    create table subscription_event (
      id text not null primary key,
      subscription_id text not null references subscription (id),
      kind text not null,
      content text not null,
      at bigint not null,
      by_person text
    );
    create index subscription_event_of on subscription_event (subscription_id, at, id);
    create table subscription_run (
      id text not null primary key,
      business_date text not null,
      dry bigint not null check (dry in (0, 1)),
      state text not null check (state in ('running', 'done', 'cancelled', 'failed')),
      started_by text,
      seat text not null,
      due bigint not null,
      ordered bigint not null,
      authorized bigint not null,
      declined bigint not null,
      unknown bigint not null,
      skipped bigint not null,
      report text not null,
      started_at bigint not null,
      finished_at bigint,
      version bigint not null
    );
    create index subscription_run_latest on subscription_run (started_at, id)`,
  )
}
