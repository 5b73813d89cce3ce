import { createTables, type Schema } from './schema'

/**
 * What a checkout is for: a new order, a change of an order that stands, a card for a customer's file; and until
 * when the keypad is kept for a caller who fetches the card.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    alter table checkout add column purpose text not null default 'order';
    alter table checkout add column order_id text references sales_order (id);
    alter table checkout add column held_until bigint;
    create index checkout_of_order on checkout (order_id)`,
  )
}
