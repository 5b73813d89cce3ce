import { createTables, type Schema } from './schema'

/**
 * ブラックリスト: conditions and marked customers, both looked up by normalised keys; the orders that they hold, with who
 * let them go and why; and what was done to a customer's standing.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table blacklist_entry (
      id text not null primary key,
      standing text not null check (standing in ('candidate', 'listed')),
      reason text not null,
      name text not null,
      kana text not null,
      phone text not null,
      email text not null,
      postal_code text not null,
      address text not null,
      search_text text not null,
      created_at bigint not null,
      updated_at bigint not null,
      updated_by text not null references staff_user (id),
      removed_at bigint,
      version bigint not null
    );
    create index blacklist_entry_newest on blacklist_entry (updated_at, id) where removed_at is null;
    create table blacklist_key (
      key text not null,
      source text not null,
      field text not null check (field in ('name', 'kana', 'phone', 'email', 'postal-code', 'address')),
      entry_id text references blacklist_entry (id),
      customer_id text references customer (id),
      primary key (key, source)
    );
    create index blacklist_key_source on blacklist_key (source);
    create table order_hold (
      id text not null primary key,
      order_id text not null references sales_order (id),
      kind text not null check (kind in ('hold', 'mark')),
      matches text not null,
      status_after text not null,
      held_at bigint not null,
      released_at bigint,
      released_by text references staff_user (id),
      release_reason text
    );
    create unique index order_hold_open on order_hold (order_id) where released_at is null;
    create index order_hold_order on order_hold (order_id, held_at);
    create table customer_standing_event (
      id text not null primary key,
      customer_id text not null references customer (id),
      at bigint not null,
      kind text not null check (kind in ('none', 'candidate', 'listed', 'card-blocked', 'card-unblocked')),
      reason text not null,
      operator_id text references staff_user (id)
    );
    create index customer_standing_event_customer on customer_standing_event (customer_id, at)`,
  )
}
