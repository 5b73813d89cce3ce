import { createTables, type Schema } from './schema'

/**
 * Calls that came in, which customer is being served at which seat (leases that expire by themselves), and the
 * orders that a person has open as tabs.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table phone_call (
      id text not null primary key,
      seat text not null,
      kind text not null check (kind in ('number', 'withheld', 'payphone', 'out-of-area', 'none')),
      phone text not null,
      source text not null check (source in ('link', 'argument', 'clipboard')),
      state text not null check (state in ('waiting', 'answered', 'passed')),
      rang_at bigint not null,
      last_rang_at bigint not null,
      times bigint not null,
      answered_at bigint,
      answered_by text references staff_user (id),
      checkout_id text references checkout (id)
    );
    create index phone_call_newest on phone_call (rang_at, id);
    create index phone_call_number on phone_call (phone, rang_at, id);
    create index phone_call_open on phone_call (seat, rang_at) where state != 'answered';
    create index phone_call_checkout on phone_call (checkout_id) where checkout_id is not null;
    create table serving_lease (
      customer_id text not null references customer (id),
      holder text not null,
      seat text not null,
      user_id text not null references staff_user (id),
      place text not null check (place in ('order', 'detail')),
      since bigint not null,
      expires_at bigint not null,
      primary key (customer_id, holder)
    );
    create index serving_lease_expiry on serving_lease (expires_at);
    create table open_tab (
      user_id text not null references staff_user (id),
      checkout_id text not null references checkout (id),
      opened_at bigint not null,
      primary key (user_id, checkout_id)
    )`,
  )
}
