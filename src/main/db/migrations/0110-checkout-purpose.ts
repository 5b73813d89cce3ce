import { createTables, type Schema } from './schema'

/**
 * What a checkout is for: a new order, a change of an order that stands (one at a time), a card for a customer's
 * file; and until when the keypad is kept for a caller who fetches the card. What an order said before a change is
 * kept as it was.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    alter table checkout add column purpose text not null default 'order';
    alter table checkout add column order_id text references sales_order (id);
    alter table checkout add column replaces_card_id text references card (id);
    alter table checkout add column held_until bigint;
    create unique index checkout_one_change on checkout (order_id)
      where order_id is not null and status in ('editing', 'authorizing', 'read-back');
    create table order_revision (
      order_id text not null references sales_order (id),
      version bigint not null,
      content text not null,
      replaced_at bigint not null,
      replaced_by text not null references staff_user (id),
      primary key (order_id, version)
    )`,
  )
}
