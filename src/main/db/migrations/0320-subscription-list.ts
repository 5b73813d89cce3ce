import { createTables, type Schema } from './schema'

/**
 * 定期一覧 of many contracts: each order of the list has an index that also holds what is filtered by, so that a page and
 * its count are found without a look at the contracts themselves.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    drop index subscription_next;
    drop index subscription_by_next;
    drop index subscription_latest;
    create index subscription_by_next on subscription
      (coalesce(next_deliver_on, '9999-12-31'), id, status, next_turn, cancel_reason, pause_from, pause_until);
    create index subscription_by_state on subscription
      (status, coalesce(next_deliver_on, '9999-12-31'), id, next_turn, cancel_reason, pause_from, pause_until);
    create index subscription_latest on subscription
      (created_at, id, status, next_turn, cancel_reason, pause_from, pause_until);
    create index subscription_latest_of_state on subscription (status, created_at, id, pause_from, pause_until);
    create index subscription_cancelled on subscription
      (cancel_reason, coalesce(next_deliver_on, '9999-12-31'), id) where cancel_reason is not null;
    create index subscription_pausing on subscription (pause_from) where pause_from is not null`,
  )
}
