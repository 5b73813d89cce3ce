import { createTables, type Schema } from './schema'

/** 一括変更: how many turns of a contract keep goods of their own, so that those contracts can be counted and listed. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    alter table subscription_bulk_row add column own_turns bigint not null default 0;
    create index subscription_bulk_row_own on subscription_bulk_row (bulk_id, subscription_id) where own_turns > 0`,
  )
}
